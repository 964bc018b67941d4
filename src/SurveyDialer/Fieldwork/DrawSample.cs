using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Sample;
using SurveyDialer.Statistics.Samples;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>What a plan makes of the lists now: strata with their interviews and numbers, and who is left out.</summary>
/// <param name="Strata">Without targets where the plan cannot be met.</param>
/// <param name="Eligible">People who can be drawn.</param>
public sealed record SampleOutlook(IReadOnlyList<SampleOutlookStratum> Strata, long Eligible, long Interviewed, long WithCase, long NeverAgain, IReadOnlyList<LaunchProblem> Problems)
{
    /// <summary>People of the lists.</summary>
    public long People => Eligible + Interviewed + WithCase + NeverAgain;

    /// <summary>Numbers that would be drawn.</summary>
    public long Drawn => Strata.Sum(stratum => stratum.Drawn);
}

/// <param name="Label">Names of what tells it apart, joined by "·"; empty for the only one.</param>
public sealed record SampleOutlookStratum(string Label, long Population, long Interviews, long Drawn);

/// <summary>Draws the sample of a round with a plan, once.</summary>
internal sealed class DrawSample(Database database, FieldCipher cipher, TimeProvider clock)
{
    private const int Slice = 200;

    /// <summary>What a plan would draw now.</summary>
    internal SampleOutlook Look(SamplePlan plan, IReadOnlyList<long> frames, DiallingPolicy policy, CallingSchedule schedule)
    {
        var layout = SampleLayout.Of(plan, Read(frames, policy, schedule, null));
        return new SampleOutlook(
            [.. layout.Cells.Select(cell => new SampleOutlookStratum(cell.Label, cell.Stratum.Population, cell.Stratum.Target ?? 0, cell.Stratum.Drawn))],
            layout.Eligible, Count(layout, SampleExclusion.Interviewed), Count(layout, SampleExclusion.WithCase), Count(layout, SampleExclusion.NeverAgain),
            [.. layout.Problems.Select(problem => new LaunchProblem(problem.Key, problem.Arguments))]);
    }

    /// <summary>Draws and stores who was drawn; a draw that stands stays, one that was cut short is made anew.</summary>
    /// <returns>What prevents it; empty when the sample is drawn.</returns>
    internal async Task<IReadOnlyList<LaunchProblem>> RunAsync(
        CampaignRow campaign, SamplePlan plan, IReadOnlyList<long> frames, DiallingPolicy policy, CallingSchedule schedule, CancellationToken cancellation)
    {
        if (database.Read(connection => SampleDrawStore.Find(connection, campaign.Id)) is not null) return [];
        while (await database.WriteAsync(connection => SampleReserveStore.Forget(connection, campaign.Id, Slice), cancellation, WriteUrgency.Background) > 0)
        {
        }

        var layout = SampleLayout.Of(plan, Read(frames, policy, schedule, cipher));
        if (layout.Problems.Count > 0) return [.. layout.Problems.Select(problem => new LaunchProblem(problem.Key, problem.Arguments))];
        var seed = plan.Seed ?? campaign.Seed;
        var drawn = SampleDrawing.Of(plan, seed, layout);
        foreach (var slice in drawn.People.Chunk(Slice))
            await database.WriteAsync(connection => SampleReserveStore.Add(connection, campaign.Id, slice), cancellation, WriteUrgency.Background);
        var row = new SampleDrawRow
        {
            CampaignId = campaign.Id, Version = Draw.Version, Seed = seed, FrameSha256 = drawn.FrameSha256, FrameSize = layout.Eligible, Drawn = drawn.People.Count,
            Interviewed = Count(layout, SampleExclusion.Interviewed), WithCase = Count(layout, SampleExclusion.WithCase), NeverAgain = Count(layout, SampleExclusion.NeverAgain),
            At = clock.NowMillis(),
        };
        await database.WriteAsync(
            connection =>
            {
                SampleStratumStore.Write(connection, campaign.Id, layout.Cells.Select(cell => cell.Stratum));
                SampleDrawStore.Save(connection, row);
            },
            cancellation);
        return [];
    }

    private List<SampleCandidate> Read(IReadOnlyList<long> frames, DiallingPolicy policy, CallingSchedule schedule, FieldCipher? keys)
    {
        var now = clock.GetUtcNow();
        return database.Read(connection => SampleFrame.Read(connection, frames, policy.InterviewRest, schedule.DayOf(now), now, keys));
    }

    private static long Count(SampleLayout layout, SampleExclusion why) => layout.Excluded.GetValueOrDefault(why);
}
