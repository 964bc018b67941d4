namespace SurveyDialer.Exports.Tables;

/// <summary>What a cell holds.</summary>
internal enum TableCellKind
{
    Empty,

    /// <summary>Stays text wherever it is opened, whatever it looks like.</summary>
    Text,

    /// <summary>A count or another plain number.</summary>
    Number,

    /// <summary>0 to 1; shown as a percentage in a workbook.</summary>
    Share,

    /// <summary>A calendar day.</summary>
    Date,
}

/// <summary>One cell of an export.</summary>
internal readonly record struct TableCell
{
    private TableCell(TableCellKind kind, string text, double number, int decimals = 1) => (Kind, Text, Number, Decimals) = (kind, text, number, decimals);

    /// <summary>Undefined (a denominator of zero): a dash, never 0.</summary>
    public const string Undefined = "—";

    public TableCellKind Kind { get; }

    /// <summary>Of a text; otherwise empty.</summary>
    public string Text { get => field ?? ""; }

    /// <summary>Of a number or share; of a date its <see cref="DateOnly.DayNumber"/>.</summary>
    public double Number { get; }

    /// <summary>Of the percentage of a share in a workbook: 0, 1 or 2.</summary>
    public int Decimals { get; }

    public static TableCell Of(string? text) => string.IsNullOrEmpty(text) ? default : new TableCell(TableCellKind.Text, text, 0);

    public static TableCell Of(long number) => new(TableCellKind.Number, "", number);

    public static TableCell Of(double number) => new(TableCellKind.Number, "", number);

    public static TableCell Of(long? number) => number is { } known ? Of(known) : default;

    public static TableCell Of(DateOnly? day) => day is { } known ? new TableCell(TableCellKind.Date, "", known.DayNumber) : default;

    /// <param name="share">Null: undefined.</param>
    public static TableCell Share(double? share, int decimals = 1) => share is { } known ? new TableCell(TableCellKind.Share, "", known, decimals) : Of(Undefined);
}

/// <param name="Title">First row.</param>
/// <param name="Width">In a workbook, in narrow characters; a Chinese one takes two.</param>
internal sealed record TableColumn(string Title, int Width);

/// <summary>Writes a table row by row; nothing is kept. A table that is not completed must not look whole.</summary>
internal interface ITableWriter : IDisposable
{
    /// <summary>Begins a table. A text file has one only.</summary>
    void Begin(string name, IReadOnlyList<TableColumn> columns);

    /// <summary>Writes a row; as many cells as columns.</summary>
    void Row(params ReadOnlySpan<TableCell> cells);

    /// <summary>Writes the end of the file.</summary>
    void Complete();
}
