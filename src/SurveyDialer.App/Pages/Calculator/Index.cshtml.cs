using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.App.Pages.Calculator;

/// <summary>What is computed with. Shares are per cent, differences percentage points.</summary>
internal sealed record CalculatorForm
{
    /// <summary>Expected share.</summary>
    public double Share { get; init; } = 80;

    /// <summary>Wanted half width of the interval.</summary>
    public double Margin { get; init; } = 5;

    /// <summary>Interviews that there are, or will be, in each group.</summary>
    public int Interviews { get; init; } = 400;

    /// <summary>Another share that is to be told from the expected one.</summary>
    public double Other { get; init; } = 75;

    public double Deff { get; init; } = 1.3;

    /// <summary>People that the figure is about; null: very many.</summary>
    public int? Population { get; init; }

    /// <summary>Complete interviews of a hundred numbers.</summary>
    public double Yield { get; init; } = 30;

    /// <summary>Names of the fields that cannot be computed with.</summary>
    internal IReadOnlyList<string> Wrong => [.. new (string Name, bool Good)[]
    {
        (nameof(Share), Share is >= 1 and <= 99), (nameof(Margin), Margin is >= 0.1 and <= 50), (nameof(Interviews), Interviews is >= 1 and <= 10_000_000),
        (nameof(Other), Other is >= 1 and <= 99), (nameof(Deff), Deff is >= 1 and <= 20), (nameof(Population), Population is null or >= 1), (nameof(Yield), Yield is >= 1 and <= 100),
    }.Where(one => !one.Good).Select(one => one.Name)];
}

/// <summary>How many interviews a figure needs, and what a number of interviews can show. Nothing is stored.</summary>
[Needs(PageRight.Inside)]
internal sealed class IndexModel() : SurveyPage("Calculator")
{
    [BindProperty(SupportsGet = true)]
    public CalculatorForm Form { get; set; } = new();

    /// <summary>The round in preparation that it was opened from; null: none.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Round { get; set; }

    /// <summary>Null where a field is wrong.</summary>
    public SampleSize? Size { get; private set; }

    /// <summary>Percentage points, of the interviews that there are.</summary>
    public double MarginOfError { get; private set; }

    /// <summary>The drop in percentage points that so many interviews in each of two groups can tell; null where even the largest cannot be.</summary>
    public double? SmallestDrop { get; private set; }

    /// <summary>Interviews in each group that tell the two shares apart; null where they are the same.</summary>
    public double? PerGroup { get; private set; }

    public void OnGet()
    {
        Title = T["Title"];
        // What is no number at all keeps its default, and is said.
        var wrong = Form.Wrong.Union(ModelState.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => entry.Key.Split('.')[^1])).ToList();
        NextIs(wrong.Count > 0 ? T["Next_Wrong", string.Join(T["Comma"], wrong.Select(field => T[$"Field_{field}"]))] : T["Next"]);
        if (wrong.Count > 0) return;
        var (share, other) = (Form.Share / 100, Form.Other / 100);
        Size = SampleSize.For(share, Form.Margin / 100, population: Form.Population, deff: Form.Deff, yield: Form.Yield / 100);
        MarginOfError = 100 * Precision.MarginOfError(share, Form.Interviews, Form.Population is { } people ? Math.Max(people, Form.Interviews) : null, Form.Deff);
        SmallestDrop = Precision.SmallestDrop(share, Form.Interviews / Form.Deff) * 100;
        PerGroup = Math.Abs(share - other) < 1e-9 ? null : Math.Ceiling(Precision.PerGroup(share, other) * Form.Deff);
    }

    /// <summary>A figure with at most one decimal, or as many as it needs below 1.</summary>
    public static string Points(double value) => value.ToString(value < 1 ? "0.##" : "0.#", CultureInfo.InvariantCulture);

    /// <summary>A field's value as it stands in its input.</summary>
    public static string Value(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
