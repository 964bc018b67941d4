using System.Globalization;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;

namespace SurveyDialer.Statistics;

/// <summary>Verdicts in words, in Chinese or English. Differences are told in percentage points.</summary>
public static class Sentences
{
    /// <summary>The verdict against a line; where it is open, what would decide it comes first: "62 more interviews decide whether it is above 80 %".</summary>
    /// <param name="verdict">From <see cref="LineVerdict.Of"/>.</param>
    /// <param name="share">The rate, 0 to 1.</param>
    /// <param name="line">The line, 0 to 1.</param>
    /// <param name="culture">zh-CN or en.</param>
    public static string AgainstLine(LineVerdict verdict, double share, double line, CultureInfo culture)
    {
        var percent = Plain(line * 100, "0.##");
        return verdict.Position switch
        {
            LinePosition.Above => Say("LineAbove", culture, percent),
            LinePosition.Below => Say("LineBelow", culture, percent),
            LinePosition.NotDistinguishable when verdict.MoreInterviews is not { } => Say("LineUndecidable", culture, percent),
            LinePosition.NotDistinguishable when !verdict.IsWithinReach => Say("LineOutOfReach", culture, percent, About(verdict.MoreInterviews!.Value)),
            LinePosition.NotDistinguishable => Say(share > line ? "LineAdvice" : "LineAdviceBelow", culture, percent, Plain(verdict.MoreInterviews!.Value, "0")),
            _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
        };
    }

    /// <summary>A difference with its interval, and whether it is a change or within sampling error.</summary>
    /// <param name="member">Of the family that is shown together; its verdict is told, not that of its interval alone.</param>
    /// <param name="points">The difference in percentage points, as printed.</param>
    /// <param name="culture">zh-CN or en.</param>
    /// <param name="decimals">Of the percentage points: not more than the figures themselves are printed with, or the difference tells what they do not.</param>
    public static string Compared(HolmMember member, double points, CultureInfo culture, int decimals = 2)
        => Told(member, points, culture, decimals, member.Changed ? "DifferenceChanged" : member.Difference.Distinguishable ? "DifferenceWithinErrorOfAll" : "DifferenceWithinError");

    /// <summary>A difference between two places or two groups with its interval, and whether they can be told apart.</summary>
    /// <inheritdoc cref="Compared"/>
    public static string Apart(HolmMember member, double points, CultureInfo culture, int decimals = 2)
        => Told(member, points, culture, decimals, member.Changed ? "DifferenceApart" : member.Difference.Distinguishable ? "DifferenceNotApartOfAll" : "DifferenceNotApart");

    /// <summary>第5名（可能为第1–11名）.</summary>
    public static string Ranked(RankRow row, CultureInfo culture) => Say("RankRange", culture, $"{row.Rank}", $"{row.Best}", $"{row.Worst}");

    /// <summary>What stands where ranks mean nothing.</summary>
    public static string RanksMeaningless(CultureInfo culture) => Say("RanksMeaningless", culture);

    /// <summary>What stands in a cell that is not published: 样本不足，再完成 12 份可公布.</summary>
    /// <param name="more">From <see cref="Disclosure.Reliability.MoreNeeded"/>; null where no number helps.</param>
    /// <param name="culture">zh-CN or en.</param>
    public static string NotPublished(long? more, CultureInfo culture) => more is { } m ? Say("MoreToPublish", culture, $"{m}") : Say("Suppressed", culture);

    private static string Told(HolmMember member, double points, CultureInfo culture, int decimals, string key)
    {
        var format = decimals == 0 ? "0" : "0.00";
        string Points(double points, string with) => Plain((double)Math.Round((decimal)points, decimals, MidpointRounding.AwayFromZero) + 0.0, with);
        var interval = member.Difference.Newcombe;
        return Say(key, culture, Points(points, $"+{format};-{format};{format}"), Plain(member.Confidence * 100, "0.##"), Points(interval.Low * 100, format), Points(interval.High * 100, format));
    }

    private static string Say(string key, CultureInfo culture, params string[] arguments) => string.Format(culture, StatisticsTexts.Get(key, culture), arguments);

    /// <summary>Two significant digits.</summary>
    private static string About(double number)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(number)) - 1);
        return (Math.Round(number / unit) * unit).ToString("N0", CultureInfo.InvariantCulture);
    }

    private static string Plain(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
