using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Pages.Results;

/// <summary>One round with everything that its figures are shown beside.</summary>
internal sealed record RoundView
{
    public required Round Round { get; init; }

    public required CampaignView Campaign { get; init; }

    public required Template Template { get; init; }

    public required RoundResults Results { get; init; }

    /// <summary>Of all indices and periods.</summary>
    public required IReadOnlyList<OfficialResult> Official { get; init; }

    public required IReadOnlyList<IndexTarget> Targets { get; init; }

    /// <summary>What an index is to reach in the round's period; of several the one for the shortest time. Null: nothing was set.</summary>
    public IndexTarget? TargetOf(string tag) => Targets.Where(target => target.Tag == tag && target.Period.Holds(Round.Period)).MaxBy(target => target.Period.From.DayNumber - target.Period.To.DayNumber);

    /// <summary>An index beside what was published of it; nothing of practice, and of others than residents, whom official surveys ask.</summary>
    public IReadOnlyList<OfficialComparison> Compared(IndexResult index)
        => Round is { Practice: false, Population: "residents" } ? OfficialComparison.Of(Official, index.Index.Tag, Round.Period, index.Whole) : [];
}

/// <summary>Reads rounds for the results pages.</summary>
internal sealed class ResultsDesk(Database database, CampaignQueries queries, RoundSeries series, OfficialDesk official)
{
    /// <summary>Rounds that a history goes back.</summary>
    private const int MostRounds = 12;

    private readonly RoundEstimates estimates = new(database);

    /// <summary>Null when there is no such round, or it was not launched yet.</summary>
    public RoundView? Find(long id)
    {
        if (queries.Find(id)?.Campaign is not { LaunchedAt: not null } campaign) return null;
        if (database.Read(connection => RoundWish.Of(connection, id)) is not { } wish || estimates.Find(wish) is not { } results) return null;
        return new RoundView
        {
            Round = series.Find(id)!, Campaign = campaign, Template = TemplateJson.Read(queries.TemplateJson(id)!), Results = results, Official = official.Results(), Targets = official.Targets(),
        };
    }

    /// <summary>The rounds of the same kind up to this one, the oldest first, each by this round's definition of one index.</summary>
    public IReadOnlyList<(Round Round, Figure Figure)> History(RoundView view, SurveyIndex index)
    {
        var rounds = series.All().Where(round => round.State is not ("draft" or "ready") && round.Practice == view.Round.Practice && round.Population == view.Round.Population)
            .Where(round => round.Period <= view.Round.Period && round.CampaignId != view.Round.CampaignId).OrderBy(round => round.Period).ThenBy(round => round.Number).TakeLast(MostRounds - 1);
        var only = view.Results.Set with { Indices = [index], Composites = [] };
        var history = new List<(Round, Figure)>();
        foreach (var round in rounds)
        {
            if (database.Read(connection => RoundWish.Of(connection, round.CampaignId)) is { } wish
                && estimates.Find(wish with { Set = only, Predecessor = null })?.Indices is [var found])
                history.Add((round, found.Whole));
        }

        if (view.Results.Indices.FirstOrDefault(one => one.Index.Tag == index.Tag) is { } own) history.Add((view.Round, own.Whole));
        return history;
    }
}
