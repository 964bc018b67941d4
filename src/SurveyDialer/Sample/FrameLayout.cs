namespace SurveyDialer.Sample;

/// <summary>A column of a list and what it holds.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Title">As the list names it; of two header rows the lower, or the upper where the lower is empty.</param>
/// <param name="Role">Null: unknown, not imported.</param>
public sealed record FrameColumn(int Index, string Title, ColumnRole? Role)
{
    /// <summary>Title and letter, for messages: <c>手机（D）</c>.</summary>
    public string Label => Title.Length == 0 ? ColumnLetters.Of(Index) : $"{Title}（{ColumnLetters.Of(Index)}）";
}

/// <summary>Where the rows of a list begin and what its columns hold.</summary>
public sealed record FrameLayout
{
    /// <summary>Number of the header's last row; 0 when the mapping says that there is none.</summary>
    public required int HeaderRow { get; init; }

    /// <summary>All columns with a title or a role.</summary>
    public required IReadOnlyList<FrameColumn> Columns { get; init; }

    /// <summary>The sheet that is read; null for a .csv.</summary>
    public string? Sheet { get; init; }

    /// <summary>Other sheets of the workbook that hold rows; they are not read.</summary>
    public IReadOnlyList<string> OtherSheets { get; init; } = [];

    /// <summary>Columns that nobody knows; shown, so that a person can map them.</summary>
    public IEnumerable<FrameColumn> Unknown => Columns.Where(column => column.Role is null);

    internal int Column(ColumnRole role) => Columns.FirstOrDefault(column => column.Role == role)?.Index ?? -1;

    internal IReadOnlyList<FrameColumn> All(ColumnRole role) => [.. Columns.Where(column => column.Role == role)];
}

/// <summary>A mapping that a person gives where names do not tell.</summary>
public sealed record ColumnMapping
{
    /// <summary>Column title (as in the list, width and case do not matter) or letter → what it holds.</summary>
    public required IReadOnlyDictionary<string, ColumnRole> Columns { get; init; }

    /// <summary>Number of the header's last row; 0: there is none and letters are used; null: to be found.</summary>
    public int? HeaderRow { get; init; }
}
