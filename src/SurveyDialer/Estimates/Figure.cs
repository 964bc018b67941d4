using System.Globalization;
using SurveyDialer.Statistics;
using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Estimates;

/// <summary>
/// One rate as it may leave the program. This is the one place of disclosure control: pages, exports and reports see figures only in this form, and a
/// figure that too few interviews carry holds nothing but what would show it.
/// </summary>
public sealed record Figure
{
    private Figure()
    {
    }

    /// <summary>Answers that it is counted over.</summary>
    public required long Base { get; init; }

    /// <summary>Whether the value is kept back; then everything below but <see cref="MoreNeeded"/> is null.</summary>
    public bool Withheld => Value is null;

    /// <summary>A part that differs from the whole by fewer persons than are told: what the others answered could be worked out from both, so nothing of it is told.</summary>
    public bool TooCloseToWhole { get; private init; }

    /// <summary>Interviews still needed until it could be shown if it stayed as it is; null where it is shown, or no number helps.</summary>
    public long? MoreNeeded { get; private init; }

    /// <summary>Share 0 to 1 (a mean of points: over 100), rounded to <see cref="Decimals"/> of a per cent.</summary>
    public double? Value { get; private init; }

    /// <summary>Lower end of the 95 % interval (Wilson on the effective size), rounded alike.</summary>
    public double? Low { get; private init; }

    /// <summary>Upper end.</summary>
    public double? High { get; private init; }

    /// <summary>The same without weights, rounded alike.</summary>
    public double? Unweighted { get; private init; }

    /// <summary>Kish's effective size of the answers that it is counted over.</summary>
    public double? EffectiveSize { get; private init; }

    /// <summary>Design effect, at least 1.</summary>
    public double? DesignEffect { get; private init; }

    /// <summary>Of a printed percentage: none below 100 answers, so that the numerator cannot be had back, else 2.</summary>
    public int Decimals => Reliability.Decimals(Base);

    /// <summary>Share of "cannot say" among everybody asked.</summary>
    public double? DontKnowShare { get; private init; }

    /// <summary>Share of "never dealt with them" among everybody asked.</summary>
    public double? NoContactShare { get; private init; }

    /// <summary>Share of refusals of this question among everybody asked.</summary>
    public double? RefusedShare { get; private init; }

    /// <summary>Share of answers on the scale among everybody asked.</summary>
    public double? Coverage { get; private init; }

    /// <summary>Where it stands against the line of its index, judged on the unrounded value; null without a line.</summary>
    public LinePosition? Position => Verdict?.Position;

    /// <summary>Interviews still needed until the verdict would be clear if the figure stayed as it is; 0 where it is clear, null where no number decides.</summary>
    public double? MoreForVerdict => Verdict?.MoreInterviews;

    /// <summary>Whether to advise so many: an office can hold them.</summary>
    public bool AdvisesMore => Verdict is { MoreInterviews: > 0, IsWithinReach: true };

    /// <summary>The line, 0 to 1.</summary>
    public double? Line { get; private init; }

    /// <summary>Unrounded, for comparisons in this room only; null where the figure is withheld.</summary>
    internal Proportion? Exact { get; private init; }

    /// <summary>Ends of the interval, unrounded, for composites; null where the figure is withheld.</summary>
    internal Interval? Ends { get; private init; }

    private LineVerdict? Verdict { get; init; }

    /// <summary>The value as printed: 93 % or 93.25 %; where it is withheld, what would show it.</summary>
    public string InWords(CultureInfo culture) => Value is { } value ? Percent(value, Decimals) : Sentences.NotPublished(MoreNeeded, culture);

    /// <summary>The verdict against the line with advice before it; null without a line or where the figure is withheld.</summary>
    public string? LineInWords(CultureInfo culture)
        => Verdict is { } verdict && Line is { } line ? Sentences.AgainstLine(verdict, Value!.Value, line, culture) : null;

    /// <summary>A share as per cent with so many decimals.</summary>
    public static string Percent(double share, int decimals)
        => $"{(decimal.Round((decimal)share * 100, decimals, MidpointRounding.AwayFromZero)).ToString($"F{decimals}", CultureInfo.InvariantCulture)}%";

    /// <summary>Lets the figure of a part of the interviews out beside that of all.</summary>
    internal static Figure PublishPart(Estimate part, double? line, Figure whole)
        => DifferencingGuard.Allows(whole.Base, part.Base) ? Publish(part, line) : new Figure { Base = 0, TooCloseToWhole = true };

    /// <summary>Lets an estimate out, or keeps it back.</summary>
    internal static Figure Publish(Estimate estimate, double? line)
    {
        if (estimate.Share is not { } share || estimate.Base == 0) return new Figure { Base = estimate.Base, MoreNeeded = (long)Reliability.LeastEffectiveSize };
        var deff = estimate.Base / estimate.EffectiveSize;
        // Of so few the number that would do depends on what they answered, and would tell it: only what everybody needs is told.
        if (estimate.EffectiveSize < Reliability.LeastEffectiveSize)
            return new Figure { Base = estimate.Base, MoreNeeded = (long)Math.Ceiling((Reliability.LeastEffectiveSize - estimate.EffectiveSize) * deff) };
        if (!Reliability.Of(share, estimate.Base, deff).Publish)
            return new Figure { Base = estimate.Base, MoreNeeded = Reliability.MoreNeeded(share, estimate.Base, deff) };
        var interval = estimate.Interval;
        var decimals = Reliability.Decimals(estimate.Base);
        double? Rounded(double? value) => value is { } exact ? (double)decimal.Round((decimal)exact, decimals + 2, MidpointRounding.AwayFromZero) : null;
        return new Figure
        {
            Base = estimate.Base,
            Value = Rounded(share),
            Low = Rounded(interval.Low),
            High = Rounded(interval.High),
            Unweighted = Rounded(estimate.Unweighted),
            EffectiveSize = estimate.EffectiveSize,
            DesignEffect = deff,
            DontKnowShare = Rounded(estimate.DontKnowShare),
            NoContactShare = Rounded(estimate.NoContactShare),
            RefusedShare = Rounded(estimate.RefusedShare),
            Coverage = Rounded(estimate.Coverage),
            Line = line,
            Verdict = line is not { } at ? null : estimate.IsMean ? LineVerdict.OfMean(share, estimate.Deviation, estimate.Base, at, deff) : LineVerdict.Of(share, estimate.Base, at, deff),
            Exact = new Proportion(share, estimate.EffectiveSize),
            Ends = interval,
        };
    }
}
