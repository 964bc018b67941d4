using System.Globalization;
using System.Text;
using SurveyDialer.Simulator.Respondents;

namespace SurveyDialer.Simulator.Calls;

/// <summary>REST statuses; <see cref="Initiated"/> exists in callbacks only and reads as queued.</summary>
internal enum CallState
{
    Queued,
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    NoAnswer,
    Failed,
    Canceled,
}

/// <summary>A request to the product and its answer, for <c>Events.json</c>.</summary>
internal sealed record Exchange(DateTimeOffset At, string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Fields, int Status, string ContentType, string Body);

/// <summary>One call. Every change happens under <see cref="Gate"/>, which is never held over a request.</summary>
internal sealed class SimulatedCall(string sid, string accountSid, CallOrder order, int attempt, DateTimeOffset created)
{
    private int _events;

    public Lock Gate { get; } = new();

    public string Sid => sid;

    public string AccountSid => accountSid;

    public CallOrder Order { get; set; } = order;

    /// <summary>Which call to this number it is, from 1.</summary>
    public int Attempt => attempt;

    /// <summary>Place in the list of all calls.</summary>
    public int Index { get; set; }

    public string Direction { get; init; } = "outbound-api";

    public string? ParentSid { get; init; }

    /// <summary>The person's end of the line: whom we called, or who called us.</summary>
    public string Resident => Direction == "inbound" ? Order.From : Order.To;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Updated { get; set; } = created;

    public DateTimeOffset? Started { get; set; }

    public DateTimeOffset? Answered { get; set; }

    public DateTimeOffset? Ended { get; set; }

    /// <summary>No later than this does the call end, whatever is being said.</summary>
    public DateTimeOffset HardEnd { get; set; } = DateTimeOffset.MaxValue;

    public CallState State { get; set; }

    /// <summary>What <see cref="FaultKind.StaleRead"/> tells.</summary>
    public CallState EarlierState { get; set; }

    public bool Deleted { get; set; }

    public string? AnsweredBy { get; set; }

    public string? QueueTime { get; set; }

    public bool HoldsLine { get; set; }

    public bool Rang { get; set; }

    public bool InitiatedReported { get; set; }

    public int SipCode { get; set; }

    /// <summary>Counts every new instruction; what was planned under an older number does nothing.</summary>
    public int Generation { get; set; }

    /// <summary>Number of the next status report.</summary>
    public int Sequence { get; set; }

    public ScriptLine? Line { get; set; }

    public Pickup? Pickup { get; set; }

    public int Step { get; set; }

    public StringBuilder Heard { get; } = new();

    public int DocumentsWithoutTime { get; set; }

    /// <summary>Talk time in carrier seconds.</summary>
    public int Duration { get; set; }

    /// <summary>Status reports that <see cref="FaultKind.ReorderCallbacks"/> holds back.</summary>
    public List<Action>? Held { get; set; }

    public List<Exchange> Exchanges { get; } = [];

    public List<Recording> Recordings { get; } = [];

    public bool IsFinal => State >= CallState.Completed;

    /// <summary>Path of the product's own address of this call, which carries its attempt.</summary>
    public string? Path => PathOf(Order.Url ?? Order.StatusCallback);

    /// <summary>A key that depends on nothing but number, attempt and order of events in the call.</summary>
    public string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{Resident}/{attempt:D4}/{Interlocked.Increment(ref _events):D5}");

    public static string? PathOf(string? url) => url is not null && Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.PathAndQuery : null;

    public static string Word(CallState state) => state switch
    {
        CallState.Queued => "queued",
        CallState.Initiated => "initiated",
        CallState.Ringing => "ringing",
        CallState.InProgress => "in-progress",
        CallState.Completed => "completed",
        CallState.Busy => "busy",
        CallState.NoAnswer => "no-answer",
        CallState.Failed => "failed",
        CallState.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}

/// <summary>A recording; <see cref="ReadyAt"/> is when its file exists, null when it never will.</summary>
internal sealed class Recording(string sid, string callSid, string source, DateTimeOffset created, int seconds)
{
    public string Sid => sid;

    public string CallSid => callSid;

    public string Source => source;

    public DateTimeOffset Created { get; } = created;

    public int Seconds => seconds;

    public DateTimeOffset? ReadyAt { get; set; }

    public bool Deleted { get; set; }
}
