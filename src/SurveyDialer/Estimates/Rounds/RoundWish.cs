using Microsoft.Data.Sqlite;

namespace SurveyDialer.Estimates;

/// <summary>What is estimated of a round where nobody says otherwise: its own set, against the round before it, fitted to its population.</summary>
public static class RoundWish
{
    /// <summary>Null when there is no such round.</summary>
    /// <param name="against">Another round that changes are to be counted from; null, or one that it may not be held against: the round before it.</param>
    public static EstimateWish? Of(SqliteConnection connection, long campaignId, long? against = null)
    {
        if (RoundSeries.Find(connection, campaignId) is not { } round) return null;
        var before = against is { } other && RoundHistory.Comparable(connection, round).Any(one => one.CampaignId == other) ? other : round.PredecessorId;
        return new EstimateWish(campaignId, IndexSets.Of(connection, campaignId), before, Population(connection, campaignId))
        {
            PredecessorPopulation = before is { } known ? Population(connection, known) : [],
        };
    }

    private static IReadOnlyList<PopulationCount> Population(SqliteConnection connection, long campaignId)
        => [.. PopulationMargins.Of(connection, campaignId).Select(margin => new PopulationCount(margin.Tag, margin.Key, margin.Population))];
}
