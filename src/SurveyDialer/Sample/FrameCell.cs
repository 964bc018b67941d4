using System.Globalization;

namespace SurveyDialer.Sample;

/// <summary>One cell as stored: a text, a number, or nothing.</summary>
/// <param name="Text">Of a text cell; null otherwise.</param>
/// <param name="Number">Of a number cell; null otherwise. Its display in the spreadsheet does not count.</param>
public readonly record struct FrameCell(string? Text, double? Number)
{
    /// <summary>Nothing, or blanks only.</summary>
    public bool IsEmpty => Number is null && string.IsNullOrWhiteSpace(Text);

    /// <summary>Trimmed text; a number as its shortest exact digits.</summary>
    public override string ToString() => Number switch
    {
        null => Text?.Trim() ?? "",
        { } whole when whole == Math.Floor(whole) && Math.Abs(whole) < 1e15 => ((long)whole).ToString(CultureInfo.InvariantCulture),
        { } other => other.ToString("R", CultureInfo.InvariantCulture),
    };
}

/// <summary>One row of a list.</summary>
/// <param name="Number">As the spreadsheet counts: 1 is the first row of the sheet.</param>
/// <param name="Cells">May be shorter than the header.</param>
public sealed record FrameRow(int Number, IReadOnlyList<FrameCell> Cells)
{
    /// <summary>The cell of a column (from 0); empty beyond the end.</summary>
    public FrameCell this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : default;

    /// <summary>True when no cell holds anything.</summary>
    public bool IsEmpty => Cells.All(cell => cell.IsEmpty);
}
