using Dapper;
using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>
/// The way from a dissatisfied answer to a visit, as totals of one campaign: the first part counted in the answer ledger, the second over all
/// cases. Nobody is listed; <see cref="Chain.Display"/> says how each count is shown.
/// </summary>
public sealed class ChainQueries(Database database)
{
    private const string SelectAnswers = """
        SELECT count(*) AS flagged, count(*) FILTER (WHERE asked = 1) AS asked,
               count(*) FILTER (WHERE consent = 'phone') AS agreed_phone, count(*) FILTER (WHERE consent = 'visit') AS agreed_visit,
               count(*) FILTER (WHERE next_step = 'voice') AS voices
        FROM interview WHERE campaign_id = @id AND flagged = 1;
        """;

    // Of a round that has been unlinked.
    private const string SelectWritten = """
        SELECT coalesce(max(total) FILTER (WHERE code = 'flagged'), 0) AS flagged, coalesce(max(total) FILTER (WHERE code = 'asked'), 0) AS asked,
               coalesce(max(total) FILTER (WHERE code = 'phone'), 0) AS agreed_phone, coalesce(max(total) FILTER (WHERE code = 'visit'), 0) AS agreed_visit,
               coalesce(max(total) FILTER (WHERE code = 'voice'), 0) AS voices
        FROM campaign_total WHERE campaign_id = @id AND measure = 'chain' AND area_id = 0;
        """;

    private const string IsCounted = "SELECT EXISTS (SELECT 1 FROM campaign WHERE id = @id AND counted_at IS NOT NULL);";

    private const string SelectCases = $"""
        SELECT count(*) + (SELECT count(*) FROM sealed_item s WHERE s.campaign_id = @id AND s.kind = 'case') AS cases,
               count(*) FILTER (WHERE EXISTS (SELECT 1 FROM follow_up_case_history h WHERE h.case_id = c.id AND h.to_state IN ('contacted', 'visited'))) AS contacted,
               count(*) FILTER (WHERE EXISTS (SELECT 1 FROM follow_up_case_history h WHERE h.case_id = c.id AND h.to_state = 'visited')) AS visited,
               count(*) FILTER (WHERE state = 'closed' AND outcome = 'solved') AS solved,
               count(*) FILTER (WHERE state = 'closed' AND outcome = 'solved' AND {CaseStore.Told}) AS told,
               count(*) FILTER (WHERE state = 'closed') AS closed
        FROM follow_up_case c WHERE campaign_id = @id;
        """;

    private const string SelectVisits = """
        SELECT count(*) AS area_visits, count(*) FILTER (WHERE state <> 'planned') AS area_visits_made, count(*) FILTER (WHERE state = 'answered') AS area_answers
        FROM area_visit WHERE campaign_id = @id;
        """;

    /// <summary>The totals of one campaign.</summary>
    public Chain Find(long id)
        => database.Read(connection =>
        {
            var answers = connection.QuerySingle<Chain>(connection.ExecuteScalar<bool>(IsCounted, new { id }) ? SelectWritten : SelectAnswers, new { id });
            var cases = connection.QuerySingle<Chain>(SelectCases, new { id });
            var visits = connection.QuerySingle<Chain>(SelectVisits, new { id });
            return answers with
            {
                Cases = cases.Cases, Contacted = cases.Contacted, Visited = cases.Visited, Solved = cases.Solved, Told = cases.Told, Closed = cases.Closed,
                AreaVisits = visits.AreaVisits, AreaVisitsMade = visits.AreaVisitsMade, AreaAnswers = visits.AreaAnswers,
            };
        });
}

/// <summary>Totals of one campaign.</summary>
public sealed record Chain
{
    /// <summary>Interviews with at least one dissatisfied answer.</summary>
    public long Flagged { get; init; }

    /// <summary>Of these: asked whether somebody should get in touch.</summary>
    public long Asked { get; init; }

    public long AgreedPhone { get; init; }

    public long AgreedVisit { get; init; }

    /// <summary>Of these: counted towards an area visit.</summary>
    public long Voices { get; init; }

    /// <summary>All cases, whether or not an answer was dissatisfied.</summary>
    public long Cases { get; init; }

    public long Contacted { get; init; }

    public long Visited { get; init; }

    public long Solved { get; init; }

    /// <summary>Of these: the resident was told.</summary>
    public long Told { get; init; }

    public long Closed { get; init; }

    /// <summary>Area × topic.</summary>
    public long AreaVisits { get; init; }

    public long AreaVisitsMade { get; init; }

    public long AreaAnswers { get; init; }

    /// <summary>
    /// How the counts of dissatisfied persons are shown: none from 1 to 4, none from which one of those could be worked out, and none that would tell
    /// of nearly everybody on the follow-up list, where people stand by name, that they were dissatisfied.
    /// </summary>
    public ChainDisplay Display()
    {
        var asked = Flagged - Asked is > 0 and < CountTable.DefaultThreshold ? CellDisplay.Withheld : CellDisplay.Shown;
        var agreed = AgreedPhone + AgreedVisit;
        if (agreed > 0 && Cases - agreed < CountTable.DefaultThreshold)
            return new ChainDisplay(Own(Flagged), Worse(asked, Own(Asked)), CellDisplay.Withheld, CellDisplay.Withheld, CellDisplay.Withheld);
        var parts = new CountTable([[AgreedPhone, AgreedVisit, Voices]], ColumnTotals: false).Suppress();
        return new ChainDisplay(Worse(parts[0, 3], Own(Flagged)), Worse(asked, Own(Asked)), parts[0, 0], parts[0, 1], parts[0, 2]);
    }

    private static CellDisplay Own(long count) => count is > 0 and < CountTable.DefaultThreshold ? CellDisplay.Small : CellDisplay.Shown;

    private static CellDisplay Worse(CellDisplay ofParts, CellDisplay own) => own == CellDisplay.Small ? own : ofParts;
}

/// <summary>How the counts of dissatisfied persons of a <see cref="Chain"/> are shown.</summary>
public sealed record ChainDisplay(CellDisplay Flagged, CellDisplay Asked, CellDisplay AgreedPhone, CellDisplay AgreedVisit, CellDisplay Voices);
