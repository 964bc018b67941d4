using SurveyDialer.Crash.Checks;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;

namespace SurveyDialer.Crash.Rig;

/// <param name="Calls">That the carrier accepted.</param>
/// <param name="Answers">That are stored.</param>
/// <param name="Crossed">Conversations by text in which a reminder crossed its reply.</param>
internal sealed record CrashOutcome(Injected Injected, IReadOnlyList<Finding> Findings, int Calls, int Texts, int Answers, int Respondents, int Crossed, TimeSpan Took);

/// <summary>
/// Two rounds, one by telephone and one by text, through any number of kills: the server is killed at random moments and started again until
/// enough is enough, then everything may come to its end, and the books are held against the simulator's log.
/// </summary>
internal sealed class CrashRun(CrashPlan plan)
{
    // Longer than any pause of the product's own while something is left: back-off and breaker of the carrier's client.
    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private const int Look = 250;
    private readonly Random random = new(plan.Seed);
    private readonly Injected injected = new();

    /// <summary>What goes wrong at the carrier all the time.</summary>
    private static IReadOnlyList<Fault> Faults =>
    [
        new() { Kind = FaultKind.Slow, Probability = 0.3, Seconds = 0.3 },
        new() { Kind = FaultKind.DropResponse, Probability = 0.06 },
        new() { Kind = FaultKind.DropRequest, Probability = 0.03 },
        new() { Kind = FaultKind.ServerError, Probability = 0.02, Accept = true },
        new() { Kind = FaultKind.BadGateway, Probability = 0.02 },
        new() { Kind = FaultKind.TooManyRequests, Probability = 0.02 },
        new() { Kind = FaultKind.EarlyCallback, Probability = 0.05 },
        new() { Kind = FaultKind.StaleRead, On = "list", Probability = 0.1, Seconds = 50 },
        new() { Kind = FaultKind.DropCallback, On = "completed", Probability = 0.06 },
        new() { Kind = FaultKind.DelayCallback, Probability = 0.1, Seconds = 30 },
        new() { Kind = FaultKind.DuplicateCallback, Probability = 0.1 },
        new() { Kind = FaultKind.DuplicateCallback, On = "action", Probability = 0.05 },
        new() { Kind = FaultKind.DuplicateCallback, On = "text", Probability = 0.05 },
        new() { Kind = FaultKind.DuplicateCallback, On = "text-status", Probability = 0.05 },
        new() { Kind = FaultKind.ReorderCallbacks, Probability = 0.05 },
    ];

    internal async Task<CrashOutcome> RunAsync(CancellationToken cancellation)
    {
        var started = plan.Clock.GetTimestamp();
        using var township = new Township(plan);
        await township.OpenAsync(cancellation);
        await township.SetFaultsAsync(Faults, cancellation);
        for (var i = 1; i <= plan.Kills; i++)
        {
            await KillOnceAsync(township, cancellation);
            if (i % 25 == 0) plan.Tell($"{i} of {plan.Kills} kills, {CarrierLog.Read(township.Witness).Calls.Count} calls, after {plan.Clock.GetElapsedTime(started).TotalSeconds:0} s");
        }

        await SettleAsync(township, cancellation);
        var log = CarrierLog.Read(township.Witness);
        injected.Finish(log);
        using var connection = BooksReader.Open(Path.Combine(township.Data, DataFolder.DatabaseName));
        var books = BooksReader.Read(connection, Keys(), [township.Template("crash-voice"), township.Template("crash-text")]);
        return new CrashOutcome(
            injected, CrashChecker.Check(log, books), log.Calls.Count, log.Accepted.Count, books.Answers.Count, books.Members.Count,
            AnswerChecks.Crossed(log, books), plan.Clock.GetElapsedTime(started));
    }

    /// <summary>One life of the server: some end while it starts, some before its first request, most in the middle of the work.</summary>
    private async Task KillOnceAsync(Township township, CancellationToken cancellation)
    {
        var heard = new FileInfo(township.Witness).Length;
        using var server = township.Serve();
        var starting = random.NextDouble() < 0.12;
        if (starting)
        {
            await DelayAsync(random.Next(50, 1200), cancellation);
        }
        else
        {
            var said = await server.AnnouncedAsync().WaitAsync(Patience, plan.Clock, cancellation);
            if (said.Length == 0) throw new InvalidOperationException($"The server did not start again; see {township.Log}.");
            if (random.NextDouble() < 0.9) await UntilBusyAsync(township, heard, cancellation);
            await DelayAsync(random.Next(random.NextDouble() < 0.2 ? 100 : 1100), cancellation);
        }

        await server.KillAsync();
        LookAtTheDead(township, starting);
    }

    /// <summary>Until the carrier has seen something new; how long that takes depends on the machine.</summary>
    private async Task UntilBusyAsync(Township township, long heard, CancellationToken cancellation)
    {
        for (var looks = 0; looks < 300 && new FileInfo(township.Witness).Length == heard; looks++) await DelayAsync(20, cancellation);
    }

    /// <summary>At a copy: whoever opens the files themselves would put them in order for the next process.</summary>
    private void LookAtTheDead(Township township, bool starting)
    {
        var copy = Directory.CreateDirectory(Path.Combine(plan.Folder, "dead")).FullName;
        foreach (var old in Directory.GetFiles(copy)) File.Delete(old);
        foreach (var file in Directory.GetFiles(township.Data, DataFolder.DatabaseName + "*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        using var connection = BooksReader.Open(Path.Combine(copy, DataFolder.DatabaseName));
        injected.Killed(connection, CarrierLog.Read(township.Witness), starting);
    }

    /// <summary>Without kills everything must come to its end, whatever the carrier does; what stands still before that is stuck.</summary>
    private async Task SettleAsync(Township township, CancellationToken cancellation)
    {
        using var server = township.Serve();
        await server.AnnouncedAsync().WaitAsync(Patience, plan.Clock, cancellation);
        var (least, since) = (long.MaxValue, plan.Clock.GetTimestamp());
        while (plan.Clock.GetElapsedTime(since) < Stillness)
        {
            using var connection = BooksReader.Open(Path.Combine(township.Data, DataFolder.DatabaseName));
            var open = BooksReader.LeftOpen(connection);
            if (open < least) (least, since) = (open, plan.Clock.GetTimestamp());
            if (open == 0 && CarrierLog.Read(township.Witness).Calls.All(call => call.Final is not null)) break;
            await DelayAsync(Look, cancellation);
        }

        plan.Tell(least == 0 ? "everything came to its end" : $"{least} respondents, attempts or texts did not come to their end");
        await server.KillAsync();
    }

    private KeyRing Keys() => KeyRing.Open(Directory.GetFiles(Path.Combine(plan.Folder, "profile", "SurveyDialer"), "keys-*.json").Single());

    private Task DelayAsync(int milliseconds, CancellationToken cancellation) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), plan.Clock, cancellation);
}
