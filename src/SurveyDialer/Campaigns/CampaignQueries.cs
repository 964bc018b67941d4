using System.Globalization;
using Dapper;
using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>Reads for the list of campaigns and the page of one; counts only, nobody by name.</summary>
public sealed class CampaignQueries(Database database)
{
    private const string SelectCampaigns = """
        SELECT c.id, c.name, c.state, c.carrier, c.organiser, c.template_id, c.time_zone, c.target, c.max_lines, c.max_starts, c.last_day,
               c.created_at, c.launched_at, c.closed_at, c.unlinked_at,
               CASE WHEN c.state = 'paused' THEN (SELECT h.reason FROM campaign_history h WHERE h.campaign_id = c.id ORDER BY h.id DESC LIMIT 1) END AS pause_reason
        FROM campaign c
        """;

    // Final codes are counted as they come; only who is left has to be counted here, in an index of just those.
    private const string SelectTallies = """
        SELECT r.campaign_id, r.code, sum(r.total) AS members
        FROM campaign c JOIN result_code r ON r.campaign_id = c.id
        WHERE c.id IN @ids AND c.counted_at IS NULL GROUP BY r.campaign_id, r.code
        UNION ALL
        SELECT c.id, NULL, (SELECT count(*) FROM sample_member m INDEXED BY sample_member_unfinished WHERE m.campaign_id = c.id AND m.final_code IS NULL)
        FROM campaign c WHERE c.id IN @ids AND c.counted_at IS NULL
        UNION ALL
        SELECT campaign_id, code, sum(total) FROM campaign_total WHERE campaign_id IN @ids AND measure = 'members' GROUP BY campaign_id, code;
        """;

    // The four states stand here as in the index attempt_live, so that only attempts under way are read.
    private const string SelectCalls = """
        SELECT count(*) FILTER (WHERE state <> 'unknown') AS in_progress, count(*) FILTER (WHERE state = 'unknown') AS unclear
        FROM attempt WHERE state IN ('leased', 'placing', 'placed', 'unknown') AND campaign_id = @id;
        """;

    private const string SelectNextDue = """
        SELECT min(due_at)
        FROM (SELECT min(due_at) AS due_at FROM attempt INDEXED BY attempt_due_voice WHERE campaign_id = @id AND state = 'pending' AND channel = 'voice'
              UNION ALL
              SELECT min(due_at) FROM attempt INDEXED BY attempt_due_text WHERE campaign_id = @id AND state = 'pending' AND channel IN ('text', 'notice')
              UNION ALL
              SELECT min(due_at) FROM attempt INDEXED BY attempt_due_live WHERE campaign_id = @id AND state = 'pending' AND channel = 'live');
        """;

    private const string SelectWaiting = "SELECT coalesce(sum(drawn - released), 0) FROM sample_stratum WHERE campaign_id = @id;";

    private const string SelectLastChange = """
        SELECT (SELECT coalesce(max(id), 0) FROM attempt_history) || '.' || (SELECT coalesce(max(id), 0) FROM disposition_history) || '.'
            || (SELECT coalesce(max(id), 0) FROM campaign_history) || '.' || (SELECT coalesce(max(id), 0) FROM follow_up_case_history) || '.'
            || (SELECT coalesce(max(id), 0) FROM danger_notice) || '.' || (SELECT count(*) FROM danger_notice WHERE seen_at IS NULL);
        """;

    /// <summary>All campaigns, those that are not closed first, then the newest first.</summary>
    public IReadOnlyList<CampaignSummary> List()
        => database.Read(connection =>
        {
            var campaigns = connection.Query<CampaignView>(SelectCampaigns + " ORDER BY c.state = 'closed', c.id DESC;").AsList();
            var tallies = connection.Query<TallyRow>(SelectTallies, new { ids = campaigns.Select(c => c.Id) }).ToLookup(row => row.CampaignId);
            return campaigns.ConvertAll(campaign => new CampaignSummary(campaign, OutcomeTally.Of(tallies[campaign.Id].Select(row => (row.Code, row.Members)))));
        });

    /// <summary>One campaign with its figures as they are now; null when there is no such campaign.</summary>
    public CampaignProgress? Find(long id)
        => database.Read(connection =>
        {
            if (connection.QuerySingleOrDefault<CampaignView>(SelectCampaigns + " WHERE c.id = @id;", new { id }) is not { } campaign) return null;
            var tally = OutcomeTally.Of(connection.Query<TallyRow>(SelectTallies, new { ids = new[] { id } }).Select(row => (row.Code, row.Members)));
            var (inProgress, unclear) = connection.QuerySingle<(long, long)>(SelectCalls, new { id });
            return new CampaignProgress
            {
                Campaign = campaign,
                Tally = tally,
                CallsInProgress = inProgress,
                CallsUnclear = unclear,
                NextDueAt = connection.ExecuteScalar<long?>(SelectNextDue, new { id }),
                Waiting = connection.ExecuteScalar<long>(SelectWaiting, new { id }),
            };
        });

    /// <summary>The stored template of a campaign; null when there is no such campaign.</summary>
    public string? TemplateJson(long id)
        => database.Read(connection => connection.QuerySingleOrDefault<string>("SELECT template_json FROM campaign WHERE id = @id;", new { id }));

    /// <summary>A text that changes whenever something that a progress page shows has changed; costs the same at any size.</summary>
    public string LastChange() => database.Read(connection => connection.ExecuteScalar<string>(SelectLastChange))!;

    private sealed record TallyRow
    {
        public long CampaignId { get; init; }

        public string? Code { get; init; }

        public long Members { get; init; }
    }
}

/// <summary>What pages say about a campaign itself. Times are UTC milliseconds.</summary>
public sealed record CampaignView
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string State { get; init; } = "";

    public string Carrier { get; init; } = "";

    public string Organiser { get; init; } = "";

    public string TemplateId { get; init; } = "";

    /// <summary>IANA zone in which the campaign's times are shown.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Completed interviews at which it ends; null: until everybody has been tried.</summary>
    public long? Target { get; init; }

    public long? MaxLines { get; init; }

    public double? MaxStarts { get; init; }

    /// <summary>Days since 1970; the last on which anybody is called. Null before the launch where none was chosen.</summary>
    public long? LastDay { get; init; }

    public long CreatedAt { get; init; }

    public long? LaunchedAt { get; init; }

    public long? ClosedAt { get; init; }

    /// <summary>Names, numbers and the link to the answers are gone since then; totals are left. Null: not yet.</summary>
    public long? UnlinkedAt { get; init; }

    /// <summary><see cref="LastDay"/> as a date.</summary>
    public DateOnly? LastDayDate => Instants.Day(LastDay);

    /// <summary>Its own limits, where it has fewer lines or starts than the account; null where it has not.</summary>
    public string? LimitsInWords(CultureInfo culture)
    {
        var limits = new List<string>();
        if (MaxLines is { } lines) limits.Add(LaunchProblem.Say("limit_lines", culture, lines));
        if (MaxStarts is { } starts) limits.Add(LaunchProblem.Say("limit_starts", culture, starts));
        return limits.Count == 0 ? null : string.Join(LaunchProblem.Say("limit_comma", culture), limits);
    }

    internal string? PauseReason { get; init; }

    /// <summary>What paused it, when that was the carrier and not staff.</summary>
    public PauseCause? Cause => PauseCause.Of(PauseReason);
}

/// <summary>One line of the list of campaigns.</summary>
public sealed record CampaignSummary(CampaignView Campaign, OutcomeTally Tally);

/// <summary>One campaign as it stands.</summary>
public sealed record CampaignProgress
{
    public required CampaignView Campaign { get; init; }

    public required OutcomeTally Tally { get; init; }

    /// <summary>Attempts that have been handed out or are ringing or talking.</summary>
    public required long CallsInProgress { get; init; }

    /// <summary>Attempts whose end nobody knows yet.</summary>
    public required long CallsUnclear { get; init; }

    /// <summary>When the next attempt is due; null when none waits.</summary>
    public required long? NextDueAt { get; init; }

    /// <summary>People who were drawn and get attempts only where more are needed.</summary>
    public long Waiting { get; init; }
}
