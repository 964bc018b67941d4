using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Pages.Results;

/// <summary>One round with everything that its figures are shown beside.</summary>
internal sealed record RoundView
{
    public required CampaignView Campaign { get; init; }

    public required Template Template { get; init; }

    public required RoundResults Results { get; init; }

    public required RoundStanding Standing { get; init; }

    public Round Round => Standing.Round;

    /// <summary>An index beside what was published of it; nothing of practice, and of others than residents, whom official surveys ask.</summary>
    public IReadOnlyList<OfficialComparison> Compared(IndexResult index) => Standing.Compared(index.Index.Tag, index.Whole);
}

/// <summary>Reads rounds for the results pages.</summary>
internal sealed class ResultsDesk(Database database, CampaignQueries queries)
{
    private readonly RoundEstimates estimates = new(database);

    /// <summary>Null when there is no such round, or it was not launched yet.</summary>
    /// <param name="against">The round that changes are counted from, one of <see cref="Comparable"/>; null: the round's own predecessor.</param>
    public RoundView? Find(long id, long? against = null)
    {
        if (queries.Find(id)?.Campaign is not { LaunchedAt: not null } campaign) return null;
        if (database.Read(connection => RoundWish.Of(connection, id, against)) is not { } wish || estimates.Find(wish) is not { } results) return null;
        return new RoundView
        {
            Campaign = campaign, Template = TemplateJson.Read(queries.TemplateJson(id)!), Results = results, Standing = database.Read(connection => RoundStanding.Of(connection, id))!,
        };
    }

    /// <summary>Rounds that a round may be held against, the newest first.</summary>
    public IReadOnlyList<Round> Comparable(Round round) => database.Read(connection => RoundHistory.Comparable(connection, round));

    /// <summary>The rounds of the same kind up to this one, the oldest first, each by this round's definition of one index.</summary>
    public IReadOnlyList<PastRound> History(RoundView view, SurveyIndex index)
    {
        var only = view.Results.Set with { Indices = [index] };
        var past = database.Read(connection => RoundHistory.Before(connection, view.Round, only)).Where(round => round.Figures.Count > 0);
        var own = view.Results.Indices.Where(one => one.Index.Tag == index.Tag).ToDictionary(one => one.Index.Tag, one => one.Whole, StringComparer.Ordinal);
        return [.. past, new PastRound(view.Round, own)];
    }
}
