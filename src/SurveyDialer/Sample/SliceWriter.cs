using System.Diagnostics;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>
/// Writes blocks of prepared rows in stories of a few milliseconds, so that a respondent's turn never waits for an import: the length of a
/// slice follows the time that the last one took. Of each block the numbers go first, in the order of their look-ups: scattered over the
/// whole index, each would cost a page of its own.
/// </summary>
internal sealed class SliceWriter(Database database, int keyVersion, long frameId, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Some tens of megabytes while they are prepared and written.</summary>
    internal const int BlockRows = 32 * 1024;

    private readonly Dictionary<(long Parent, string Name), long> areas = [];
    private readonly SliceLength phonesAtOnce = new();
    private readonly SliceLength rowsAtOnce = new();
    private SliceStory? story;

    /// <param name="written">Told how many rows each slice brought.</param>
    internal async Task WriteAsync(IReadOnlyCollection<PreparedRow> block, Action<int> written, CancellationToken cancellation)
    {
        PreparedPhone[] phones = [.. block.SelectMany(row => row.Phones)];
        Array.Sort(phones, static (left, right) => left.NumberIndex.AsSpan().SequenceCompareTo(right.NumberIndex));
        await WriteAsync<PreparedPhone>(phones, phonesAtOnce, (slice, sql) => sql.WritePhones(slice), _ => { }, cancellation);
        await WriteAsync<PreparedRow>([.. block], rowsAtOnce, (slice, sql) => sql.WriteRows(slice, clock.NowMillis()), written, cancellation);
        story?.EndBlock();
    }

    /// <summary>The statements belong to the writer's connection and end on its thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (story is { } used) await database.WriteAsync(_ => used.Dispose(), CancellationToken.None);
    }

    private async Task WriteAsync<T>(
        T[] all, SliceLength length, Action<ArraySegment<T>, SliceStory> write, Action<int> written, CancellationToken cancellation)
    {
        for (var start = 0; start < all.Length;)
        {
            var slice = new ArraySegment<T>(all, start, Math.Min(length.Items, all.Length - start));
            var took = await database.WriteAsync(
                connection =>
                {
                    var started = Stopwatch.GetTimestamp();
                    story ??= new SliceStory(connection, keyVersion, frameId, areas);
                    write(slice, story);
                    return Stopwatch.GetElapsedTime(started);
                },
                cancellation,
                WriteUrgency.Repeatable);
            start += slice.Count;
            length.Adapt(slice.Count, took);
            written(slice.Count);
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
