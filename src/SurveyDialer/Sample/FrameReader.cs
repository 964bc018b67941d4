namespace SurveyDialer.Sample;

/// <summary>
/// Opens a list of residents: .xlsx (Excel, WPS, LibreOffice), old .xls, .csv in UTF-8, GB18030/GBK or UTF-16. What a file is, its content
/// tells. Rows are read one after another; nothing but a workbook's table of texts is held in memory.
/// </summary>
public static class FrameReader
{
    /// <summary>Opens a list and finds its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapping">What the columns hold, where their names do not tell; null: their names tell.</param>
    /// <returns>The list, to be disposed; or why it cannot be read.</returns>
    public static (FrameFile? File, FrameProblem? Problem) Open(string path, ColumnMapping? mapping)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 128 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or ArgumentException or NotSupportedException)
        {
            return (null, new FrameProblem(FrameFault.FileMissing, path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, new FrameProblem(FrameFault.FileLocked, path));
        }

        var opened = Open(stream, Path.GetFileName(path), mapping);
        if (opened.File is null) stream.Dispose();
        return opened;
    }

    /// <summary>Opens a list that lies in a stream, for example one sent by a browser.</summary>
    /// <param name="stream">Readable and seekable; closed with the list, or by the caller when it cannot be read.</param>
    /// <param name="name">For the record: the file's name.</param>
    /// <param name="mapping">As in <see cref="Open(string, ColumnMapping?)"/>.</param>
    public static (FrameFile? File, FrameProblem? Problem) Open(Stream stream, string name, ColumnMapping? mapping)
        => Open(stream, name, rows => HeaderFinder.Find(rows, mapping));

    /// <summary>Opens a sheet that is no list of residents, by the names of its columns.</summary>
    /// <param name="stream">As in <see cref="Open(Stream, string, ColumnMapping?)"/>.</param>
    /// <param name="name">For the record: the file's name.</param>
    /// <param name="isTitle">Whether a column may be called so. The row with most such names is the header.</param>
    public static (FrameFile? File, FrameProblem? Problem) OpenSheet(Stream stream, string name, Func<string, bool> isTitle)
        => Open(stream, name, rows => HeaderFinder.FindTitles(rows, isTitle));

    private static (FrameFile? File, FrameProblem? Problem) Open(Stream stream, string name, FindLayout find)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (content, problem) = FrameContent.Recognise(stream);
        if (content is null) return (null, problem);
        try
        {
            stream.Position = 0;
            return content.Form == FrameForm.Text ? OpenText(stream, name, content, find) : OpenWorkbook(stream, name, content, find);
        }
        catch (FrameUnreadableException fault)
        {
            return (null, fault.Problem);
        }
    }

    /// <summary>The first rows as they stand, merged cells filled, for a person who says where the header is; of a workbook those of its longest sheet.</summary>
    /// <param name="stream">Readable and seekable; closed afterwards where it is a text.</param>
    /// <returns>Empty where the file cannot be read at all: <see cref="Open(Stream, string, ColumnMapping?)"/> says why.</returns>
    public static IReadOnlyList<FrameRow> FirstRows(Stream stream, int count)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Position = 0;
        if (FrameContent.Recognise(stream).Content is not { } content) return [];
        try
        {
            stream.Position = content.Skip;
            using var rows = content.Form == FrameForm.Text
                ? (IRowSource)new CsvRows(stream, content.Encoding)
                : ExcelRows.Of(stream, ExcelRows.Sheets(stream).OrderByDescending(sheet => sheet.Visible).ThenByDescending(sheet => sheet.Rows).First().Index);
            var first = new List<FrameRow>();
            while (first.Count < count && rows.Next() is { } row) first.Add(row);
            return first;
        }
        catch (FrameUnreadableException)
        {
            return [];
        }
    }

    private static (FrameFile?, FrameProblem?) OpenText(Stream stream, string name, FrameContent content, FindLayout find)
    {
        stream.Position = content.Skip;
        var rows = new CsvRows(stream, content.Encoding);
        var (start, layout, problem) = Start(rows, find);
        if (layout is not null) return (new FrameFile(name, stream, rows, content.Sha256, layout, start), null);
        rows.Dispose();
        return (null, problem);
    }

    private static (FrameFile?, FrameProblem?) OpenWorkbook(Stream stream, string name, FrameContent content, FindLayout find)
    {
        if (content.Form == FrameForm.Workbook)
        {
            stream.Position = 0;
            if (WorkbookGuard.Check(stream) is { } damage) return (null, damage);
        }

        var all = ExcelRows.Sheets(stream).Where(sheet => sheet.Rows > 0).ToList();
        var sheets = all.Exists(sheet => sheet.Visible) ? all.FindAll(sheet => sheet.Visible) : all;
        FrameProblem? first = null;
        foreach (var sheet in sheets.OrderByDescending(sheet => sheet.Rows).ThenBy(sheet => sheet.Index))
        {
            var rows = ExcelRows.Of(stream, sheet.Index);
            var (start, layout, problem) = Start(rows, find);
            if (layout is not null)
            {
                var others = sheets.Where(other => other != sheet).Select(other => other.Name).ToList();
                return (new FrameFile(name, stream, rows, content.Sha256, layout with { Sheet = sheet.Name, OtherSheets = others }, start), null);
            }

            first ??= problem;
            rows.Dispose();
        }

        return (null, first ?? new FrameProblem(FrameFault.Empty));
    }

    /// <summary>Reads until the header must have come; what was read below it is given to the list again.</summary>
    private static (IReadOnlyList<FrameRow> Start, FrameLayout? Layout, FrameProblem? Problem) Start(IRowSource rows, FindLayout find)
    {
        var start = new List<FrameRow>();
        while (start.Count <= FrameLimits.HeaderRows && rows.Next() is { } row) start.Add(row);
        if (start.TrueForAll(row => row.IsEmpty)) return (start, null, new FrameProblem(FrameFault.Empty));
        var (layout, problem) = find(start);
        if (layout is null) return (start, null, problem);
        var below = start.Where(row => row.Number > layout.HeaderRow).ToList();
        return below.TrueForAll(row => row.IsEmpty) && start.Count <= FrameLimits.HeaderRows
            ? (below, null, new FrameProblem(FrameFault.NoRows))
            : (below, layout, null);
    }

    /// <summary>Finds the header among the first rows.</summary>
    private delegate (FrameLayout? Layout, FrameProblem? Problem) FindLayout(IReadOnlyList<FrameRow> rows);
}
