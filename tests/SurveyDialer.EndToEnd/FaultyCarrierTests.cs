using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>
/// A carrier that loses, repeats and invents. Whatever it does, no attempt rings twice, nobody is left without a final code, and every flag
/// has its next step; the simulator's own log is the witness.
/// </summary>
public sealed class FaultyCarrierTests
{
    public static TheoryData<string, Fault[]> Faults => new()
    {
        { "answers to creates are lost after the call was taken", [new Fault { Kind = FaultKind.DropResponse, Probability = 0.3 }] },
        { "creates are lost before the call was taken", [new Fault { Kind = FaultKind.DropRequest, Probability = 0.3 }] },
        { "creates are refused for a while", [new Fault { Kind = FaultKind.TooManyRequests, Count = 40 }] },
        { "creates fail with and without effect", [new Fault { Kind = FaultKind.ServerError, Probability = 0.2, Accept = true }, new Fault { Kind = FaultKind.BadGateway, Probability = 0.2 }] },
        { "reports of the end are lost", [new Fault { Kind = FaultKind.DropCallback, On = "completed", Probability = 0.4 }] },
        { "all reports are lost", [new Fault { Kind = FaultKind.DropCallback }] },
        { "requests come twice", [new Fault { Kind = FaultKind.DuplicateCallback }, new Fault { Kind = FaultKind.DuplicateCallback, On = "action" }, new Fault { Kind = FaultKind.DuplicateCallback, On = "voice" }] },
        { "reports come in reverse, and before the answer", [new Fault { Kind = FaultKind.ReorderCallbacks, Probability = 0.5 }, new Fault { Kind = FaultKind.EarlyCallback, Probability = 0.5 }] },
        { "requests are forged", [new Fault { Kind = FaultKind.ForgedSignature, Probability = 0.2 }] },
        { "the lists are out of date", [new Fault { Kind = FaultKind.DropResponse, Probability = 0.3 }, new Fault { Kind = FaultKind.StaleRead, Seconds = 120 }] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Nothing_rings_twice_and_nobody_is_forgotten_when(string what, Fault[] faults)
    {
        Assert.NotEmpty(what);
        var cancellation = TestContext.Current.CancellationToken;
        var failures = new List<string>();
        var root = Directory.CreateTempSubdirectory("surveydialer-faults-").FullName;
        using var folder = DataFolder.TryOwn(root)!;
        await using (var run = await PracticeRun.StartAsync(
            new PracticeOptions { Folder = root, Respondents = 25, Seed = 3, Faults = faults }, folder, new StillClock(), (key, fault) => failures.Add($"{key}: {fault}"), cancellation))
        {
            Assert.Null(await run.ImportAsync(null, cancellation));
            Assert.Empty(await run.LaunchAsync(cancellation));
            Assert.True(await run.RunAsync(cancellation), string.Join('\n', failures));
            var totals = run.Totals();
            Assert.Equal(0, totals.AttemptsRungTwice);
            Assert.Equal(totals.RespondentsImported, totals.Codes.Where(pair => pair.Key.Length > 0).Sum(pair => pair.Value));
            Assert.Equal(0, totals.FlagsWithoutNextStep);
            Assert.True(totals.CallsPlaced > 20, $"{totals.CallsPlaced} calls");
            Assert.Equal(0, Count(run, "SELECT count(*) FROM attempt WHERE state NOT IN ('ended', 'cancelled');"));
            Assert.Equal(0, Count(run, "SELECT count(*) FROM (SELECT 1 FROM answer GROUP BY interview_id, question_id HAVING count(*) > 1);"));
        }

        Directory.Delete(root, recursive: true);
    }

    private static long Count(PracticeRun run, string sql) => run.Database.Read(connection => connection.ExecuteScalar<long>(sql));

    private sealed class StillClock : TimeProvider;
}
