using System.Globalization;
using System.Resources;

namespace SurveyDialer.Sample;

/// <summary>Why a list cannot be read, or one of its rows not used.</summary>
public enum FrameFault
{
    /// <summary>No such file. Argument: path.</summary>
    FileMissing,

    /// <summary>Another program holds the file, or it may not be read. Argument: path.</summary>
    FileLocked,

    /// <summary>Nothing in it.</summary>
    Empty,

    /// <summary>Argument: what the content shows that it is (PDF, Word …).</summary>
    WrongType,

    /// <summary>A web page or XML with the ending of a workbook, as other systems export them.</summary>
    WebPage,

    /// <summary>An OpenDocument spreadsheet.</summary>
    OpenDocument,

    /// <summary>The workbook asks for a password.</summary>
    PasswordProtected,

    /// <summary>Cut off or damaged.</summary>
    Damaged,

    /// <summary>Unpacks to far more than a list needs. Argument: limit in MB.</summary>
    UnpacksTooLarge,

    /// <summary>A cell that no telephone list has. Arguments: row, column, limit in characters.</summary>
    CellTooLarge,

    /// <summary>A quotation mark opened in this row is not closed. Argument: row.</summary>
    QuoteNotClosed,

    /// <summary>A row of a text beyond any length: a huge cell, or a quotation mark that swallows the rows below. Arguments: row, limit in characters.</summary>
    RowTooLong,

    /// <summary>No row among the first 20 has column names that are known. Argument: the first row's cells.</summary>
    HeaderMissing,

    /// <summary>People begin in the first row, or in the one that was called the header. Argument: its number.</summary>
    HeaderAbsent,

    /// <summary>None of the column names that the sheet should have.</summary>
    TitlesMissing,

    /// <summary>A header without any column of numbers. Arguments: row, its names.</summary>
    PhoneColumnMissing,

    /// <summary>Two columns for one thing that a row has once. Arguments: the thing, the columns' letters.</summary>
    ColumnTwice,

    /// <summary>The given mapping names a column that the list lacks. Arguments: the name, the list's names.</summary>
    MappedColumnMissing,

    /// <summary>A header and nothing below it.</summary>
    NoRows,

    /// <summary>A row without any telephone number.</summary>
    NumberMissing,

    /// <summary>A name, area or address longer than any. Argument: limit in characters.</summary>
    TextTooLong,

    /// <summary>Nobody knows this language; the row is imported without it.</summary>
    LanguageUnknown,
}

/// <summary>Something that keeps a list from being read; put into words at the edge.</summary>
/// <param name="Fault">What.</param>
/// <param name="Arguments">For the words.</param>
public sealed record FrameProblem(FrameFault Fault, params IReadOnlyList<string> Arguments)
{
    /// <summary>What happened and what to do, in the language of <paramref name="culture"/> (Chinese unless English).</summary>
    public string InWords(CultureInfo culture) => SampleTexts.Say(Fault.ToString(), Arguments, culture);
}

/// <summary>The texts of this room.</summary>
internal static class SampleTexts
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Sample.SampleTexts", typeof(SampleTexts).Assembly);

    internal static string Say(string key, IReadOnlyList<string> arguments, CultureInfo culture)
        => string.Format(CultureInfo.InvariantCulture, Texts.GetString(key, culture)!, [.. arguments]);
}
