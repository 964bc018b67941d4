using System.Text;

namespace SurveyDialer.Sample;

/// <summary>Finds the header among the first rows of a list: titles above it, two header rows and merged cells are usual.</summary>
internal static class HeaderFinder
{
    /// <param name="rows">The first rows; merged cells filled.</param>
    /// <param name="mapping">Given by a person, or null.</param>
    internal static (FrameLayout? Layout, FrameProblem? Problem) Find(IReadOnlyList<FrameRow> rows, ColumnMapping? mapping)
    {
        if (mapping is not null) return FindMapped(rows, mapping);
        Candidate? best = null;
        for (var index = 0; index < rows.Count; index++)
        {
            foreach (var (candidate, alone) in At(rows, index))
            {
                // Merged downwards, both halves of a header name all columns by themselves: its last row is where the people begin.
                if (best is null || candidate.Score > best.Score || (alone && candidate.Score == best.Score && candidate.Row == best.Row + 1)) best = candidate;
            }
        }

        if (best is null || best.Score == 0)
            return (null, FirstIsPerson(rows) is { } person ? Absent(person) : new FrameProblem(FrameFault.HeaderMissing, Describe(rows.FirstOrDefault(row => !row.IsEmpty))));
        if (best.Columns.TrueForAll(column => column.Role != ColumnRole.Phone))
            return (null, new FrameProblem(FrameFault.PhoneColumnMissing, $"{best.Row}", string.Join("、", best.Columns.Select(column => column.Title))));
        var (columns, problem) = Settle(best.Columns);
        return problem is null ? (new FrameLayout { HeaderRow = best.Row, Columns = columns }, null) : (null, problem);
    }

    /// <summary>The row with most of these names; of columns with other names nothing is wanted.</summary>
    internal static (FrameLayout? Layout, FrameProblem? Problem) FindTitles(IReadOnlyList<FrameRow> rows, Func<string, bool> isTitle)
    {
        var header = rows.MaxBy(row => Titles(row).Count(isTitle));
        if (header is null || !Titles(header).Any(isTitle)) return (null, new FrameProblem(FrameFault.TitlesMissing));
        var columns = Titles(header).Select((title, index) => new FrameColumn(index, title, isTitle(title) ? ColumnRole.Unused : null)).Where(column => column.Title.Length > 0);
        return (new FrameLayout { HeaderRow = header.Number, Columns = [.. columns] }, null);
    }

    private static IEnumerable<(Candidate Candidate, bool Alone)> At(IReadOnlyList<FrameRow> rows, int index)
    {
        var upper = rows[index];
        yield return (Read(upper.Number, Titles(upper)), true);
        if (index + 1 < rows.Count && !IsBanner(upper)) yield return (Read(rows[index + 1].Number, Combined(upper, rows[index + 1])), false);
    }

    /// <summary>The title of the whole sheet, merged over its columns, is no upper half of a header.</summary>
    private static bool IsBanner(FrameRow row)
    {
        var titles = Titles(row).Where(title => title.Length > 0).ToList();
        return titles.Count > 1 && titles.TrueForAll(title => title == titles[0]);
    }

    private static string[] Titles(FrameRow row) => [.. row.Cells.Select(cell => cell.Number is null ? cell.ToString() : "")];

    /// <summary>The lower title where it is known, else the upper; an upper title spans the empty cells to its right.</summary>
    private static string[] Combined(FrameRow upper, FrameRow lower)
    {
        var above = Titles(upper);
        var below = Titles(lower);
        var titles = new string[Math.Max(above.Length, below.Length)];
        for (var column = 0; column < titles.Length; column++)
        {
            var high = column < above.Length ? above[column] : "";
            var low = column < below.Length ? below[column] : "";
            titles[column] = low.Length > 0 && (high.Length == 0 || ColumnNames.Recognise(low) is not null || ColumnNames.Recognise(high) is null) ? low : high;
        }

        return titles;
    }

    /// <summary>Known names count; a row that holds numbers, or most of whose texts are unknown, is no header.</summary>
    private static Candidate Read(int row, string[] titles)
    {
        var columns = new List<FrameColumn>();
        var usual = 0;
        for (var column = 0; column < titles.Length; column++)
        {
            if (titles[column].Length == 0) continue;
            var role = ColumnNames.Recognise(titles[column]);
            if (role is { Exact: true }) usual++;
            columns.Add(new FrameColumn(column, titles[column], role?.Role));
        }

        var titlesApart = columns.Select(column => column.Title).Distinct().Count();
        var recognised = columns.Count(column => column.Role is not null);
        var likely = recognised > 0 && (columns.Count == 1 || titlesApart > 1) && !columns.Exists(column => HoldsNumber(column.Title));
        var phones = columns.Count(column => column.Role == ColumnRole.Phone);
        return new Candidate(row, columns, likely ? (recognised * 4) + usual + (phones > 0 ? 2 : 0) - columns.Count(column => column.Role is null) : 0);
    }

    /// <summary>Whether a row is somebody on the list rather than the names of its columns: one of its cells is a number and nothing else.</summary>
    internal static bool IsPerson(FrameRow row) => row.Cells.Any(cell => cell.Number is >= 1_000_000 || (cell.Text is { } text && IsNumber(text.Normalize(NormalizationForm.FormKC))));

    private static bool IsNumber(string text)
        => text.Count(char.IsAsciiDigit) >= 7 && text.All(c => char.IsAsciiDigit(c) || char.IsWhiteSpace(c) || c is '-' or '+' or '(' or ')' or '*' or '、' or '/');

    /// <summary>The first row with more than a title in it, where it is a person.</summary>
    private static FrameRow? FirstIsPerson(IReadOnlyList<FrameRow> rows)
        => rows.FirstOrDefault(row => row.Cells.Count(cell => !cell.IsEmpty) > 1 && !IsBanner(row)) is { } first && IsPerson(first) ? first : null;

    private static FrameProblem Absent(FrameRow person) => new(FrameFault.HeaderAbsent, $"{person.Number}");

    private static bool HoldsNumber(string title) => title.Count(char.IsDigit) >= 6;

    /// <summary>A thing that a row has once is taken from the column with the usual name; two equal claims for the name are asked about.</summary>
    private static (List<FrameColumn> Columns, FrameProblem? Problem) Settle(List<FrameColumn> columns)
    {
        var settled = columns.ToList();
        foreach (var claims in columns.Where(column => column.Role is not (null or ColumnRole.Phone or ColumnRole.Unused)).GroupBy(column => column.Role))
        {
            var best = claims.Where(column => ColumnNames.Recognise(column.Title) is { Exact: true }).DefaultIfEmpty(claims.First()).ToList();
            if (best.Count > 1 && claims.Key == ColumnRole.Name)
                return (settled, new FrameProblem(FrameFault.ColumnTwice, best[0].Title, string.Join("、", best.Select(column => ColumnLetters.Of(column.Index)))));
            foreach (var loser in claims.Where(column => column != best[0])) settled[settled.IndexOf(loser)] = loser with { Role = null };
        }

        return (settled, null);
    }

    private static (FrameLayout? Layout, FrameProblem? Problem) FindMapped(IReadOnlyList<FrameRow> rows, ColumnMapping mapping)
    {
        if (mapping.HeaderRow == 0)
        {
            var (layout, problem) = Map(0, [], mapping);
            return problem?.Fault == FrameFault.PhoneColumnMissing && rows.FirstOrDefault(row => !row.IsEmpty) is { } first ? (null, Absent(first)) : (layout, problem);
        }

        var wanted = mapping.Columns.Keys.Select(ColumnNames.Fold).ToHashSet();
        var header = mapping.HeaderRow is { } given
            ? rows.FirstOrDefault(row => row.Number == given)
            : rows.MaxBy(row => Titles(row).Count(title => wanted.Contains(ColumnNames.Fold(title))) + (Titles(row).Any(title => ColumnNames.Recognise(title) is not null) ? 1 : 0));
        if (header is null) return (null, new FrameProblem(FrameFault.HeaderMissing, Describe(rows.FirstOrDefault(row => !row.IsEmpty))));
        // Taken for the header, somebody would vanish, and messages would name the number as a column.
        return IsPerson(header) ? (null, Absent(header)) : Map(header.Number, Titles(header), mapping);
    }

    private static (FrameLayout? Layout, FrameProblem? Problem) Map(int row, string[] titles, ColumnMapping mapping)
    {
        var columns = titles.Select((title, index) => new FrameColumn(index, title, null)).Where(column => column.Title.Length > 0).ToList();
        foreach (var (key, role) in mapping.Columns)
        {
            var found = columns.FindIndex(column => ColumnNames.Fold(column.Title) == ColumnNames.Fold(key));
            if (found >= 0) columns[found] = columns[found] with { Role = role };
            else if (ColumnLetters.Read(key) is { } index && index < FrameLimits.Columns) Place(columns, index, role);
            else return (null, new FrameProblem(FrameFault.MappedColumnMissing, key, string.Join("、", columns.Select(column => column.Title))));
        }

        return columns.Exists(column => column.Role == ColumnRole.Phone)
            ? (new FrameLayout { HeaderRow = row, Columns = columns }, null)
            : (null, new FrameProblem(FrameFault.PhoneColumnMissing, $"{row}", string.Join("、", columns.Select(column => column.Title))));
    }

    private static void Place(List<FrameColumn> columns, int index, ColumnRole role)
    {
        var at = columns.FindIndex(column => column.Index == index);
        if (at >= 0) columns[at] = columns[at] with { Role = role };
        else columns.Add(new FrameColumn(index, "", role));
    }

    private static string Describe(FrameRow? row)
    {
        if (row is null) return "";
        var titles = row.Cells.Where(cell => !cell.IsEmpty && cell.Number is null).Select(cell => cell.ToString()).Where(text => !HoldsNumber(text));
        return string.Join("、", titles.Take(8).Select(text => text.Length > 20 ? text[..20] + "…" : text));
    }

    private sealed record Candidate(int Row, List<FrameColumn> Columns, int Score);
}
