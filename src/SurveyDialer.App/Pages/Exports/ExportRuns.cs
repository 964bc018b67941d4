using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Pages.Exports;

/// <summary>How far exports have got that are being written, told to the pages from which they were started. The files themselves stream past the disk.</summary>
internal sealed class ExportRuns(IOptions<SurveyPagesOptions> options, IHostApplicationLifetime lifetime)
{
    private const int NameLength = 32;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>An export that has not begun by then, or ended so long ago, is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TimeProvider clock = options.Value.WallClock!;
    private readonly ConcurrentDictionary<string, ExportRun> runs = new(StringComparer.Ordinal);

    /// <summary>Begins a run; to be disposed when its last byte is written, or will not be.</summary>
    /// <param name="name">As the page drew it, 32 hexadecimal digits; null, or anything else, where nobody watches.</param>
    public ExportRun Begin(string? name)
    {
        foreach (var (old, ended) in runs)
        {
            if (ended.EndedAt is { } at && clock.GetElapsedTime(at) > Patience) runs.TryRemove(old, out _);
        }

        var run = new ExportRun(clock);
        if (name is { Length: NameLength } && name.All(char.IsAsciiHexDigit)) runs.TryAdd(name, run);
        return run;
    }

    /// <summary>Follows one run by server-sent events: <c>share</c> from 0 to 1, then <c>end</c> with <c>done</c> or <c>failed</c>.</summary>
    public async Task FollowAsync(string name, HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        try
        {
            await FollowAsync(name, context.Response, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The visitor has left or the server stops.
        }
    }

    private async Task FollowAsync(string name, HttpResponse response, CancellationToken cancellation)
    {
        var from = clock.GetTimestamp();
        var told = "";
        await SayAsync(response, ": waiting", cancellation);
        while (true)
        {
            var run = runs.GetValueOrDefault(name);
            if (run?.EndedAt is not null || (run is null && clock.GetElapsedTime(from) > Patience))
            {
                await SayAsync(response, $"event: end\ndata: {(run?.Succeeded is true ? "done" : "failed")}", cancellation);
                return;
            }

            var share = (run?.Share ?? 0).ToString("0.000", CultureInfo.InvariantCulture);
            if (run is not null && share != told) await SayAsync(response, $"event: share\ndata: {share}", cancellation);
            told = share;
            await Task.Delay(Look, clock, cancellation);
        }
    }

    private static async Task SayAsync(HttpResponse response, string line, CancellationToken cancellation)
    {
        await response.WriteAsync(line + "\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}

/// <summary>One export that is being written.</summary>
internal sealed class ExportRun(TimeProvider clock) : IProgress<double>, IDisposable
{
    private double share;

    /// <summary>From 0 to 1.</summary>
    public double Share => Volatile.Read(ref share);

    /// <summary>Timestamp of the clock; null while it is being written.</summary>
    public long? EndedAt { get; private set; }

    public bool Succeeded { get; private set; }

    public void Report(double value) => Volatile.Write(ref share, value);

    /// <summary>The last byte is written.</summary>
    public void Complete() => Succeeded = true;

    public void Dispose() => EndedAt = clock.GetTimestamp();
}
