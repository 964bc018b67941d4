using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SurveyDialer.Simulator;

namespace SurveyDialer.Crash.Checks;

/// <summary>One call as the carrier and the resident saw it.</summary>
/// <param name="Token">Of the product's attempt, from the address that the carrier was given.</param>
internal sealed record SeenCall(string Sid, string Number, string? Token)
{
    public DateTimeOffset? RangAt { get; set; }

    public DateTimeOffset? FreedAt { get; set; }

    /// <summary>Twilio's word for how it ended; null: it has not.</summary>
    public string? Final { get; set; }

    public List<WitnessEntry> Steps { get; } = [];

    public List<WitnessEntry> Turns { get; } = [];
}

/// <summary>The witness log, sorted by call and by number.</summary>
internal sealed partial class CarrierLog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly Dictionary<string, SeenCall> calls = new(StringComparer.Ordinal);

    public CarrierLog(IEnumerable<WitnessEntry> entries)
    {
        foreach (var entry in entries) Take(entry);
    }

    public IReadOnlyCollection<SeenCall> Calls => calls.Values;

    /// <summary>Texts of ours that the carrier accepted.</summary>
    public List<WitnessEntry> Accepted { get; } = [];

    /// <summary>Texts of ours that arrived and texts that residents sent, in the order in which they happened.</summary>
    public List<WitnessEntry> Texts { get; } = [];

    /// <summary>Faults that struck, by kind.</summary>
    public Dictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a witness file; a last line that is still being written is left out.</summary>
    public static CarrierLog Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return new CarrierLog(text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<WitnessEntry>(line, Json)!));
    }

    /// <summary>The attempt's or message's token in an address of the product; null when there is none.</summary>
    public static string? TokenOf(string? path) => path is not null && TokenInPath().Match(path) is { Success: true } match ? match.Groups[1].Value : null;

    private void Take(WitnessEntry entry)
    {
        switch (entry.Kind)
        {
            case WitnessKind.CallAccepted:
                calls[entry.Sid] = new SeenCall(entry.Sid, entry.Number, TokenOf(entry.Path));
                break;
            case WitnessKind.Rang:
                calls[entry.Sid].RangAt = entry.At;
                break;
            case WitnessKind.Freed or WitnessKind.EndedUnrung when calls.TryGetValue(entry.Sid, out var ended):
                (ended.FreedAt, ended.Final) = (entry.At, entry.Detail);
                break;
            case WitnessKind.Step when calls.TryGetValue(entry.Sid, out var asked):
                asked.Steps.Add(entry);
                break;
            case WitnessKind.Turn when calls.TryGetValue(entry.Sid, out var answered):
                answered.Turns.Add(entry);
                break;
            case WitnessKind.TextAccepted:
                Accepted.Add(entry);
                break;
            case WitnessKind.TextDelivered or WitnessKind.TextSent:
                Texts.Add(entry);
                break;
            case WitnessKind.FaultStruck:
                var kind = entry.Detail ?? "";
                Faults[kind] = Faults.GetValueOrDefault(kind) + 1;
                break;
            default:
                break;
        }
    }

    [GeneratedRegex("/carrier/(?:voice|status|text-status)/([0-9A-Za-z_-]+)")]
    private static partial Regex TokenInPath();
}
