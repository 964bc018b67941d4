using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>
/// Writes prepared rows in stories of a few milliseconds, so that a respondent's turn never waits for an import: the length of a slice
/// follows the time that the last one took.
/// </summary>
internal sealed class SliceWriter(Database database, int keyVersion, long frameId, TimeProvider clock) : IAsyncDisposable
{
    private const int FewestRows = 8;
    private const int MostRows = 512;
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(6);

    private readonly Dictionary<(long Parent, string Name), long> areas = [];
    private SliceStory? story;
    private int rows = 64;

    internal async Task WriteAsync(PreparedRow[] batch, CancellationToken cancellation)
    {
        for (var start = 0; start < batch.Length;)
        {
            var slice = new ArraySegment<PreparedRow>(batch, start, Math.Min(rows, batch.Length - start));
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var took = await database.WriteAsync(connection => Timed(connection, slice, now), cancellation, WriteUrgency.Background);
            start += slice.Count;
            rows = Math.Clamp((int)(slice.Count * Aim / Max(took, TimeSpan.FromMilliseconds(0.5))), Math.Max(FewestRows, rows / 2), Math.Min(MostRows, rows * 2));
        }
    }

    /// <summary>The statements belong to the writer's connection and end on its thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (story is { } used) await database.WriteAsync(_ => used.Dispose(), CancellationToken.None);
    }

    private TimeSpan Timed(SqliteConnection connection, ArraySegment<PreparedRow> slice, long now)
    {
        var started = Stopwatch.GetTimestamp();
        story ??= new SliceStory(connection, keyVersion, frameId, areas);
        story.Write(slice, now);
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
