using Dapper;
using SurveyDialer.Crash.Rig;
using SurveyDialer.Storage;

namespace SurveyDialer.Crash;

/// <summary>A power cut leaves the files as they lie at that moment: copies of them are taken while the working server stands still.</summary>
public sealed class PowerCutTests
{
    private const int Moments = 200;

    // Answers and turns of an interview are committed together, as are an attempt's state and its history.
    private const string SelectTorn = """
        SELECT (SELECT count(*) FROM answer a JOIN interview i ON i.id = a.interview_id WHERE a.turn > i.turn)
             + (SELECT count(*) FROM attempt a WHERE a.state NOT IN ('pending', 'cancelled')
                AND a.state <> (SELECT h.to_state FROM attempt_history h WHERE h.attempt_id = a.id ORDER BY h.id DESC LIMIT 1));
        """;

    [Fact]
    public async Task Files_copied_at_any_moment_open_and_hold_everything_that_was_committed_before()
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-power-").FullName;
        var clock = new RealClock();
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(1);
        using var township = new Township(new CrashPlan { Kills = 60, Seed = 1, Folder = folder, Clock = clock });
        await township.OpenAsync(cancellation);
        using var server = township.Serve();
        Assert.NotEmpty(await server.AnnouncedAsync());

        var (answers, grew) = (0L, 0);
        for (var moment = 0; moment < Moments; moment++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(60)), clock, cancellation);
            var copy = Path.Combine(folder, $"cut{moment}");
            await server.AtAStandstillAsync(() => Copy(township.Data, copy));
            var file = Path.Combine(copy, DataFolder.DatabaseName);
            long stored;
            using (var connection = BooksReader.Open(file))
            {
                Assert.Equal(0, connection.ExecuteScalar<long>(SelectTorn));
                stored = connection.ExecuteScalar<long>("SELECT count(*) FROM answer;");
            }

            Assert.Empty(Database.Damage(file));
            Assert.True(stored >= answers, $"{answers - stored} answers were there a moment ago.");
            if (stored > answers) grew++;
            answers = stored;
            Directory.Delete(copy, recursive: true);
        }

        Assert.True(grew > Moments / 10, $"Between {Moments} moments answers came only {grew} times: the server was not at work.");
        await server.KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Without the index of the log, which is no file that lasts.</summary>
    private static void Copy(string data, string copy)
    {
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(data, DataFolder.DatabaseName + "*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
    }
}
