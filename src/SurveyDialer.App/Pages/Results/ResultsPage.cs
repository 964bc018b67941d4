using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using SurveyDialer.App.Web;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics;

namespace SurveyDialer.App.Pages.Results;

/// <summary>What the pages of one round's results share.</summary>
internal abstract partial class ResultsPage(ResultsDesk desk) : SurveyPage("Results")
{
    private static readonly JsonSerializerOptions ChartJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Blank { get; }

    public RoundView View { get; private set; } = null!;

    public RoundResults Results => View.Results;

    public Round Round => View.Round;

    protected ResultsDesk Desk => desk;

    protected static CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary>False where there is no such round.</summary>
    protected bool Load(long id, long? against = null)
    {
        if (desk.Find(id, against) is not { } view) return false;
        View = view;
        Title = T["RoundTitle", view.Round.Name];
        return true;
    }

    public static string Name(LocalText text) => IndexWords.Name(text, Culture);

    /// <summary>A question as it is read, with … where a blank of the round is filled in.</summary>
    public static string Question(LocalText text) => Blank.Replace(Name(text), "…");

    /// <summary>The definition under a figure.</summary>
    public string Definition(SurveyIndex index) => IndexWords.Definition(index, View.Template, Culture);

    /// <summary>Which set, in which version.</summary>
    public string Source => IndexWords.Source(Results.Set, Culture);

    /// <summary>The value as printed, or what would show it.</summary>
    public static string Value(Figure figure) => figure.InWords(Culture);

    /// <summary>Style of a verdict: advice where more interviews would decide it.</summary>
    public static string Tone(Figure figure) => figure switch { { Position: null } => "", { MoreForVerdict: 0 } => $"verdict-{figure.Position}", _ => "advice" };

    /// <summary>The figure of a part of the interviews.</summary>
    public string Part(Figure part) => part.TooCloseToWhole ? T["TooClose"] : Value(part);

    /// <summary>Both ends of the interval; empty where the figure is withheld.</summary>
    public static string Interval(Figure figure) => figure is { Low: { } low, High: { } high }
        ? $"{Figure.Percent(low, figure.Decimals).TrimEnd('%')}–{Figure.Percent(high, figure.Decimals)}" : "";

    /// <summary>A share beside a figure; a dash where it is withheld.</summary>
    public static string Share(double? share, Figure figure) => share is { } value ? Figure.Percent(value, figure.Decimals) : "—";

    /// <summary>What an index was to reach and whether it did, as far as the interval tells; null: nothing was set.</summary>
    public string? TargetInWords(IndexResult index) => View.Standing.TargetInWords(index, Culture);

    /// <summary>Names of indices, or what stands where there are none.</summary>
    public string Names(IReadOnlyCollection<string> tags) => tags.Count == 0 ? "—" : string.Join(
        PageLanguage.IsEnglish ? ", " : "、", tags.Select(tag => Results.Set.Indices.FirstOrDefault(index => index.Tag == tag) is { } known ? Name(known.Name) : tag));

    /// <summary>One line of the chart of intervals.</summary>
    protected static ChartRow Row(string name, Figure figure, double? before = null, double? official = null) => new(
        name, Hundred(figure.Value), Hundred(figure.Low), Hundred(figure.High), Hundred(figure.Line), before, official, figure.Position?.ToString(), figure.Withheld ? Value(figure) : null);

    /// <summary>Data for a chart, to be put into an attribute.</summary>
    public static string Chart(object data) => JsonSerializer.Serialize(data, ChartJson);

    /// <summary>A share as per cent for a drawing.</summary>
    protected static double? Hundred(double? share) => share is { } value ? Math.Round(value * 100, 2) : null;

    /// <summary>The figure of the round before as it was published, in per cent; null where there is nothing to compare with.</summary>
    protected static double? Before(Change? change) => Hundred(change?.From.Value);

    /// <summary>What stands where ranks mean nothing.</summary>
    public static string RanksMeaningless => Sentences.RanksMeaningless(Culture);
}

/// <summary>One line of a chart of intervals, in per cent; null: not shown, or nothing to compare with.</summary>
internal sealed record ChartRow(string Name, double? Value, double? Low, double? High, double? Line, double? Before, double? Official, string? Position, string? Says);

/// <summary>One set of bars or one line; null: a figure that is not shown.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<double?> Values);
