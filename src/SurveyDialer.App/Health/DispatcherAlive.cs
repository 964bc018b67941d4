using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Health;

/// <summary>Calls that are due in calling hours are begun.</summary>
internal sealed class DispatcherAlive : IHealthCheck
{
    private const string SelectDue = """
        SELECT min(due_at) FROM attempt WHERE state = 'pending' AND channel = 'voice' AND campaign_id = @id AND due_at < @before;
        """;

    // Whatever was begun lately is on its way, or stands among the newest attempts.
    private const string SelectBegun = """
        SELECT EXISTS (SELECT 1 FROM attempt WHERE state IN ('leased', 'placing', 'placed', 'unknown') AND channel <> 'live')
            OR EXISTS (SELECT 1 FROM carrier_event WHERE id > (SELECT coalesce(max(id), 0) - 20 FROM carrier_event) AND at >= @since);
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public string Id => "dispatcher";

    public Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation)
    {
        if (!look.Office.IsServing) return Task.FromResult(HealthFinding.Fine("health_dispatcher_resting"));
        var now = look.Office.Clock.GetUtcNow();
        var oldest = look.Office.Database.Read(connection => Oldest(connection, look.Office.Installation.Calendars, now));
        return Task.FromResult(oldest is { } due
            ? HealthFinding.Failure("health_dispatcher_still", (int)(now - due).TotalMinutes)
            : HealthFinding.Fine("health_dispatcher_fine"));
    }

    /// <summary>Since when a call has been due that nobody begins; null when all is well.</summary>
    internal static DateTimeOffset? Oldest(SqliteConnection connection, CalendarBook calendars, DateTimeOffset now)
    {
        var since = now - Patience;
        if (connection.ExecuteScalar<bool>(SelectBegun, new { since = since.ToUnixTimeMilliseconds() })) return null;
        var book = new CampaignBook(calendars);
        var due = CampaignStore.InState(connection, CampaignState.Running).Select(campaign => book.Get(connection, campaign.Id))
            .Where(campaign => campaign.Row.Carrier != "desk-phone" && campaign.Schedule.IsOpen(now) && campaign.Schedule.IsOpen(since))
            .Select(campaign => connection.ExecuteScalar<long?>(SelectDue, new { id = campaign.Row.Id, before = since.ToUnixTimeMilliseconds() }))
            .Min();
        return due is { } at ? Instants.FromMillis(at) : null;
    }
}
