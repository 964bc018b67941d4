using System.Collections.Concurrent;
using System.Globalization;
using SurveyDialer.Simulator.Calls;
using SurveyDialer.Simulator.Respondents;
using SurveyDialer.Simulator.Texts;
using SurveyDialer.Simulator.Webhooks;

namespace SurveyDialer.Simulator;

/// <summary>
/// A pretend carrier that speaks Twilio's REST API, webhooks and TwiML, with residents behind its numbers. It does nothing by
/// itself: all that happens later goes through the schedule it is given, each piece of work awaiting its own requests to the end,
/// so that one object serves virtual time (one event after another) and real time (events side by side).
/// </summary>
public sealed class CarrierSimulator : IDisposable
{
    private readonly Action<DateTimeOffset, string, Func<CancellationToken, Task>> _schedule;
    private readonly ulong _sidSalt;
    private readonly Lock _textGate = new();
    private DateTimeOffset _nextText;

    /// <param name="options">How the carrier behaves.</param>
    /// <param name="clock">The time that it lives in.</param>
    /// <param name="schedule">Runs work at a time (at once when that is past); the key breaks ties and is the same in every run of a seed.</param>
    /// <param name="handler">Carries its requests to the product; must not follow redirections (see <see cref="CreateHandler"/>). Not disposed.</param>
    public CarrierSimulator(
        SimulatorOptions options, TimeProvider clock, Action<DateTimeOffset, string, Func<CancellationToken, Task>> schedule, HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        (Options, Clock, _schedule) = (options, clock, schedule);
        Witness = new Witness(options.WitnessFile);
        Faults = new FaultBook(options.Seed, Witness, clock);
        foreach (var fault in options.Faults)
            Faults.Add(fault);
        Residents = new Residents(options.Seed, options.Population ?? new Population(), options.UtcOffset);
        Webhooks = new WebhookSender(options.AuthToken, handler);
        Life = new CallLife(this);
        Talk = new Conversation(this);
        Texts = new TextLife(this);
        Queue = new CallQueue(options, clock, schedule, Life.Dial) { Expire = call => Life.End(call, CallState.Canceled, silently: true) };

        // A carrier that is started again must not hand out the same ids: the product may remember them.
        _sidSalt = Chance.Mix(options.Seed ^ (ulong)clock.GetUtcNow().UtcTicks);
    }

    /// <summary>The append-only log of what the carrier and the residents saw.</summary>
    public Witness Witness { get; }

    /// <summary>Calls on a line at this moment.</summary>
    public int ActiveCalls => Queue.Active;

    /// <summary>Calls waiting in the queue at this moment.</summary>
    public int WaitingCalls => Queue.Waiting;

    internal SimulatorOptions Options { get; }

    internal TimeProvider Clock { get; }

    internal FaultBook Faults { get; }

    internal Residents Residents { get; private set; }

    internal WebhookSender Webhooks { get; }

    internal CallLife Life { get; }

    internal Conversation Talk { get; }

    internal TextLife Texts { get; }

    internal CallQueue Queue { get; }

    internal CallBook Calls { get; } = new();

    internal ConcurrentDictionary<string, Recording> Recordings { get; } = new();

    /// <summary>Address under which the product reaches this carrier; known from its own requests.</summary>
    internal string PublicAddress { get; set; } = "http://127.0.0.1";

    internal DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>A handler for requests to the product: no redirections followed, no cookies, connections kept.</summary>
    public static SocketsHttpHandler CreateHandler()
        => new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };

    /// <summary>Switches a fault on.</summary>
    /// <returns>Its id.</returns>
    public int AddFault(Fault fault) => Faults.Add(fault).Id;

    /// <summary>Switches a fault off; false when it was not on.</summary>
    public bool RemoveFault(int id) => Faults.Remove(id);

    /// <summary>Switches all faults off.</summary>
    public void ClearFaults() => Faults.Clear();

    /// <summary>Other people move in behind the numbers; calls in progress go on with the old ones' scripts.</summary>
    public void LoadPopulation(Population population)
    {
        population.Check();
        Residents = new Residents(Options.Seed, population, Options.UtcOffset);
    }

    /// <summary>What one number does from its next attempt on.</summary>
    public void AddScript(NumberScript script)
    {
        script.Check();
        Residents.Add(script);
    }

    /// <summary>A resident sends a text; it is delivered to <see cref="SimulatorOptions.IncomingTextUrl"/> as an event of this instant.</summary>
    public void SendTextFrom(string resident, string to, string body) => Texts.FromResident(resident, to, body, 0);

    /// <summary>A resident calls; it is answered by <see cref="SimulatorOptions.IncomingCallUrl"/>.</summary>
    public void CallFrom(string resident, string to) => Life.Incoming(resident, to);

    /// <summary>Ends the connections to the product and closes the log's file.</summary>
    public void Dispose()
    {
        Webhooks.Dispose();
        Witness.Dispose();
    }

    internal void At(DateTimeOffset due, string key, Func<CancellationToken, Task> work) => _schedule(due, key, work);

    /// <summary>So many carrier seconds from now.</summary>
    internal DateTimeOffset After(double seconds) => Now + Span(seconds);

    internal TimeSpan Span(double seconds) => TimeSpan.FromTicks((long)Math.Min(seconds * Options.Pace * TimeSpan.TicksPerSecond, TimeSpan.TicksPerDay * 365));

    internal double Seconds(TimeSpan span) => span.TotalSeconds / Options.Pace;

    /// <summary>An id that depends on the run's start, the number and its count, not on the order between numbers.</summary>
    internal string NewSid(string prefix, string number, int ordinal, int part = 0)
    {
        var high = Chance.Mix(_sidSalt ^ Chance.Hash(number) ^ Chance.Hash(prefix));
        var low = Chance.Mix(high + (ulong)(uint)ordinal + ((ulong)(uint)part << 32));
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{Chance.Mix(high ^ low):x16}{low:x16}");
    }

    internal string RecordingUrl(Recording recording) => $"{PublicAddress}/2010-04-01/Accounts/{Options.AccountSid}/Recordings/{recording.Sid}";

    /// <summary>Remembers a request and its answer for <c>Events.json</c>, where that is wanted.</summary>
    internal void Keep(SimulatedCall call, WebhookRequest request, WebhookReply reply)
    {
        if (!Options.KeepExchanges)
            return;
        lock (call.Gate)
            call.Exchanges.Add(new Exchange(Now, request.Method, request.Url, request.Fields, reply.Status, reply.ContentType, reply.Body));
    }

    /// <summary>The moment at which the next text may be handed over.</summary>
    internal DateTimeOffset NextTextSlot()
    {
        if (Options.TextsPerSecond <= 0)
            return Now;
        lock (_textGate)
        {
            var at = _nextText > Now ? _nextText : Now;
            _nextText = at + TimeSpan.FromSeconds(1 / Options.TextsPerSecond);
            return at;
        }
    }
}
