using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Options;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Web;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>What of a round in preparation is rehearsed.</summary>
/// <param name="Lines">Calls at a time.</param>
/// <param name="Sample">How the sample is drawn; null: everybody.</param>
internal sealed record RehearsalWish(IReadOnlyList<long> Frames, string Template, int Lines, int? Target, SamplePlan? Sample);

/// <summary>How far a rehearsal is.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Over">It has ended, one way or another.</param>
/// <param name="Failure">What kept it from its end, in the words of the one who asked; null when nothing did.</param>
internal sealed record RehearsalState(int Percent, bool Over, string? Failure);

/// <summary>Holds rehearsals in the background, one at a time: each in a folder that is deleted afterwards, against the simulator, on made-up numbers.</summary>
internal sealed class RehearsalDesk(Installation installation, IOptions<SurveyPagesOptions> options) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider wallClock = options.Value.WallClock!;
    private readonly ConcurrentDictionary<long, Running> all = new();
    private readonly SemaphoreSlim one = new(1);

    internal RehearsalState? Find(long draft) => all.TryGetValue(draft, out var running) ? running.State : null;

    /// <summary>Begins; does nothing while one of this draft goes on.</summary>
    /// <param name="keep">Stores the outcome before the rehearsal counts as over.</param>
    /// <param name="failed">Puts into words that it could not be held to its end.</param>
    internal void Begin(long draft, RehearsalWish wish, Func<RehearsalOutcome, Task> keep, Func<string, string> failed)
    {
        if (all.TryGetValue(draft, out var known) && !known.State.Over) return;
        var running = new Running();
        all[draft] = running;
        running.Work = Task.Run(() => RunAsync(running, wish, keep, failed), CancellationToken.None);
    }

    /// <summary>Stops one and forgets it.</summary>
    internal async Task StopAsync(long draft)
    {
        if (!all.TryRemove(draft, out var running)) return;
        await running.Stop.CancelAsync();
        await running.Work;
        running.Stop.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var draft in all.Keys) await StopAsync(draft);
        one.Dispose();
    }

    private async Task RunAsync(Running running, RehearsalWish wish, Func<RehearsalOutcome, Task> keep, Func<string, string> failed)
    {
        try
        {
            await one.WaitAsync(running.Stop.Token);
            try
            {
                await keep(await HoldAsync(running, wish, failed));
                running.State = new RehearsalState(100, true, null);
            }
            finally
            {
                one.Release();
            }
        }
        catch (OperationCanceledException) when (running.Stop.IsCancellationRequested)
        {
            running.State = running.State with { Over = true };
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException or IOException or UnauthorizedAccessException or WriterBusyException)
        {
            running.State = running.State with { Over = true, Failure = failed(fault.Message) };
        }
    }

    private async Task<RehearsalOutcome> HoldAsync(Running running, RehearsalWish wish, Func<string, string> failed)
    {
        var cancellation = running.Stop.Token;
        var folder = PracticeRun.Temporary();
        try
        {
            var sketch = FrameSketcher.Of(installation.Database, wish.Frames) ?? throw new InvalidDataException("–");
            var list = Path.Combine(folder.FullName, "list.csv");
            await File.WriteAllTextAsync(list, sketch.Csv, Encoding.UTF8, cancellation);
            var practice = new PracticeOptions
            {
                Folder = Path.Combine(folder.FullName, "data"), FrameFile = list, TemplateId = wish.Template, Lines = wish.Lines, Target = wish.Target, Sample = wish.Sample,
                Start = installation.Clock.GetUtcNow(), OfficeTemplates = installation.Folder.TemplatesPath, DaysFrom = installation.Folder.Root, WithoutLastDay = true,
            };
            using var data = DataFolder.TryOwn(practice.Folder)!;
            await using var run = await PracticeRun.StartAsync(practice, data, wallClock, (_, _) => { }, cancellation);
            if (await run.ImportAsync(null, cancellation) is { } unread) throw new InvalidDataException(unread.InWords(Words.Culture));
            if (await run.LaunchAsync(cancellation) is [var missing, ..]) throw new InvalidDataException(missing.InWords(Words.Culture));
            await CallAsync(running, run, wish.Target, failed, cancellation);
            return RehearsalOutcome.Of(run, null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task CallAsync(Running running, PracticeRun run, int? target, Func<string, string> failed, CancellationToken cancellation)
    {
        var calling = Task.Run(() => run.RunAsync(cancellation), CancellationToken.None);
        while (!calling.IsCompleted)
        {
            var (done, everybody, completes) = run.Progress();
            var share = Math.Max((double)done / Math.Max(1, everybody), target is { } wanted ? (double)completes / wanted : 0);
            running.State = new RehearsalState((int)Math.Clamp(share * 100, 0, 99), false, null);
            await Task.WhenAny(calling, Task.Delay(BetweenLooks, wallClock, CancellationToken.None));
        }

        var ended = await calling;
        cancellation.ThrowIfCancellationRequested();
        if (!ended || !run.IsClosed()) throw new InvalidDataException(failed(""));
    }

    private sealed class Running
    {
        private volatile RehearsalState state = new(0, false, null);

        internal CancellationTokenSource Stop { get; } = new();

        internal Task Work { get; set; } = Task.CompletedTask;

        internal RehearsalState State
        {
            get => state;
            set => state = value;
        }
    }
}
