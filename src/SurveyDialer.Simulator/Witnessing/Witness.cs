using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.Simulator;

/// <summary>Kinds of entries in the witness log.</summary>
public enum WitnessKind
{
    /// <summary>A create of a call was accepted; <see cref="WitnessEntry.Path"/> is the path of its Url or StatusCallback.</summary>
    CallAccepted,

    /// <summary>A call left the queue.</summary>
    CallStarted,

    /// <summary>A telephone began to ring.</summary>
    Rang,

    /// <summary>A telephone that rang is free again; <see cref="WitnessEntry.Detail"/> is the final status.</summary>
    Freed,

    /// <summary>A call reached its final status without having rung.</summary>
    EndedUnrung,

    /// <summary>Somebody or something answered; <see cref="WitnessEntry.Detail"/> is human, machine or fax.</summary>
    Answered,

    /// <summary>
    /// A prompt was heard and something was done (<see cref="WitnessEntry.Keys"/>: keys, <c>-</c> silence, <c>hangup</c>, <c>speech</c>);
    /// <see cref="WitnessEntry.Detail"/> is what the resident took it to be about.
    /// </summary>
    Step,

    /// <summary>The product's answer to a step; <see cref="WitnessEntry.Delivered"/>: a usable next document came back.</summary>
    Turn,

    /// <summary>A create of a text was accepted.</summary>
    TextAccepted,

    /// <summary>A text reached the telephone; <see cref="WitnessEntry.Detail"/> is what the resident took it to be about.</summary>
    TextDelivered,

    /// <summary>A resident sent a text; <see cref="WitnessEntry.Keys"/> is its body, <see cref="WitnessEntry.Detail"/> what it answers.</summary>
    TextSent,

    /// <summary>The sound of a recording was sent; <see cref="WitnessEntry.Detail"/> is its SHA-256, hexadecimal.</summary>
    RecordingFetched,

    /// <summary>A recording was deleted.</summary>
    RecordingDeleted,

    /// <summary>A fault struck; <see cref="WitnessEntry.Detail"/> is its kind.</summary>
    FaultStruck,
}

/// <summary>One line of the witness log.</summary>
/// <param name="At">By the simulator's clock, UTC.</param>
/// <param name="Number">The resident's number, E.164.</param>
/// <param name="Attempt">How many creates to this number were accepted before, plus one; 0 where none is meant.</param>
/// <param name="Sid">Of the call, message or recording.</param>
/// <param name="Path">Path and query of the product's address in question.</param>
/// <param name="Step">Place of the prompt in the call, from 1.</param>
/// <param name="Heard">Hash of what was heard since the last input, hexadecimal.</param>
/// <param name="HttpStatus">What the product answered; 0: nothing.</param>
public sealed record WitnessEntry(
    DateTimeOffset At, WitnessKind Kind, string Number, int Attempt, string Sid, string? Path = null, string? Detail = null,
    int Step = 0, string? Heard = null, string? Keys = null, int HttpStatus = 0, bool? Delivered = null);

/// <summary>Totals of the witness log.</summary>
/// <param name="CallsAccepted">Creates of calls that were accepted.</param>
/// <param name="CallsRung">Calls at which a telephone rang.</param>
/// <param name="CallsAnswered">Calls answered by anybody or anything.</param>
/// <param name="NumbersRungOverlapping">Numbers that were rung while another call to them was ringing or open.</param>
/// <param name="AttemptsRungTwice">Paths of Url or StatusCallback (each attempt of the product has its own) under which a telephone rang twice.</param>
/// <param name="TextsAccepted">Creates of texts that were accepted.</param>
/// <param name="TextsAcceptedTwice">StatusCallback paths under which more than one text was accepted.</param>
/// <param name="Steps">Prompts heard.</param>
public sealed record WitnessSummary(
    int CallsAccepted, int CallsRung, int CallsAnswered, IReadOnlyList<string> NumbersRungOverlapping, IReadOnlyList<string> AttemptsRungTwice,
    int TextsAccepted, IReadOnlyList<string> TextsAcceptedTwice, int Steps);

/// <summary>
/// What the carrier and the residents saw, append-only. It is what the product's own books are held against, so it knows nothing of
/// the product but its addresses.
/// </summary>
public sealed class Witness : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<WitnessEntry> _entries = [];
    private readonly StreamWriter? _file;

    internal Witness(string? file)
    {
        if (file is not null)
            _file = new StreamWriter(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    }

    /// <summary>A copy of all entries, in the order in which they were written.</summary>
    public IReadOnlyList<WitnessEntry> Entries()
    {
        lock (_gate)
            return [.. _entries];
    }

    /// <summary>One JSON object a line.</summary>
    public static string ToJsonLine(WitnessEntry entry) => JsonSerializer.Serialize(entry, WitnessJson.Default.WitnessEntry);

    /// <summary>The totals up to now.</summary>
    public WitnessSummary Summary()
    {
        var entries = Entries();
        var open = new Dictionary<string, int>();
        var overlapping = new SortedSet<string>(StringComparer.Ordinal);
        var accepted = new Dictionary<string, string>();
        var rung = new Dictionary<string, int>();
        var texts = new Dictionary<string, int>();
        int calls = 0, rings = 0, answered = 0, sent = 0, steps = 0;
        foreach (var entry in entries)
        {
            switch (entry.Kind)
            {
                case WitnessKind.CallAccepted:
                    calls++;
                    accepted[entry.Sid] = entry.Path ?? entry.Sid;
                    break;
                case WitnessKind.Rang:
                    rings++;
                    if (accepted.TryGetValue(entry.Sid, out var path))
                        rung[path] = rung.GetValueOrDefault(path) + 1;
                    if ((open[entry.Number] = open.GetValueOrDefault(entry.Number) + 1) > 1)
                        overlapping.Add(entry.Number);
                    break;
                case WitnessKind.Freed:
                    open[entry.Number] = open.GetValueOrDefault(entry.Number) - 1;
                    break;
                case WitnessKind.Answered:
                    answered++;
                    break;
                case WitnessKind.Step:
                    steps++;
                    break;
                case WitnessKind.TextAccepted:
                    sent++;
                    var key = entry.Path ?? entry.Sid;
                    texts[key] = texts.GetValueOrDefault(key) + 1;
                    break;
                default:
                    break;
            }
        }

        return new WitnessSummary(calls, rings, answered, [.. overlapping], Twice(rung), sent, Twice(texts), steps);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();

    internal void Add(WitnessEntry entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
            _file?.WriteLine(ToJsonLine(entry));
        }
    }

    private static string[] Twice(Dictionary<string, int> counts)
        => [.. counts.Where(static pair => pair.Value > 1).Select(static pair => pair.Key).Order(StringComparer.Ordinal)];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WitnessEntry))]
[JsonSerializable(typeof(WitnessSummary))]
internal sealed partial class WitnessJson : JsonSerializerContext;
