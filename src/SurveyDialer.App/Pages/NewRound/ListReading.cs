using System.Globalization;
using System.Text.RegularExpressions;
using System.Text;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>A column of an uploaded list, as a person is asked about it.</summary>
/// <param name="Letter">As the spreadsheet calls it.</param>
/// <param name="Examples">Of the first rows; numbers and names masked.</param>
internal sealed record ListColumn(string Letter, string Title, ColumnRole? Role, IReadOnlyList<string> Examples);

/// <summary>An uploaded list as far as it can be read.</summary>
/// <param name="Problem">What keeps it from being imported; null when nothing does.</param>
/// <param name="HeaderRow">Last row of the header; 0: people begin in the first row.</param>
/// <param name="Township">Named by the first rows; empty when they name none.</param>
internal sealed record ListLook(FrameProblem? Problem, int HeaderRow, IReadOnlyList<ListColumn> Columns, string? Sheet, IReadOnlyList<string> OtherSheets, string Township);

/// <summary>Reads an uploaded list with the columns that were found or that a person has named.</summary>
internal static partial class ListReading
{
    private const int Examples = 3;
    private const int HeaderLooks = 12;

    [GeneratedRegex(@"\d[\d\s\-－—()（）]{4,}\d")]
    private static partial Regex NumberLike { get; }

    [GeneratedRegex(@"^\p{IsCJKUnifiedIdeographs}{2,4}$")]
    private static partial Regex NameLike { get; }

    /// <summary>What columns hold, for the drop-downs; nothing else of a row is imported.</summary>
    internal static IReadOnlyList<ColumnRole> Roles { get; } = [.. Enum.GetValues<ColumnRole>().Where(role => role != ColumnRole.Unused)];

    /// <summary>A person's mapping; null where nothing was changed.</summary>
    internal static ColumnMapping? MappingOf(RoundPlan plan) => plan.Columns.Count == 0 && plan.HeaderRow is null ? null : new ColumnMapping
    {
        Columns = plan.Columns.Where(pair => pair.Value.Length > 0).ToDictionary(pair => pair.Key, pair => Enum.Parse<ColumnRole>(pair.Value), StringComparer.Ordinal),
        HeaderRow = plan.HeaderRow,
    };

    internal static FrameImportRequest Request(RoundPlan plan, DialSettings dial) => new()
    {
        Name = plan.FileName, Source = plan.Source, LegalBasis = plan.LegalBasis, Township = plan.Township,
        Population = plan.Population.Length > 0 ? plan.Population : FrameStore.Residents,
        Dial = dial.For(plan.AreaCode),
    };

    /// <param name="open">Opens the list from its beginning, as often as it is asked.</param>
    internal static ListLook Look(Func<Stream> open, RoundPlan plan)
    {
        var stream = open();
        var (file, problem) = FrameReader.Open(stream, plan.FileName, MappingOf(plan));
        if (file is null)
        {
            stream.Dispose();
            return LookUnread(open, plan, problem!);
        }

        using (file)
        {
            var rows = new List<FrameRow>();
            while (rows.Count < Examples && file.Next() is { } row) rows.Add(row);
            var layout = file.Layout;
            var all = layout.HeaderRow > 0 ? layout.Columns : [.. Enumerable.Range(0, rows.Max(row => row.Cells.Count)).Select(index => layout.Columns.FirstOrDefault(column => column.Index == index) ?? new FrameColumn(index, "", null))];
            var columns = all.OrderBy(column => column.Index).Select(column => new ListColumn(
                Letter(column.Index), column.Title, column.Role is ColumnRole.Unused ? null : column.Role, [.. rows.Select(row => Masked(row[column.Index], column.Role))]));
            var township = layout.Columns.FirstOrDefault(column => column.Role == ColumnRole.Township);
            return new ListLook(
                null, layout.HeaderRow, [.. columns], layout.Sheet, layout.OtherSheets,
                township is null ? "" : rows.Select(row => row[township.Index].ToString()).FirstOrDefault(text => text.Length > 0) ?? "");
        }
    }

    /// <summary>Where no header was found, or one without telephones: the first rows are shown, and a person says which it is.</summary>
    private static ListLook LookUnread(Func<Stream> open, RoundPlan plan, FrameProblem problem)
    {
        using var stream = open();
        var rows = FrameReader.FirstRows(stream, HeaderLooks);
        if (problem.Fault == FrameFault.HeaderAbsent) return new ListLook(problem, 0, [.. Guessed(rows, plan)], null, [], "");
        var header = plan.HeaderRow is { } given ? rows.FirstOrDefault(row => row.Number == given) : rows.MaxBy(row => row.Cells.Count(cell => cell is { IsEmpty: false, Number: null }));
        if (header is null) return new ListLook(problem, 0, [], null, [], "");
        var below = rows.Where(row => row.Number > header.Number && !row.IsEmpty).Take(Examples).ToList();
        var columns = Enumerable.Range(0, rows.Max(row => row.Cells.Count)).Select(index => new ListColumn(
            Letter(index), header[index].ToString(), plan.Columns.GetValueOrDefault(Letter(index)) is { Length: > 0 } role ? Enum.Parse<ColumnRole>(role) : null,
            [.. below.Select(row => Masked(row[index], null))]));
        return new ListLook(problem, header.Number, [.. columns.Where(column => column.Title.Length > 0 || column.Examples.Any(text => text.Length > 0))], null, [], "");
    }

    /// <summary>The columns of a list without a header; what they look like is proposed, and a person looks at it.</summary>
    private static IEnumerable<ListColumn> Guessed(IReadOnlyList<FrameRow> rows, RoundPlan plan)
    {
        var people = rows.Where(row => !row.IsEmpty).ToList();
        var named = false;
        for (var index = 0; index < people.Max(row => row.Cells.Count); index++)
        {
            var cells = people.Select(row => row[index]).Where(cell => !cell.IsEmpty).ToList();
            if (cells.Count == 0) continue;
            ColumnRole? role = plan.Columns.GetValueOrDefault(Letter(index)) is { Length: > 0 } said ? Enum.Parse<ColumnRole>(said)
                : plan.Columns.Count > 0 ? null
                : cells.TrueForAll(cell => PhoneParser.Parse(cell.ToString(), new DialDefaults()) is { Numbers.Count: > 0 } or { Problems: [{ Fault: PhoneFault.AreaCodeMissing }, ..] }) ? ColumnRole.Phone
                : !named && cells.TrueForAll(cell => NameLike.IsMatch(cell.ToString())) ? ColumnRole.Name
                : null;
            named |= role == ColumnRole.Name;
            // Whatever is not known yet may be a name.
            yield return new ListColumn(Letter(index), "", role, [.. cells.Take(Examples).Select(cell => Masked(cell, role ?? (NameLike.IsMatch(cell.ToString()) ? ColumnRole.Name : null)))]);
        }
    }

    /// <summary>Enough of a cell to know what its column holds.</summary>
    internal static string Masked(FrameCell cell, ColumnRole? role)
    {
        var text = cell.ToString();
        if (text.Length == 0) return "";
        if (role == ColumnRole.Name) return Show.MaskedName(text);
        var masked = NumberLike.Replace(text.Normalize(NormalizationForm.FormKC), match => Hidden(match.Value));
        return new StringInfo(masked) is { LengthInTextElements: > 24 } info ? info.SubstringByTextElements(0, 24) + "…" : masked;
    }

    private static string Hidden(string number) => number[..2] + new string('*', number.Length - 4) + number[^2..];

    private static string Letter(int column) => column < 26 ? $"{(char)('A' + column)}" : Letter((column / 26) - 1) + Letter(column % 26);
}
