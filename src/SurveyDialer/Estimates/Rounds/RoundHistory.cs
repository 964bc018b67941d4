using Microsoft.Data.Sqlite;

namespace SurveyDialer.Estimates;

/// <summary>One round of a series with its figures.</summary>
/// <param name="Figures">By tag; without indices that it did not ask.</param>
public sealed record PastRound(Round Round, IReadOnlyDictionary<string, Figure> Figures);

/// <summary>How a round moved since that of the same time of the year before.</summary>
/// <param name="CampaignId">Of that round.</param>
/// <param name="Changes">By tag; without indices that it did not ask alike, or of which either figure is withheld.</param>
public sealed record YearChange(long CampaignId, IReadOnlyDictionary<string, Change> Changes);

/// <summary>The rounds of a series before another, each by the definitions of that one.</summary>
public static class RoundHistory
{
    /// <summary>Rounds that a history goes back.</summary>
    public const int MostRounds = 12;

    /// <summary>The rounds of the same kind up to a round, itself left out, the oldest first.</summary>
    /// <param name="indices">The definitions.</param>
    /// <param name="wanted">Which of them; null: all.</param>
    public static IReadOnlyList<PastRound> Before(SqliteConnection connection, Round round, IndexSet indices, Func<Round, bool>? wanted = null)
        => [.. Comparable(connection, round).Where(other => other.Period <= round.Period && (wanted is null || wanted(other)))
            .OrderBy(other => other.Period).ThenBy(other => other.Number).TakeLast(MostRounds - 1).Select(other => Of(connection, other, indices))];

    /// <summary>Launched rounds that a round may be held against: practice against practice, each population against itself. The newest first.</summary>
    public static IReadOnlyList<Round> Comparable(SqliteConnection connection, Round round)
    {
        ArgumentNullException.ThrowIfNull(round);
        return [.. RoundSeries.All(connection).Where(other => other.CampaignId != round.CampaignId && other.State is not ("draft" or "ready") && other.Practice == round.Practice && other.Population == round.Population)
            .OrderByDescending(other => other.Period).ThenByDescending(other => other.Number)];
    }

    /// <summary>Null where no round was held at the same time of the year before.</summary>
    public static YearChange? SinceYearBefore(SqliteConnection connection, Round round)
    {
        ArgumentNullException.ThrowIfNull(round);
        if (Comparable(connection, round).FirstOrDefault(other => other.Period == round.Period.YearBefore()) is not { CampaignId: var then }) return null;
        var results = RoundEstimates.Of(RoundTotals.Read(connection, round.CampaignId)!, RoundTotals.Read(connection, then), RoundWish.Of(connection, round.CampaignId, then)!);
        return new YearChange(then, results.Indices.Where(index => index.Change is not null).ToDictionary(index => index.Index.Tag, index => index.Change!, StringComparer.Ordinal));
    }

    private static PastRound Of(SqliteConnection connection, Round round, IndexSet indices)
    {
        var wish = RoundWish.Of(connection, round.CampaignId)! with { Set = indices with { Composites = [] }, Predecessor = null };
        var results = RoundEstimates.Of(RoundTotals.Read(connection, round.CampaignId)!, null, wish);
        return new PastRound(round, results.Indices.ToDictionary(index => index.Index.Tag, index => index.Whole, StringComparer.Ordinal));
    }
}
