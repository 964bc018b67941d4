using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SurveyDialer.App.Web;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>
/// Imports lists in the background, one of each draft at a time, so that a closed browser stops nothing. What became of one waits for the first look
/// at the page afterwards; where the program ends before, the upload is still there and its import goes on where it stopped.
/// </summary>
internal sealed class ListImports(IOptions<SurveyPagesOptions> options) : IAsyncDisposable
{
    private readonly TimeProvider wallClock = options.Value.WallClock!;
    private readonly ConcurrentDictionary<long, ListImport> all = new();

    /// <summary>Most lists are done by then, and nobody has to look at a bar.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The import of a draft that goes on; null when none does.</summary>
    internal ListImport? Going(long draft) => all.TryGetValue(draft, out var import) && !import.Over ? import : null;

    /// <summary>Begins, and waits a moment for the end; does nothing more than that while one of this draft goes on.</summary>
    internal async Task BeginAsync(long draft, Func<IProgress<FrameProgress>, Task<(FrameImportResult? Result, FrameProblem? Problem)>> work)
    {
        var begun = new ListImport();
        var import = all.AddOrUpdate(draft, begun, (_, known) => known.Over ? begun : known);
        if (import == begun) begun.Start(() => work(begun));
        await Task.WhenAny(import.Work, Task.Delay(Patience, wallClock, CancellationToken.None));
    }

    /// <summary>What became of an import that has ended, told once; null when there is none.</summary>
    internal ListImport? Ended(long draft) => all.TryGetValue(draft, out var import) && import.Over && all.TryRemove(KeyValuePair.Create(draft, import)) ? import : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var import in all.Values) await import.Work;
    }
}

/// <summary>One list on its way from the shelf into the database.</summary>
internal sealed class ListImport : IProgress<FrameProgress>
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long rows;
    private double share;

    internal Task Work => ended.Task;

    internal bool Over => Work.IsCompleted;

    /// <summary>Rows done so far.</summary>
    internal long Rows => Volatile.Read(ref rows);

    /// <summary>Of the file, 0 to 100.</summary>
    internal int Percent => (int)Math.Clamp(Volatile.Read(ref share) * 100, 0, 99);

    /// <summary>Null where nothing waited to be imported, and where it was not done.</summary>
    internal FrameImportResult? Result { get; private set; }

    /// <summary>Why the list cannot be read; null when it can.</summary>
    internal FrameProblem? Problem { get; private set; }

    /// <summary>What kept it from its end; null when nothing did.</summary>
    internal Exception? Fault { get; private set; }

    public void Report(FrameProgress value)
    {
        Volatile.Write(ref rows, value.Rows);
        Volatile.Write(ref share, value.Share);
    }

    internal void Start(Func<Task<(FrameImportResult? Result, FrameProblem? Problem)>> work) => _ = Task.Run(() => RunAsync(work), CancellationToken.None);

    private async Task RunAsync(Func<Task<(FrameImportResult? Result, FrameProblem? Problem)>> work)
    {
        try
        {
            (Result, Problem) = await work();
        }
        catch (Exception fault)
        {
            // Whatever it was, the clerk is told, and the upload is still there.
            Fault = fault;
        }
        finally
        {
            ended.SetResult();
        }
    }
}
