using System.Globalization;
using SurveyDialer.Simulator.Twiml;
using SurveyDialer.Simulator.Webhooks;

namespace SurveyDialer.Simulator.Calls;

/// <summary>A document to be fetched.</summary>
/// <param name="On">Kind of request for faults: voice or action.</param>
internal sealed record Fetch(string Url, string Method, string On)
{
    /// <summary>What comes on top of the standard parameters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Extra { get; init; } = [];

    public bool IsFallback { get; init; }

    /// <summary>CallStatus to be told; null: as it is.</summary>
    public string? Status { get; init; }

    /// <summary>The resident hangs up before the answer is heard.</summary>
    public bool Abandoned { get; init; }
}

/// <summary>
/// Fetches documents and plays them to the resident. A document is played in one go: its timeline up to the next request is computed,
/// and only that request (or the end) is scheduled.
/// </summary>
internal sealed partial class Conversation(CarrierSimulator carrier)
{
    private static readonly FaultKind[] Drop = [FaultKind.DropCallback];
    private static readonly FaultKind[] Twice = [FaultKind.DuplicateCallback];
    private static readonly FaultKind[] Forge = [FaultKind.ForgedSignature];

    /// <summary>So many documents in a row without a second passing are a loop.</summary>
    private const int MostDocumentsWithoutTime = 50;

    public Recorder Recorder { get; } = new(carrier);

    /// <summary>The call has been answered: its own document, or the one at its Url.</summary>
    public Task StartAsync(SimulatedCall call, Fetch first, CancellationToken cancellation)
        => first.Url.Length > 0 ? FetchAsync(call, call.Generation, first, cancellation) : PlayAsync(call, call.Generation, TwimlReader.Read(call.Order.Twiml ?? ""), "", first, cancellation);

    /// <summary>The call gets another document while it is going on.</summary>
    public void Replace(SimulatedCall call, string? url, string method, string? twiml)
    {
        int generation;
        lock (call.Gate)
            generation = ++call.Generation;
        carrier.At(carrier.Now, call.NextKey(), cancellation => url is not null
            ? FetchAsync(call, generation, new Fetch(url, method, "voice"), cancellation)
            : PlayAsync(call, generation, TwimlReader.Read(twiml ?? ""), "", new Fetch("", method, "voice"), cancellation));
    }

    public async Task FetchAsync(SimulatedCall call, int generation, Fetch fetch, CancellationToken cancellation)
    {
        var reply = await RequestAsync(call, fetch, cancellation);
        var current = IsCurrent(call, generation);
        LogTurn(call, fetch, reply.Status, current && reply.Succeeded);
        if (!current)
            return;
        if (!reply.Succeeded)
        {
            await FailAsync(call, generation, fetch, reply.Error, cancellation);
            return;
        }

        var document = reply.ContentType switch
        {
            "text/xml" or "application/xml" or "text/html" or "application/xhtml+xml" => TwimlReader.Read(reply.Body),
            "text/plain" => TwimlReader.Read(reply.Body) is { Error: 0 } valid ? valid : new TwimlDocument([new SayVerb(reply.Body, 1)], 0, []),
            _ when reply.ContentType.StartsWith("audio/", StringComparison.Ordinal) => new TwimlDocument([new PlayVerb(reply.FinalUrl, 1)], 0, []),
            _ => TwimlDocument.Unusable(reply.Status == 204 ? 11770 : 12300),
        };
        await PlayAsync(call, generation, document, reply.FinalUrl, fetch, cancellation);
    }

    public async Task<WebhookReply> RequestAsync(SimulatedCall call, Fetch fetch, CancellationToken cancellation)
    {
        if (carrier.Faults.Strike(Drop, fetch.On, byDefault: false, call.Resident, call.Attempt, call.Step) is not null)
            return new WebhookReply(0, 11205, "", "", fetch.Url);
        var status = fetch.Status ?? SimulatedCall.Word(call.State);
        var fields = CallFields.Standard(call, status);
        fields.AddRange(fetch.Extra);
        var request = new WebhookRequest(
            fetch.Url, fetch.Method, fields, Voice: true, CallFields.Token(call.Sid + call.NextKey()), WantsBody: true, Redirected: CallFields.Standard(call, status),
            Forged: carrier.Faults.Strike(Forge, fetch.On, byDefault: false, call.Resident, call.Attempt, call.Step) is not null);
        var reply = await carrier.Webhooks.SendAsync(request, cancellation);
        carrier.Keep(call, request, reply);
        if (carrier.Faults.Strike(Twice, fetch.On, byDefault: false, call.Resident, call.Attempt, call.Step) is not null)
            await carrier.Webhooks.SendAsync(request, cancellation);
        return reply;
    }

    /// <summary>The late verdict of asynchronous machine detection; comes even when the call has ended by then.</summary>
    public void ReportMachine(SimulatedCall call, string verdict, double wait)
    {
        var key = call.NextKey();
        if (call.Order.AmdCallback is not { } url)
        {
            carrier.At(carrier.After(wait), key, _ => Task.FromResult(call.AnsweredBy = verdict));
            return;
        }

        if (carrier.Faults.Strike(Drop, "amd", byDefault: false, call.Resident, call.Attempt) is not null)
            return;
        List<KeyValuePair<string, string>> fields =
        [
            new("CallSid", call.Sid), new("AccountSid", call.AccountSid), new("AnsweredBy", verdict), new("MachineDetectionDuration", CallLife.Milliseconds(wait)),
        ];
        var request = new WebhookRequest(url, call.Order.AmdMethod, fields, Voice: true, CallFields.Token(call.Sid + key));
        carrier.At(carrier.After(wait), key, async cancellation =>
        {
            call.AnsweredBy = verdict;
            carrier.Keep(call, request, await carrier.Webhooks.SendAsync(request, cancellation));
        });
    }

    private static bool IsCurrent(SimulatedCall call, int generation)
    {
        lock (call.Gate)
            return call.Generation == generation && !call.IsFinal;
    }

    private async Task FailAsync(SimulatedCall call, int generation, Fetch fetch, int error, CancellationToken cancellation)
    {
        if (call.Order.FallbackUrl is { } fallback && !fetch.IsFallback)
        {
            var again = new Fetch(fallback, call.Order.FallbackMethod, "voice")
            {
                IsFallback = true, Extra = [new("ErrorCode", error.ToString(CultureInfo.InvariantCulture)), new("ErrorUrl", fetch.Url)],
            };
            await FetchAsync(call, generation, again, cancellation);
            return;
        }

        // "We are sorry, an application error has occurred": about four seconds of English, then the line is dead.
        carrier.Life.Log(call, WitnessKind.Turn, fetch.Url, $"application error {error}");
        carrier.Life.AnswerIncoming(call);
        Finish(call, generation, 4);
    }

    /// <summary>Plans the end of the call so many seconds from now.</summary>
    private void Finish(SimulatedCall call, int generation, double seconds) => Next(call, generation, seconds, _ =>
    {
        carrier.Life.End(call, CallState.Completed);
        return Task.CompletedTask;
    });

    /// <summary>Plans what comes next, unless the call must have ended by then.</summary>
    private void Next(SimulatedCall call, int generation, double seconds, Func<CancellationToken, Task> work)
    {
        if (seconds > 0)
            call.DocumentsWithoutTime = 0;
        var left = carrier.Seconds(call.HardEnd - carrier.Now);
        if (seconds >= left)
            carrier.Life.Later(call, Math.Max(0, left), () => carrier.Life.End(call, CallState.Completed), generation);
        else
            carrier.Life.Later(call, seconds, work, generation);
    }
}
