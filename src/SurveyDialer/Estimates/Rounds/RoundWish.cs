using Microsoft.Data.Sqlite;

namespace SurveyDialer.Estimates;

/// <summary>What is estimated of a round where nobody says otherwise: its own set, against the round before it, fitted to its population.</summary>
public static class RoundWish
{
    /// <summary>Null when there is no such round.</summary>
    public static EstimateWish? Of(SqliteConnection connection, long campaignId)
        => RoundSeries.Find(connection, campaignId) is { } round
            ? new EstimateWish(campaignId, IndexSets.Of(connection, campaignId), round.PredecessorId, Population(connection, campaignId))
            {
                PredecessorPopulation = round.PredecessorId is { } before ? Population(connection, before) : [],
            }
            : null;

    private static IReadOnlyList<PopulationCount> Population(SqliteConnection connection, long campaignId)
        => [.. PopulationMargins.Of(connection, campaignId).Select(margin => new PopulationCount(margin.Tag, margin.Key, margin.Population))];
}
