using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>A whole round with a sample and quotas, against the simulator in virtual time.</summary>
public sealed class SampleRoundTests
{
    private static readonly SamplePlan Plan = new() { Interviews = 40, Yield = 0.35, Strata = [SampleColumn.NumberKind], Slack = 0.1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sample_is_drawn_released_as_it_is_needed_and_ends_with_its_quotas_met_twice_alike()
    {
        var first = await HoldAsync();
        Assert.Equal("closed target-reached", first.End);
        Assert.Equal(2, first.Strata.Count);
        Assert.Equal(40, first.Strata.Sum(stratum => stratum.Target!.Value));
        Assert.All(first.Strata, stratum =>
        {
            // The slack, and who was on one of the ten lines when the stratum was full.
            Assert.InRange(stratum.Completes, stratum.Target!.Value, (long)(stratum.Target.Value * 1.1) + 10);
            Assert.True(stratum.Released <= stratum.Drawn && stratum.Drawn < stratum.Population, stratum.ToString());
            Assert.Equal(stratum.Released, stratum.Finished);
        });

        // Neither everybody of the list nor everybody who was drawn was called.
        Assert.Equal(first.Members, first.Strata.Sum(stratum => stratum.Released));
        Assert.True(first.Members < 300, $"{first.Members} members");
        var again = await HoldAsync();
        Assert.Equal(first.Strata, again.Strata);
        Assert.Equal(first.Answers, again.Answers);
        Assert.Equal(first.Draw, again.Draw);
    }

    private static async Task<Held> HoldAsync()
    {
        var faults = new List<string>();
        using var folder = DataFolder.TryOwn(Directory.CreateTempSubdirectory("surveydialer-sample-").FullName)!;
        try
        {
            await using var run = await PracticeRun.StartAsync(
                new PracticeOptions { Folder = folder.Root, Respondents = 300, Seed = 11, Sample = Plan }, folder, new FrozenClock(), (key, fault) => faults.Add($"{key}: {fault}"), Cancellation);
            Assert.Null(await run.ImportAsync(null, Cancellation));
            Assert.Empty(await run.LaunchAsync(Cancellation));
            Assert.True(await run.RunAsync(Cancellation), string.Join('\n', faults));
            Assert.Empty(faults);
            return run.Database.Read(connection => new Held(
                SampleStratumStore.Of(connection, run.CampaignId),
                connection.QuerySingle<long>("SELECT count(*) FROM sample_member;"),
                connection.QuerySingle<string>("SELECT c.state || ' ' || (SELECT reason FROM campaign_history ORDER BY id DESC LIMIT 1) FROM campaign c;"),
                connection.QuerySingle<string>("SELECT version || ' ' || seed || ' ' || hex(frame_sha256) || ' ' || drawn FROM sample_draw;"),
                string.Join(' ', connection.Query<string>("SELECT question_id || '=' || key FROM answer ORDER BY 1;"))));
        }
        finally
        {
            Directory.Delete(folder.Root, recursive: true);
        }
    }

    private sealed record Held(List<SampleStratum> Strata, long Members, string End, string Draw, string Answers);

    /// <summary>Stands for the wall clock, which a run as fast as possible never looks at.</summary>
    private sealed class FrozenClock : TimeProvider;
}
