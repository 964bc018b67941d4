using SurveyDialer.Exports.Notices;
using SurveyDialer.Exports.Reports;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Exports.Xlsx;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>All exports. Each reads one consistent state of the data and is written row by row, so that memory does not depend on its size.</summary>
public sealed class ExportCatalog(Database database, FieldCipher cipher, TimeProvider clock) : IExportCatalog
{
    private const string Csv = "text/csv; charset=utf-8";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The kind with the notices for the villages.</summary>
    public const string NoticeKind = "notices";

    /// <summary>The kind with the follow-up list as a workbook.</summary>
    public const string FollowUpKind = "follow-up-list-xlsx";

    private static readonly Entry[] Entries =
    [
        new("report", "docx", NoticeDocument.ContentType, namesPersons: false, WriteReport),
        new("report-tables", false, true, (source, table) => ReportTables.Write(ReportSource.Read(source), table)),
        new("answers", false, false, AnswersExport.Write) { IsMicrodata = true },
        new("microdata", false, false, MicrodataExport.Write) { IsMicrodata = true },
        new("microdata-xlsx", false, true, MicrodataExport.Write) { IsMicrodata = true },
        new("microdata-spss", "sps", "text/plain; charset=utf-8", namesPersons: false, SpssSyntax.Write),
        new("codebook", false, false, CodebookExport.Write),
        new("dispositions", false, false, DispositionsExport.Write),
        new("field-report", false, false, FieldReportExport.Write),
        new("attempts", false, false, AttemptsExport.Write),
        new("follow-up-list", true, false, FollowUpListExport.Write),
        new(FollowUpKind, true, true, FollowUpListExport.Write),
        new("area-visits", false, false, AreaVisitsExport.Write),
        new(NoticeKind, "docx", NoticeDocument.ContentType, namesPersons: false, WriteNotices),
        new("deletion-certificate", false, false, DeletionCertificate.Write),
        new("sealed", "zip", "application/zip", namesPersons: true, SealedBundle.Write),
        new("rejected-rows", true, false, RejectedRowsExport.WriteTogether),
        new("rejected-rows-xlsx", true, true, RejectedRowsExport.WriteSheets),
    ];

    private delegate void Writing(ExportSource source, ITableWriter table);

    private delegate void WritingFile(ExportSource source, Stream output);

    /// <inheritdoc/>
    public IReadOnlyList<ExportKind> Kinds { get; } = [.. Entries.Select(entry => entry.Kind)];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such kind, or no such campaign.</exception>
    public Task WriteAsync(string kind, long campaignId, Stream output, string language, IProgress<double>? progress, CancellationToken cancellation)
        => WriteAsync(kind, campaignId, without: null, output, language, progress, cancellation);

    /// <inheritdoc/>
    public Task WriteFollowUpListAsync(long campaignId, string worker, Stream output, string language, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(worker);
        return WriteAsync(FollowUpKind, campaignId, worker, output, language, progress: null, cancellation);
    }

    private Task<long> WriteAsync(
        string kind, long campaignId, string? without, Stream output, string language, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(language);
        var entry = Array.Find(Entries, known => known.Kind.Id == kind) ?? throw new ArgumentException($"There is no export '{kind}'.", nameof(kind));
        return Task.Run(
            () => database.Read(connection =>
            {
                var source = ExportSource.Open(database, connection, cipher, clock, campaignId, ExportTexts.Of(language), progress, cancellation, without)
                    ?? throw new ArgumentException($"There is no campaign {campaignId}.", nameof(campaignId));
                if (entry.WriteFile is { } write) write(source, output);
                else Write(entry.IsWorkbook, output, table => entry.Write!(source, table));
                return campaignId;
            }),
            cancellation);
    }

    /// <inheritdoc/>
    public Task WriteRejectedRowsAsync(long frameId, bool workbook, Stream output, string language, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(language);
        return Task.Run(
            () => Write(workbook, output, table => RejectedRowsExport.WriteOne(database, cipher, frameId, ExportTexts.Of(language), table, cancellation)),
            cancellation);
    }

    /// <summary>Heading of the words for the loudspeaker, in the language of a notice.</summary>
    public static string LoudspeakerTitle(string language) => ExportTexts.Of(language)["notices.loudspeaker"];

    private static void WriteReport(ExportSource source, Stream output) => ReportDocument.Write(ReportBuilder.Build(ReportSource.Read(source)), output);

    /// <summary>Those with words that steer answers are not given out; the page of the notices names the words.</summary>
    private static void WriteNotices(ExportSource source, Stream output) => NoticeDocument.Write(
        VillageNotices.Of(source.Connection, source.Campaign.Id, source.Now).Where(notice => notice.Steers.Count == 0), LoudspeakerTitle, output);

    private void Write(bool workbook, Stream output, Action<ITableWriter> write)
    {
        using ITableWriter table = workbook ? new XlsxTable(output, clock.GetUtcNow()) : new CsvTable(output);
        write(table);
        table.Complete();
    }

    private sealed class Entry
    {
        internal Entry(string id, bool namesPersons, bool isWorkbook, Writing write)
            => (Kind, IsWorkbook, Write) = (KindOf(id, isWorkbook ? "xlsx" : "csv", isWorkbook ? Xlsx : Csv, namesPersons), isWorkbook, write);

        internal Entry(string id, string extension, string contentType, bool namesPersons, WritingFile write)
            => (Kind, WriteFile) = (KindOf(id, extension, contentType, namesPersons), write);

        internal ExportKind Kind { get; private set; }

        internal bool IsMicrodata
        {
            get => Kind.IsMicrodata;
            init => Kind = Kind with { IsMicrodata = value };
        }

        internal bool IsWorkbook { get; }

        /// <summary>Null where it is no table.</summary>
        internal Writing? Write { get; }

        internal WritingFile? WriteFile { get; }

        private static ExportKind KindOf(string id, string extension, string contentType, bool namesPersons) => new()
        {
            Id = id,
            Extension = extension,
            ContentType = contentType,
            NamesPersons = namesPersons,
            Chinese = WordsOf(id, ExportTexts.Of("zh-CN")),
            English = WordsOf(id, ExportTexts.Of("en")),
        };

        // The same table as text and as workbook has one name; the ending tells them apart.
        private static ExportWords WordsOf(string id, ExportTexts texts)
        {
            var key = id.Replace("-xlsx", "", StringComparison.Ordinal);
            return new ExportWords(texts[$"{key}.name"], texts[$"{key}.about"]);
        }
    }
}
