using System.Text.Json;
using System.Text.Json.Serialization;
using SurveyDialer.Simulator.Respondents;

namespace SurveyDialer.Simulator;

/// <summary>What can be made to go wrong.</summary>
[JsonConverter(typeof(FaultKindConverter))]
public enum FaultKind
{
    /// <summary>REST: the connection breaks before anything is accepted.</summary>
    DropRequest,

    /// <summary>REST: the request is carried out, then the connection breaks.</summary>
    DropResponse,

    /// <summary>REST: answers <see cref="Fault.Status"/> and <see cref="Fault.Body"/>; carried out before only with <see cref="Fault.Accept"/>.</summary>
    Answer,

    /// <summary>REST: 429 with code 20429, nothing carried out.</summary>
    TooManyRequests,

    /// <summary>REST: 500 with code 20500; carried out before only with <see cref="Fault.Accept"/>.</summary>
    ServerError,

    /// <summary>REST: 502 with an HTML page; carried out before only with <see cref="Fault.Accept"/>.</summary>
    BadGateway,

    /// <summary>REST: carried out at once, answered after <see cref="Fault.Seconds"/>.</summary>
    Slow,

    /// <summary>Create: 201 with an id that is none.</summary>
    BadSid,

    /// <summary>Create: a second call (or text) comes about for one request.</summary>
    Duplicate,

    /// <summary>Create: accepted, but it stays in the queue and expires there after 24 hours.</summary>
    StuckInQueue,

    /// <summary>Fetch and list: what was true <see cref="Fault.Seconds"/> before the call's last change is told for that long.</summary>
    StaleRead,

    /// <summary>The request to the product is never sent.</summary>
    DropCallback,

    /// <summary>The request to the product is sent twice.</summary>
    DuplicateCallback,

    /// <summary>The status report is sent <see cref="Fault.Seconds"/> late.</summary>
    DelayCallback,

    /// <summary>The status reports of a call are held back and sent in reverse order at its end.</summary>
    ReorderCallbacks,

    /// <summary>The report <c>initiated</c> (of a text: <c>sent</c>) is delivered before the create is answered.</summary>
    EarlyCallback,

    /// <summary>The status report says <see cref="Fault.CallStatus"/>.</summary>
    WrongStatus,

    /// <summary>The status report is followed by one of the same SequenceNumber that says <see cref="Fault.CallStatus"/>.</summary>
    SameSequence,

    /// <summary>The request to the product carries a wrong signature.</summary>
    ForgedSignature,

    /// <summary>The file of a recording is not there (404) at the first fetch (or <see cref="Fault.Count"/>).</summary>
    RecordingLate,

    /// <summary>A recording never comes into being; its callback says <c>absent</c>.</summary>
    RecordingAbsent,
}

internal sealed class FaultKindConverter() : JsonStringEnumConverter<FaultKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

/// <summary>A fault that is on.</summary>
public sealed record Fault
{
    /// <summary>Set by the simulator.</summary>
    public int Id { get; set; }

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; set; }

    /// <summary>
    /// Where: for REST <c>create, fetch, list, update, message, message-fetch, message-list, recording</c> (default <c>create</c> and
    /// <c>message</c>); for requests to the product <c>initiated, ringing, answered, completed, voice, action, recording, amd,
    /// text-status (or one of sent, delivered, undelivered), text</c> (default the four status reports). Null: the default.
    /// </summary>
    public string? On { get; set; }

    /// <summary>Only this number; null: any.</summary>
    public string? Number { get; set; }

    /// <summary>Only numbers that begin so; null: any.</summary>
    public string? Prefix { get; set; }

    /// <summary>Share of the occasions, by number and attempt; default 1.</summary>
    public double Probability { get; set; } = 1;

    /// <summary>How many times at most; null: without end.</summary>
    public int? Count { get; set; }

    /// <summary>Length, where the kind has one.</summary>
    public double Seconds { get; set; } = 5;

    /// <summary>HTTP status of <see cref="FaultKind.Answer"/>.</summary>
    public int Status { get; set; } = 503;

    /// <summary>Body of <see cref="FaultKind.Answer"/>.</summary>
    public string Body { get; set; } = "";

    /// <summary>Content type of <see cref="FaultKind.Answer"/>.</summary>
    public string ContentType { get; set; } = "text/html";

    /// <summary>Whether a failing answer comes after the request was carried out.</summary>
    public bool Accept { get; set; }

    /// <summary>What a wrong report says.</summary>
    public string CallStatus { get; set; } = "busy";
}

/// <summary>The faults that are on, and how often each may still strike.</summary>
internal sealed class FaultBook(ulong seed, Witness witness, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Fault[] _faults = [];
    private readonly Dictionary<int, int> _left = [];
    private int _lastId;

    public IReadOnlyList<Fault> All => _faults;

    public Fault Add(Fault fault)
    {
        lock (_gate)
        {
            var added = fault with { Id = ++_lastId };
            if (added.Count is { } count)
                _left[added.Id] = count;
            _faults = [.. _faults, added];
            return added;
        }
    }

    public bool Remove(int id)
    {
        lock (_gate)
        {
            var before = _faults.Length;
            _faults = [.. _faults.Where(fault => fault.Id != id)];
            return _faults.Length < before;
        }
    }

    public void Clear()
    {
        lock (_gate)
            _faults = [];
    }

    /// <summary>The fault of one of these kinds that strikes now, or null.</summary>
    /// <param name="also">A second name of the place.</param>
    /// <param name="occasion">Tells occasions of one attempt apart, so that each has its own chance.</param>
    public Fault? Strike(ReadOnlySpan<FaultKind> kinds, string on, bool byDefault, string number, int attempt, int occasion = 0, string? also = null)
    {
        foreach (var fault in _faults)
        {
            if (kinds.Contains(fault.Kind) && (fault.On is null ? byDefault : fault.On == on || fault.On == also)
                && (fault.Number is null || fault.Number == number)
                && (fault.Prefix is null || number.StartsWith(fault.Prefix, StringComparison.Ordinal))
                && (fault.Probability >= 1 || Chance.Unit(seed + (ulong)fault.Id, number, attempt, occasion, Facet.Fault) < fault.Probability)
                && Take(fault))
            {
                witness.Add(new WitnessEntry(clock.GetUtcNow(), WitnessKind.FaultStruck, number, attempt, "", Detail: $"{fault.Kind} {on}"));
                return fault;
            }
        }

        return null;
    }

    private bool Take(Fault fault)
    {
        if (fault.Count is null)
            return true;
        lock (_gate)
            return _left[fault.Id]-- > 0;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(List<Fault>))]
internal sealed partial class FaultJson : JsonSerializerContext;
