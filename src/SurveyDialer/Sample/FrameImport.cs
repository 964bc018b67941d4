using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using SurveyDialer.Phones;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>What must be known of a list before it is imported.</summary>
public sealed record FrameImportRequest
{
    /// <summary>What staff call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where the list comes from, for example 村委会户籍台账.</summary>
    public required string Source { get; init; }

    /// <summary>Why it may be used for this.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The township of rows that name none.</summary>
    public required string Township { get; init; }

    /// <summary>Whom the list is about; rounds of different populations are never added up.</summary>
    public string Population { get; init; } = FrameStore.Residents;

    /// <summary>How numbers without country or area code are completed.</summary>
    public required DialDefaults Dial { get; init; }
}

/// <summary>What became of an import.</summary>
/// <param name="FrameId">Row of <c>frame</c>.</param>
/// <param name="Read">Rows with content below the header.</param>
/// <param name="Imported">New respondents.</param>
/// <param name="Rejected">Rows without any usable number, kept with their reason.</param>
/// <param name="Known">Rows whose respondent was there already, by an earlier list or by an earlier row of this one.</param>
/// <param name="Failure">Set when the file is damaged from some row on; what came before is imported.</param>
/// <param name="Repeated">True when the same file had been imported before with the same settings; nothing was changed.</param>
public sealed record FrameImportResult(long FrameId, long Read, long Imported, long Rejected, long Known, FrameProblem? Failure, bool Repeated)
{
    /// <summary>Of <see cref="Known"/> those whose person an earlier row of the same list had brought.</summary>
    public long Twice { get; init; }
}

/// <param name="Rows">Rows done so far.</param>
/// <param name="Share">Of the file, 0 to 1.</param>
public readonly record struct FrameProgress(long Rows, double Share);

/// <summary>
/// Brings a list into the contact ledger in slices through the one writer. A stopped import goes on where it stopped when the same file
/// comes again; a finished one changes nothing.
/// </summary>
public sealed class FrameImport(Database database, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>Batches that are written together: the more, the fewer pages of the numbers' look-ups are written twice. Some tens of megabytes.</summary>
    private const int BlockBatches = 64;

    /// <summary>Imports all rows of a list.</summary>
    /// <exception cref="ArgumentException">Name, source, legal basis or township is blank.</exception>
    public Task<FrameImportResult> RunAsync(FrameFile file, FrameImportRequest request, IProgress<FrameProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        return RunAsync(new Feed(file.Next, file.Layout, () => file.Progress, file.Sha256, "list"), request, () => file.Failure, progress, cancellation);
    }

    /// <summary>Imports a generated list: numbers that belong to nobody, same seed same respondents.</summary>
    public Task<FrameImportResult> RunAsync(GeneratedFrame generated, FrameImportRequest request, IProgress<FrameProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(generated);
        var rows = generated.Rows().GetEnumerator();
        var done = 0;
        FrameRow? Next()
        {
            if (!rows.MoveNext()) return null;
            done++;
            return rows.Current;
        }

        return RunAsync(
            new Feed(Next, GeneratedFrame.Layout, () => (double)done / generated.Options.Rows, generated.Fingerprint(), "generated"), request, () => null, progress, cancellation);
    }

    private async Task<FrameImportResult> RunAsync(
        Feed feed, FrameImportRequest request, Func<FrameProblem?> failure, IProgress<FrameProgress>? progress, CancellationToken cancellation)
    {
        foreach (var text in new[] { request.Name, request.Source, request.LegalBasis, request.Township }) ArgumentException.ThrowIfNullOrWhiteSpace(text, nameof(request));
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Population, nameof(request));
        var frame = await database.WriteAsync(connection => FrameStore.Begin(connection, request, feed.Kind, Fingerprint(feed, request)), cancellation);
        if (frame.Finished) return frame.Result(null, repeated: true);
        await using (var writer = new SliceWriter(database, cipher.KeyVersion, frame.Id, clock))
            await WriteAllAsync(feed, new RowPreparer(feed.Layout, request, cipher), frame.Read, writer, progress, cancellation);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var done = await database.WriteAsync(connection => FrameStore.Finish(connection, frame.Id, now), cancellation);
        return done.Result(failure(), repeated: false);
    }

    /// <summary>One task reads and encrypts, on all processors but the one of the writer; at most three blocks are in memory.</summary>
    private static async Task WriteAllAsync(
        Feed feed, RowPreparer preparer, long skip, SliceWriter writer, IProgress<FrameProgress>? progress, CancellationToken cancellation)
    {
        var prepared = Channel.CreateBounded<PreparedBlock>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        var idle = new ConcurrentBag<PreparedBatch>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = Task.Run(() => PrepareAllAsync(feed, preparer, skip, idle, prepared.Writer, stop.Token), CancellationToken.None);
        try
        {
            long rows = skip;
            await foreach (var block in prepared.Reader.ReadAllAsync(cancellation))
            {
                await writer.WriteAsync(block, Report, cancellation);
                foreach (var batch in block.Batches)
                {
                    batch.Clear();
                    idle.Add(batch);
                }
            }

            void Report(int written) => progress?.Report(new FrameProgress(rows += written, feed.Progress()));
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task PrepareAllAsync(
        Feed feed, RowPreparer preparer, long skip, ConcurrentBag<PreparedBatch> idle, ChannelWriter<PreparedBlock> prepared, CancellationToken cancellation)
    {
        try
        {
            for (long passed = 0; passed < skip && feed.Next() is not null; passed++) cancellation.ThrowIfCancellationRequested();
            while (Block(feed, preparer, idle, cancellation) is { RowCount: > 0 } block) await prepared.WriteAsync(block, cancellation);
            prepared.Complete();
        }
        catch (Exception fault)
        {
            prepared.Complete(fault);
        }
    }

    private static PreparedBlock Block(Feed feed, RowPreparer preparer, ConcurrentBag<PreparedBatch> idle, CancellationToken cancellation)
    {
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount - 1) };
        var batches = new List<PreparedBatch>();
        var more = true;
        while (more && batches.Count < BlockBatches)
        {
            var rows = new List<FrameRow[]>();
            while (more && rows.Count < options.MaxDegreeOfParallelism && batches.Count + rows.Count < BlockBatches)
            {
                var next = Rows(feed, cancellation);
                more = next.Length == PreparedBatch.Rows;
                if (next.Length > 0) rows.Add(next);
            }

            var first = batches.Count;
            batches.AddRange(rows.Select(_ => idle.TryTake(out var used) ? used : new PreparedBatch()));
            Parallel.For(0, rows.Count, options, index => Array.ForEach(rows[index], row => preparer.Prepare(row, batches[first + index])));
        }

        return new PreparedBlock(batches);
    }

    private static FrameRow[] Rows(Feed feed, CancellationToken cancellation)
    {
        var rows = new List<FrameRow>(PreparedBatch.Rows);
        while (rows.Count < PreparedBatch.Rows && feed.Next() is { } row)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(row);
        }

        return [.. rows];
    }

    /// <summary>The same bytes read with other settings are another import: a corrected area code or mapping must have its effect.</summary>
    private static byte[] Fingerprint(Feed feed, FrameImportRequest request)
    {
        var columns = string.Join('|', feed.Layout.Columns.Select(column => $"{column.Index}:{column.Role}"));
        var settings = $"{request.Township}|{request.Dial.Country}|{request.Dial.AreaCode}|{request.Dial.AllowForeign}|{feed.Layout.Sheet}|{feed.Layout.HeaderRow}|{columns}";
        return SHA256.HashData([.. feed.Sha256, .. Encoding.UTF8.GetBytes(settings)]);
    }

    private sealed record Feed(Func<FrameRow?> Next, FrameLayout Layout, Func<double> Progress, byte[] Sha256, string Kind);
}
