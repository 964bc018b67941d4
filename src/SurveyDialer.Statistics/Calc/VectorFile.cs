using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SurveyDialer.Statistics.Calc;

/// <summary>How one worked vector came out.</summary>
public enum VectorVerdict
{
    /// <summary>Every expected value was met.</summary>
    Passed,

    /// <summary>At least one was not.</summary>
    Failed,

    /// <summary>It needs data that this computation does not have.</summary>
    Skipped,
}

/// <summary>One vector's result.</summary>
/// <param name="Id">Such as <c>AAPOR-1</c>.</param>
/// <param name="Verdict">Passed, failed or skipped.</param>
/// <param name="Detail">Where it differs, or why it was skipped; null for a pass.</param>
public sealed record VectorResult(string Id, VectorVerdict Verdict, string? Detail);

/// <summary>A file of worked vectors, each with id, input, expected result and tolerance.</summary>
/// <param name="Results">In the order of the file.</param>
public sealed record VectorFile(IReadOnlyList<VectorResult> Results)
{
    private const string NeedsR = "needs data(api) of R's survey package; the R tests run it";

    /// <summary>Vectors that passed.</summary>
    public int Passed => Results.Count(r => r.Verdict == VectorVerdict.Passed);

    /// <summary>Vectors that failed.</summary>
    public int Failed => Results.Count(r => r.Verdict == VectorVerdict.Failed);

    /// <summary>Vectors that were skipped.</summary>
    public int Skipped => Results.Count(r => r.Verdict == VectorVerdict.Skipped);

    /// <summary>"N passed, N failed", and what was skipped where something was.</summary>
    public string Summary => Skipped == 0 ? $"{Passed} passed, {Failed} failed" : $"{Passed} passed, {Failed} failed ({Skipped} skipped)";

    /// <summary>Runs every vector of a file.</summary>
    /// <param name="file">A JSON array.</param>
    /// <returns>The results, or that it is no such file. An entry that is no vector fails by itself and the rest goes on.</returns>
    public static (VectorFile? File, Problem? Problem) Run(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Array || file.GetArrayLength() == 0) return (null, new Problem("NotVectors"));
        return (new VectorFile([.. file.EnumerateArray().Select((vector, i) => RunOne(vector, i))]), null);
    }

    /// <summary>Runs one vector. Its kind is its id in small letters up to the last hyphen.</summary>
    /// <param name="vector">An object with id, input, expected and, as a rule, tolerance (1e-9 otherwise).</param>
    /// <param name="position">Named where there is no id.</param>
    public static VectorResult RunOne(JsonElement vector, int position)
    {
        if (vector.ValueKind != JsonValueKind.Object || !vector.TryGetProperty("id", out var idValue) || idValue.ValueKind != JsonValueKind.String
            || !vector.TryGetProperty("input", out var input) || !vector.TryGetProperty("expected", out var expected) || ReadText(idValue) is not { } id)
            return new VectorResult($"[{position}]", VectorVerdict.Failed, new Problem("NotVectors").Say(CultureInfo.GetCultureInfo("en")));
        if (id.StartsWith("R-API", StringComparison.Ordinal)) return new VectorResult(id, VectorVerdict.Skipped, NeedsR);
        var tolerance = vector.TryGetProperty("tolerance", out var t) && t.ValueKind == JsonValueKind.Number && t.TryGetDouble(out var given) ? given : 1e-9;
        var hyphen = id.LastIndexOf('-');
        var outcome = Calculator.Run((hyphen < 0 ? id : id[..hyphen]).ToLowerInvariant(), input);
        var difference = outcome.Problem is { } problem ? problem.Say(CultureInfo.GetCultureInfo("en")) : Differs(expected, outcome.Value, tolerance, "");
        return new VectorResult(id, difference is null ? VectorVerdict.Passed : VectorVerdict.Failed, difference);
    }

    /// <summary>The first place where a result differs from what was expected; null where it does not. Additional fields are allowed.</summary>
    /// <remarks>Numbers are equal when |a − b| ≤ max(tolerance × |b|, 1e-12).</remarks>
    internal static string? Differs(JsonElement expected, JsonNode? actual, double tolerance, string path)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                if (actual is not JsonObject fields) return Told(expected, actual, path);
                foreach (var field in expected.EnumerateObject())
                {
                    if (!fields.TryGetPropertyValue(field.Name, out var value)) return $"{path}.{field.Name}: missing";
                    if (Differs(field.Value, value, tolerance, $"{path}.{field.Name}") is { } inside) return inside;
                }

                return null;
            case JsonValueKind.Array:
                if (actual is not JsonArray items || items.Count != expected.GetArrayLength()) return Told(expected, actual, path);
                return expected.EnumerateArray().Select((item, i) => Differs(item, items[i], tolerance, $"{path}[{i}]")).FirstOrDefault(d => d is not null);
            case JsonValueKind.Number:
                var wanted = expected.GetDouble();
                var met = actual is JsonValue v && v.GetValueKind() == JsonValueKind.Number
                    && Math.Abs(Convert.ToDouble(v.ToJsonString(), CultureInfo.InvariantCulture) - wanted) <= Math.Max(tolerance * Math.Abs(wanted), 1e-12);
                return met ? null : Told(expected, actual, path);
            default:
                var same = expected.ValueKind == JsonValueKind.Null ? actual is null : actual is not null && JsonElement.DeepEquals(expected, JsonSerializer.SerializeToElement(actual));
                return same ? null : Told(expected, actual, path);
        }
    }

    private static string Told(JsonElement expected, JsonNode? actual, string path) =>
        $"{(path.Length == 0 ? "result" : path)}: expected {expected.GetRawText()}, got {actual?.ToJsonString(CalcJson.Plain) ?? "null"}";

    // Half a character, written as an escape, is JSON and no text.
    private static string? ReadText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
