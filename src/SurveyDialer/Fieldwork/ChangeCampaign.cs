using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.People;
using SurveyDialer.Sample;
using SurveyDialer.Statistics.Samples;
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
                if (change.Target is { } wanted && campaign.Plan is { } plan && Share(connection, id, plan, wanted) is { } problem) return [problem];
                CampaignStore.Change(connection, id, change);
                campaigns.Renew(connection, id);
                AuditLog.Add(connection, now.ToUnixTimeMilliseconds(), who, "campaign-changed", $"campaign {id}{change.InWords()}");
                return (IReadOnlyList<LaunchProblem>?)[];
            },
            cancellation);
    }

    /// <summary>Shares another target out over the strata in proportion to what each wanted before, within the plan's bounds.</summary>
    private static LaunchProblem? Share(SqliteConnection connection, long id, SamplePlan plan, int wanted)
    {
        var strata = SampleStratumStore.Of(connection, id);
        var sizes = strata.ConvertAll(stratum => new Stratum(stratum.Drawn, stratum.Drawn == 0 ? 0 : (stratum.Target ?? 0) / (double)stratum.Drawn));
        var (interviews, problem) = Allocation.Of(sizes, wanted, AllocationKind.Neyman, plan.Minimum, plan.Cap);
        if (interviews is null)
        {
            var why = SamplePlanCheck.Of(problem!);
            return new LaunchProblem(why.Key, why.Arguments);
        }

        foreach (var (stratum, target) in strata.Zip(interviews)) SampleStratumStore.SetTarget(connection, id, stratum.Number, target);
        return null;
    }
}
