using SurveyDialer.Crash.Rig;

namespace SurveyDialer.Crash;

/// <summary>
/// The real executable, killed in the middle of two rounds, on the real clock. <c>scripts/soak.sh --kills N</c> does the same any number of times.
/// </summary>
public sealed class CrashTests
{
    private const int Kills = 25;

    [Fact, Trait("case", "R6")]
    public async Task Kills_at_random_moments_ring_nobody_twice_and_lose_no_answer()
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-crash-").FullName;
        var plan = new CrashPlan { Kills = Kills, Seed = 1, Folder = folder, Clock = new RealClock() };
        var outcome = await new CrashRun(plan).RunAsync(TestContext.Current.CancellationToken);
        var table = CrashTable.Of(outcome);
        TestContext.Current.TestOutputHelper!.WriteLine(table);
        Assert.True(outcome.Findings.Count == 0, $"{table}\nEverything lies in {folder}.");

        // The kills have hit something, or they prove nothing.
        Assert.Equal(Kills, outcome.Injected.Kills);
        Assert.True(outcome.Injected.KillsAtWork >= Kills / 3, table);
        Assert.True(outcome is { Calls: > 50, Texts: > 20, Answers: > 100 }, table);
        Directory.Delete(folder, recursive: true);
    }
}
