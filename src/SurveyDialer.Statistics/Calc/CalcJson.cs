using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Statistics.Calc;

/// <summary>Results as JSON. What is undefined or not finite is null: JSON has no other word for it.</summary>
internal static class CalcJson
{
    /// <summary>Chinese as itself.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static JsonNode? Number(double? value) => value is { } v && double.IsFinite(v) ? JsonValue.Create(v == 0 ? 0.0 : v) : null;

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(v => Number(v))]);

    public static JsonArray Wholes(IEnumerable<long> values) => new([.. values.Select(v => (JsonNode)JsonValue.Create(v))]);

    public static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)JsonValue.Create(v))]);

    public static JsonArray Pair(Interval interval) => new(Number(interval.Low), Number(interval.High));
}
