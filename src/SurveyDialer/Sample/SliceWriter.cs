using System.Diagnostics;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>
/// Writes blocks of prepared rows in stories of a few milliseconds, so that a respondent's turn never waits for an import: the length of a
/// slice follows the time that the last one took.
/// </summary>
internal sealed class SliceWriter(Database database, int keyVersion, long frameId, TimeProvider clock) : IAsyncDisposable
{
    private readonly Dictionary<AreaPath, long> areas = [];
    private readonly SliceLength phonesAtOnce = new();
    private readonly SliceLength rowsAtOnce = new();
    private SliceStory? story;

    /// <param name="written">Told how many rows each slice brought.</param>
    internal async Task WriteAsync(PreparedBlock block, Action<int> written, CancellationToken cancellation)
    {
        await WriteAsync(block.PhoneCount, phonesAtOnce, (slices, first, count) => slices.WritePhones(block, first, count), _ => { }, cancellation);
        await WriteAsync(block.RowCount, rowsAtOnce, (slices, first, count) => slices.WriteRows(block, first, count, clock.NowMillis()), written, cancellation);
    }

    /// <summary>The statements belong to the writer's connection and end on its thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (story is { } used) await database.WriteAsync(_ => used.Dispose(), CancellationToken.None);
    }

    private async Task WriteAsync(int all, SliceLength length, Action<SliceStory, int, int> write, Action<int> written, CancellationToken cancellation)
    {
        for (var start = 0; start < all;)
        {
            var (first, count) = (start, Math.Min(length.Items, all - start));
            var took = await database.WriteAsync(
                connection =>
                {
                    var started = Stopwatch.GetTimestamp();
                    story ??= new SliceStory(connection, keyVersion, frameId, areas);
                    write(story, first, count);
                    return Stopwatch.GetElapsedTime(started);
                },
                cancellation,
                WriteUrgency.Repeatable);
            start += count;
            length.Adapt(count, took);
            written(count);
        }
    }

    /// <summary>How many things of one kind fit into a slice.</summary>
    private sealed class SliceLength
    {
        private const int Fewest = 8;
        private const int Most = 4096;
        private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(8);

        internal int Items { get; private set; } = 64;

        internal void Adapt(int written, TimeSpan took)
        {
            var fitting = written * Aim.TotalMilliseconds / Math.Max(took.TotalMilliseconds, 0.1);
            Items = (int)Math.Clamp(fitting, Math.Max(Fewest, Items / 2), Math.Min(Most, Items * 2));
        }
    }
}
