namespace SurveyDialer.Exports;

/// <summary>What can be taken out of the program, and how it is written. Reads only.</summary>
public interface IExportCatalog
{
    /// <summary>Every kind, in the order in which a page offers them.</summary>
    IReadOnlyList<ExportKind> Kinds { get; }

    /// <summary>Writes one export of one campaign.</summary>
    /// <param name="kind"><see cref="ExportKind.Id"/> of one of <see cref="Kinds"/>.</param>
    /// <param name="output">Not closed.</param>
    /// <param name="language"><c>zh-CN</c> or <c>en</c>: headings and words.</param>
    /// <param name="progress">From 0 to 1, where the export is long; null when nobody watches.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    Task WriteAsync(string kind, long campaignId, Stream output, string language, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>What is left to do on the follow-up list, as .xlsx, for somebody who takes it along: without those whom that person interviewed.</summary>
    /// <param name="worker">As the name stands on calls and cases.</param>
    /// <param name="output">Not closed.</param>
    /// <param name="language"><c>zh-CN</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentException">There is no such campaign.</exception>
    Task WriteFollowUpListAsync(long campaignId, string worker, Stream output, string language, CancellationToken cancellation);

    /// <summary>The rejected rows of one list, whether or not a campaign uses it: corrected and saved, they can be imported again.</summary>
    /// <param name="workbook">True for .xlsx, false for .csv.</param>
    /// <param name="output">Not closed.</param>
    /// <param name="language"><c>zh-CN</c> or <c>en</c>.</param>
    Task WriteRejectedRowsAsync(long frameId, bool workbook, Stream output, string language, CancellationToken cancellation);
}

/// <summary>One thing that can be exported.</summary>
public sealed record ExportKind
{
    /// <summary>Unique; lower case, for example <c>answers</c> or <c>cases-xlsx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Ending of the file's name, without the dot.</summary>
    public required string Extension { get; init; }

    /// <summary>MIME type.</summary>
    public required string ContentType { get; init; }

    /// <summary>True when the file holds names or whole numbers: taking it out is written down.</summary>
    public required bool NamesPersons { get; init; }

    /// <summary>True when the file holds answers interview by interview: taking it out is written down.</summary>
    public bool IsMicrodata { get; init; }

    /// <summary>Words of the Chinese page.</summary>
    public required ExportWords Chinese { get; init; }

    /// <summary>Words of the English page.</summary>
    public required ExportWords English { get; init; }
}

/// <param name="Name">What the file is called.</param>
/// <param name="About">One sentence: one row is what, and what it is for.</param>
public sealed record ExportWords(string Name, string About);
