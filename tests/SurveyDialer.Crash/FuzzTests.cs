using SurveyDialer.Crash.Fuzz;
using SurveyDialer.Crash.Rig;

namespace SurveyDialer.Crash;

/// <summary>Generated input with a fixed budget; <c>scripts/soak.sh --fuzz N</c> sends any number.</summary>
public sealed class FuzzTests
{
    private const int Requests = 4000;

    [Fact]
    public async Task Whatever_is_sent_breaks_nothing_and_unsigned_writes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-fuzz-").FullName;
        var outcome = await new FuzzRun(new CrashPlan { Kills = 3, Seed = 1, Folder = folder, Clock = new RealClock() }).RunAsync(Requests, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine(outcome.Table());
        Assert.True(outcome.Findings.Count == 0, $"{outcome.Table()}\nEverything lies in {folder}.");
        Assert.Equal(Requests * 3 / 2, outcome.Counts.Values.Sum());
        Directory.Delete(folder, recursive: true);
    }
}
