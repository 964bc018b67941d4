using Microsoft.Extensions.Options;
using SurveyDialer.App.Web;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>
/// A simulated township beside the office's own data: a round that runs by itself in a folder of its own, with pages of its own at another port, until
/// it is put away or the server stops.
/// </summary>
internal sealed class PracticeDesk(IOptions<SurveyPagesOptions> options) : IAsyncDisposable
{
    private const int Respondents = 150;

    /// <summary>Two hours a second: the round is over within minutes, and can be watched.</summary>
    private const double Speed = 7200;

    private readonly TimeProvider wallClock = options.Value.WallClock!;
    private readonly SemaphoreSlim one = new(1);
    private Practice? practice;

    /// <summary>Port of its pages on this machine; null while there is none.</summary>
    internal int? Port => practice?.Port;

    /// <summary>Starts it, once however often it is asked.</summary>
    /// <returns>Why it could not be started; null when it runs.</returns>
    internal async Task<string?> StartAsync(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            if (practice is not null) return null;
            var (started, problem) = await Practice.StartAsync(wallClock, cancellation);
            practice = started;
            return problem;
        }
        finally
        {
            one.Release();
        }
    }

    internal async Task StopAsync()
    {
        await one.WaitAsync(CancellationToken.None);
        try
        {
            if (practice is { } running) await running.DisposeAsync();
            practice = null;
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        one.Dispose();
    }

    private sealed class Practice : IAsyncDisposable
    {
        private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("surveydialer-practice-");
        private readonly CancellationTokenSource stop = new();
        private DataFolder? folder;
        private PracticeRun? run;
        private PageListener? pages;
        private Task work = Task.CompletedTask;

        internal int Port => pages!.Address.Port;

        internal static async Task<(Practice? Started, string? Problem)> StartAsync(TimeProvider wallClock, CancellationToken cancellation)
        {
            var practice = new Practice();
            try
            {
                var problem = await practice.BeginAsync(wallClock, cancellation);
                if (problem is null) return (practice, null);
                await practice.DisposeAsync();
                return (null, problem);
            }
            catch (Exception fault) when (fault is IOException or StorageException or InvalidDataException or UnauthorizedAccessException)
            {
                await practice.DisposeAsync();
                return (null, fault.Message);
            }
            catch (OperationCanceledException)
            {
                await practice.DisposeAsync();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await work;
            if (pages is not null) await pages.DisposeAsync();
            if (run is not null) await run.DisposeAsync();
            folder?.Dispose();
            root.Delete(recursive: true);
            stop.Dispose();
        }

        private async Task<string?> BeginAsync(TimeProvider wallClock, CancellationToken cancellation)
        {
            var wish = new PracticeOptions { Folder = Path.Combine(root.FullName, "data"), Respondents = Respondents, Speed = Speed };
            folder = DataFolder.TryOwn(wish.Folder)!;
            run = await PracticeRun.StartAsync(wish, folder, wallClock, (_, _) => { }, cancellation);
            if (await run.ImportAsync(null, cancellation) is { } unread) return unread.InWords(Words.Culture);
            if (await run.LaunchAsync(cancellation) is [var missing, ..]) return missing.InWords(Words.Culture);
            pages = await run.OpenPagesAsync(0, wallClock, cancellation);
            work = Task.Run(() => GoOnAsync(run), CancellationToken.None);
            return null;
        }

        /// <summary>Until the round has closed as fast as was said, then at the pace of the wall clock.</summary>
        private async Task GoOnAsync(PracticeRun run)
        {
            try
            {
                await run.RunAsync(stop.Token);
                await run.Timeline.RunOneToOneAsync(stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Put away.
            }
        }
    }
}
