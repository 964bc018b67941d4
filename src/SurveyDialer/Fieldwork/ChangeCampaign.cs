using SurveyDialer.Campaigns;
using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Changes what is still open of a round until it is closed: how long it goes on, how many interviews it wants, how many lines it takes.</summary>
public sealed class ChangeCampaign
{
    private readonly Database database;
    private readonly CampaignBook campaigns;
    private readonly CalendarBook calendars;
    private readonly TimeProvider clock;

    /// <summary>While no server runs.</summary>
    internal ChangeCampaign(Database database, CalendarBook calendars, TimeProvider clock)
        : this(database, new CampaignBook(calendars), calendars, clock)
    {
    }

    internal ChangeCampaign(Database database, CampaignBook campaigns, CalendarBook calendars, TimeProvider clock)
        => (this.database, this.campaigns, this.calendars, this.clock) = (database, campaigns, calendars, clock);

    /// <summary>Changes a round from its next claim on. Respondents who are finished stay so, whatever the new last day.</summary>
    /// <param name="id">Must exist.</param>
    /// <param name="who">Stands in the audit log.</param>
    /// <returns>Null when the round is closed; otherwise what keeps it from being held until that day: empty when it was changed.</returns>
    public Task<IReadOnlyList<LaunchProblem>?> ChangeAsync(long id, CampaignChange change, string who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync(
            connection =>
            {
                var now = clock.GetUtcNow();
                var campaign = campaigns.Get(connection, id);
                if (CampaignStore.StateOf(connection, id) == CampaignState.Closed) return null;
                if (change.LastDay is { } last && LaunchGate.Days(campaign.Template.Policy, last, calendars, now) is { Count: > 0 } problems)
                    return problems;
                CampaignStore.Change(connection, id, change);
                campaigns.Renew(connection, id);
                AuditLog.Add(connection, now.ToUnixTimeMilliseconds(), who, "campaign-changed", $"campaign {id}{change.InWords()}");
                return (IReadOnlyList<LaunchProblem>?)[];
            },
            cancellation);
    }
}
