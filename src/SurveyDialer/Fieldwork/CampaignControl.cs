using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Pause, resume and close. Calls in progress always go on to their end; a close takes back what has not rung yet.</summary>
internal sealed class CampaignControl(
    Database database, CampaignBook campaigns, ICarrier carrier, AfterContact after, FinishRespondent finish, Dispatcher dispatcher, TimeProvider clock) : ICampaignControl
{
    private const int Slice = 100;

    private const string SelectUnfinished = """
        SELECT m.respondent_id FROM sample_member m
        WHERE m.campaign_id = @campaignId AND m.final_code IS NULL
          AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.campaign_id = m.campaign_id AND a.respondent_id = m.respondent_id
                          AND a.state IN ('leased', 'placing', 'placed', 'unknown'))
        LIMIT @limit;
        """;

    private const string SelectNotRung = """
        SELECT token, carrier_id FROM attempt
        WHERE state = 'placed' AND campaign_id = @campaignId AND channel = 'voice' AND rang_at IS NULL AND carrier_id IS NOT NULL;
        """;

    public Task<string?> PauseAsync(long id, string who, CancellationToken cancellation) => MoveAsync(id, CampaignEvent.PausedByStaff, "", who, cancellation);

    public async Task<string?> ResumeAsync(long id, string who, CancellationToken cancellation)
    {
        var problem = await MoveAsync(id, CampaignEvent.Resumed, "", who, cancellation);
        dispatcher.Wake();
        return problem;
    }

    public async Task<string?> CloseAsync(long id, string who, CancellationToken cancellation)
    {
        if (await MoveAsync(id, CampaignEvent.ClosedByStaff, "", who, cancellation) is { } problem) return problem;
        foreach (var (token, carrierId) in database.Read(connection => connection.Query<(string, string)>(SelectNotRung, new { campaignId = id }).AsList()))
        {
            // Of a call that is taken out of its queue the carrier reports nothing: what it answers here is all that is ever heard.
            if (await carrier.CancelCallAsync(carrierId, evenInProgress: false, cancellation) is { Status: CallStatus.Canceled } call)
                await after.ReportAsync(new CallReport(token, carrierId, call.Status, null, null, call.Duration), cancellation);
        }

        await FinishClosedAsync(id, cancellation);
        return null;
    }

    /// <summary>
    /// The job's part: rounds that have all the interviews they wanted, and those whose last day is over, are closed, and a close that was cut
    /// short goes on. A paused round waits for its staff.
    /// </summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var over = database.Read(connection => CampaignStore.InState(connection, CampaignState.Running)
            .ConvertAll(campaign => (campaign.Id, Why: WhyOver(connection, campaign.Id))).FindAll(campaign => campaign.Why is not null));
        foreach (var (id, why) in over)
        {
            await MoveAsync(id, CampaignEvent.Finished, why!, "SurveyDialer", cancellation);
            await FinishClosedAsync(id, cancellation);
        }

        var cutShort = database.Read(connection => CampaignStore.InState(connection, CampaignState.Closed)
            .FindAll(campaign => SampleMemberStore.AnyUnfinished(connection, campaign.Id)));
        foreach (var campaign in cutShort) await FinishClosedAsync(campaign.Id, cancellation);
    }

    /// <summary>Why a running round is over; null while it is not.</summary>
    private string? WhyOver(SqliteConnection connection, long id)
    {
        var campaign = campaigns.Get(connection, id);
        var strata = campaign.Plan is null ? [] : SampleStratumStore.Of(connection, id);
        if (ClaimDue.HasEnough(connection, campaign, strata)) return "target-reached";
        if (campaign.Plan is not null && !SampleMemberStore.AnyUnfinished(connection, id) && !ReleaseSample.AnyLeft(connection, id, strata)) return "everybody-tried";
        return campaign.LastDay < campaign.Schedule.DayOf(clock.GetUtcNow()) ? "last-day-over" : null;
    }

    /// <summary>Gives everybody who is left the code of what was tried so far; who is on the telephone now is finished by the end of the call.</summary>
    private async Task FinishClosedAsync(long id, CancellationToken cancellation)
    {
        while (await database.WriteAsync(connection => FinishSlice(connection, id), cancellation, WriteUrgency.Background))
        {
        }
    }

    private bool FinishSlice(SqliteConnection connection, long id)
    {
        var campaign = campaigns.Get(connection, id);
        var respondents = connection.Query<long>(SelectUnfinished, new { campaignId = id, limit = Slice }).AsList();
        foreach (var respondent in respondents)
        {
            if (AttemptStore.OpenOf(connection, id, respondent) is { State: "pending" } attempt)
                AttemptStore.Cancel(connection, attempt, "campaign-closed", clock.NowMillis());
            finish.WithoutAttempt(connection, campaign, respondent);
        }

        return respondents.Count == Slice;
    }

    private Task<string?> MoveAsync(long id, CampaignEvent happened, string reason, string who, CancellationToken cancellation) => database.WriteAsync(
        connection => CampaignStore.Move(connection, id, happened, reason, who, clock.GetUtcNow()) is null ? CampaignControlProblem.NotPossibleNow : null, cancellation);
}
