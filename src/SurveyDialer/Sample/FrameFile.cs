namespace SurveyDialer.Sample;

/// <summary>A list whose header was found; its rows are read once, from top to bottom.</summary>
public sealed class FrameFile : IDisposable
{
    private readonly Stream stream;
    private readonly IRowSource rows;
    private readonly Queue<FrameRow> start;
    private readonly string[] header;

    internal FrameFile(string name, Stream stream, IRowSource rows, byte[] sha256, FrameLayout layout, IReadOnlyList<FrameRow> start)
    {
        Name = name;
        this.stream = stream;
        this.rows = rows;
        this.start = new Queue<FrameRow>(start);
        Sha256 = sha256;
        Layout = layout;
        header = [.. layout.Columns.Where(column => column.Role is not null).Select(column => column.Title)];
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Of the whole file.</summary>
    public byte[] Sha256 { get; }

    /// <summary>What the columns hold.</summary>
    public FrameLayout Layout { get; }

    /// <summary>Set when reading ended because the file is damaged from there on.</summary>
    public FrameProblem? Failure { get; private set; }

    /// <summary>How much of the file was read, 0 to 1, for a progress bar.</summary>
    public double Progress
    {
        get
        {
            try
            {
                return stream is { CanSeek: true, Length: > 0 } ? Math.Min(1, (double)stream.Position / stream.Length) : 0;
            }
            catch (ObjectDisposedException)
            {
                return 1;
            }
        }
    }

    /// <summary>The next row with content; repetitions of the header (printed pages pasted together) are passed over. Null at the end or at damage.</summary>
    public FrameRow? Next()
    {
        try
        {
            while (Failure is null && (start.TryDequeue(out var row) ? row : rows.Next()) is { } next)
            {
                if (!next.IsEmpty && !RepeatsHeader(next)) return next;
            }
        }
        catch (FrameUnreadableException fault)
        {
            Failure = fault.Problem;
        }

        return null;
    }

    public void Dispose()
    {
        rows.Dispose();
        stream.Dispose();
    }

    private bool RepeatsHeader(FrameRow row)
    {
        if (Layout.HeaderRow == 0) return false;
        var at = 0;
        foreach (var column in Layout.Columns)
        {
            if (column.Role is null) continue;
            if (row[column.Index].Text?.Trim() != header[at++]) return false;
        }

        return true;
    }
}
