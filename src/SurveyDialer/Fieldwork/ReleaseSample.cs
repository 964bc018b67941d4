using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Gives attempts to as many of those who were drawn as the open interviews are expected to need: at the launch, then every few minutes.</summary>
internal sealed class ReleaseSample(Database database, CampaignBook campaigns, TimeProvider clock)
{
    internal const string JobName = "release-sample";

    private const int Slice = 100;

    internal static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>The job's part.</summary>
    /// <returns>Whether anybody got attempts.</returns>
    internal async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var planned = database.Read(connection => CampaignStore.InState(connection, CampaignState.Running)
            .ConvertAll(campaign => campaigns.Get(connection, campaign.Id)).FindAll(campaign => campaign.Plan is not null));
        var released = 0;
        foreach (var campaign in planned) released += await ReleaseAsync(campaign, null, cancellation);
        return released > 0;
    }

    /// <summary>Releases what one round with a plan needs now.</summary>
    /// <returns>Numbers released.</returns>
    internal async Task<int> ReleaseAsync(ActiveCampaign campaign, IProgress<(int Done, int All)>? progress, CancellationToken cancellation)
    {
        var people = database.Read(connection => Due(connection, campaign));
        people.Sort((one, other) => LaunchCampaign.Order(campaign.Row.Seed, one.RespondentId).CompareTo(LaunchCampaign.Order(campaign.Row.Seed, other.RespondentId)));
        var channel = LaunchCampaign.FirstChannel(campaign.Template.Policy, campaign.Row.Carrier);
        for (var from = 0; from < people.Count; from += Slice)
        {
            var slice = people.GetRange(from, Math.Min(Slice, people.Count - from));
            await database.WriteAsync(connection => Release(connection, campaign.Row.Id, slice, channel), cancellation, WriteUrgency.Background);
            progress?.Report((from + slice.Count, people.Count));
        }

        return people.Count;
    }

    /// <summary>Whether a stratum that still wants interviews has anybody left to release.</summary>
    internal static bool AnyLeft(SqliteConnection connection, long campaignId, IReadOnlyList<SampleStratum> strata)
    {
        var waiting = SampleReserveStore.Replicates(connection, campaignId);
        return strata.Any(stratum => stratum.Completes < stratum.Target && waiting.Contains(stratum.Number));
    }

    private static List<DrawnPerson> Due(SqliteConnection connection, ActiveCampaign campaign)
    {
        var id = campaign.Row.Id;
        var waiting = SampleReserveStore.Replicates(connection, id);
        return SampleStratumStore.Of(connection, id)
            .SelectMany(stratum => ReleaseRule.Last(ReleaseRule.Needed(campaign.Plan!, stratum), waiting[stratum.Number]) is { } last
                ? SampleReserveStore.UpTo(connection, id, stratum.Number, last)
                : [])
            .ToList();
    }

    private void Release(SqliteConnection connection, long campaignId, List<DrawnPerson> slice, string channel)
    {
        // Closed while its numbers were being released.
        if (CampaignStore.StateOf(connection, campaignId) == CampaignState.Closed) return;
        var now = clock.NowMillis();
        foreach (var person in slice)
        {
            // Released meanwhile, by a launch that was taken up again beside the job.
            if (!SampleReserveStore.Take(connection, campaignId, person.Stratum, person.Place)) continue;
            if (!SampleMemberStore.Add(connection, campaignId, person.RespondentId, person.AreaId, person.Replicate, person.Stratum)) continue;
            SampleStratumStore.CountReleased(connection, campaignId, person.Stratum);
            AttemptStore.Plan(connection, new NewAttempt { CampaignId = campaignId, RespondentId = person.RespondentId, Ordinal = 1, Channel = channel, DueAt = now });
        }
    }
}
