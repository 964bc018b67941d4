using System.Globalization;
using Microsoft.Data.Sqlite;
using SurveyDialer.Statistics.Quality;

namespace SurveyDialer.Estimates;

/// <summary>What the figures of a round are held against: official results and targets.</summary>
public sealed record RoundStanding(Round Round, IReadOnlyList<OfficialResult> Official, IReadOnlyList<IndexTarget> Targets)
{
    /// <summary>Null when there is no such round.</summary>
    public static RoundStanding? Of(SqliteConnection connection, long campaignId)
        => RoundSeries.Find(connection, campaignId) is { } round
            ? new RoundStanding(round, OfficialDesk.Results(connection), OfficialDesk.Targets(connection)) { SinceYear = RoundHistory.SinceYearBefore(connection, round) } : null;

    /// <summary>Since the same time of the year before; null where no round was held then.</summary>
    public YearChange? SinceYear { get; init; }

    /// <summary>Whether official surveys speak of the same people: not where the round was practice, or asked others than residents.</summary>
    public bool IsComparable => !Round.Practice && RoundWords.IsOfResidents(Round);

    /// <summary>What an index is to reach in the round's period; of several the one for the shortest time. Null: nothing was set.</summary>
    /// <param name="tag">Of an index, or the id of a composite.</param>
    public IndexTarget? TargetOf(string tag)
        => Targets.Where(target => target.Tag == tag && target.Period.Holds(Round.Period)).MaxBy(target => target.Period.From.DayNumber - target.Period.To.DayNumber);

    /// <summary>A figure beside what was published of its index; nothing where official surveys do not speak of the same people.</summary>
    public IReadOnlyList<OfficialComparison> Compared(string tag, Figure figure) => IsComparable ? OfficialComparison.Of(Official, tag, Round.Period, figure) : [];

    /// <summary>How an index compares, in one sentence; empty where there is nothing to compare with.</summary>
    /// <param name="before">The round that changes are counted from: told as such unless it is that of a year before.</param>
    public string Sentence(IndexResult index, PredecessorRound? before, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(index);
        var sinceRound = before is not null && before.CampaignId == SinceYear?.CampaignId ? null : index.Change;
        return OfficialComparison.Sentence(SinceYear?.Changes.GetValueOrDefault(index.Index.Tag), sinceRound, Compared(index.Index.Tag, index.Whole), culture);
    }

    /// <summary>A composite alike.</summary>
    public IReadOnlyList<OfficialComparison> Compared(CompositeResult composite)
    {
        ArgumentNullException.ThrowIfNull(composite);
        return IsComparable ? OfficialComparison.Of(Official, composite.Index.Id, Round.Period, composite.Whole) : [];
    }

    /// <summary>What was to be reached and whether it was, as far as the interval tells; null: nothing was set, or the target is not about these people.</summary>
    /// <param name="low">Lower end of the interval, per cent; null: withheld.</param>
    /// <param name="high">Upper end.</param>
    public string? TargetInWords(string tag, double? low, double? high, CultureInfo culture)
    {
        if (!RoundWords.IsOfResidents(Round) || TargetOf(tag) is not { } target) return null;
        var words = new List<string>();
        if (target.Percent is { } percent)
        {
            var (at, reached) = ((double)percent, "target_open");
            if (low is null || high is null) reached = "target_withheld";
            else if (low > at) reached = "target_above";
            else if (high < at) reached = "target_below";
            words.Add(RoundTexts.Say(reached, culture, percent.ToString("0.##", CultureInfo.InvariantCulture)));
        }

        if (target.Rank is { } rank)
        {
            var official = Official.FirstOrDefault(result => result is { Level: OfficialLevel.Own, Rank: not null } && result.Tag == tag && target.Period.Holds(result.Period));
            words.Add(official is null ? RoundTexts.Say("target_rank_open", culture, rank) : RoundTexts.Say(official.Rank <= rank ? "target_rank_in" : "target_rank_out", culture, rank, official.Rank!.Value));
        }

        return string.Join(RoundTexts.Say("semicolon", culture), words);
    }

    /// <inheritdoc cref="TargetInWords(string, double?, double?, CultureInfo)"/>
    public string? TargetInWords(IndexResult index, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(index);
        return TargetInWords(index.Index.Tag, index.Whole.Low * 100, index.Whole.High * 100, culture);
    }

    /// <summary>
    /// How far rehearsals of an index have been from official results of the same period, over finished rounds only, and what went into it; null where
    /// official surveys do not speak of the same people.
    /// </summary>
    /// <param name="rounds">Those before, and this one.</param>
    public string? BiasInWords(string tag, IEnumerable<PastRound> rounds, CultureInfo culture)
    {
        if (!IsComparable) return null;
        var rehearsed = rounds.Where(one => one.Round.State == "closed" && one.Figures.GetValueOrDefault(tag)?.Value is not null)
            .Select(one => (one.Round.Period, one.Figures[tag].Value!.Value * 100));
        var (bias, pairs) = OfficialComparison.Bias(rehearsed, Official, tag);
        return bias is null
            ? RoundTexts.Say("bias_open", culture, pairs, RehearsalBias.LeastRounds)
            : RoundTexts.Say(bias.MeanDifference >= 0 ? "bias_above" : "bias_below", culture, bias.Rounds, Points(Math.Abs(bias.MeanDifference)), Points(bias.Spread));
    }

    /// <summary>Whose result it is: its place, or its level where it has no name, with the source.</summary>
    public static string Named(OfficialResult result, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(result);
        var level = RoundTexts.Say($"level_{result.Level}", culture);
        return RoundTexts.Say("official_of", culture, result.Name.Length == 0 ? level : RoundTexts.Say("official_place", culture, level, result.Name), result.Source);
    }

    private static string Points(double points) => points.ToString("0.00", CultureInfo.InvariantCulture);
}
