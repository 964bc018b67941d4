namespace SurveyDialer.Statistics.Disclosure;

/// <summary>How one cell is shown.</summary>
public enum CellDisplay
{
    /// <summary>The number itself.</summary>
    Shown,

    /// <summary>"&lt;5": a small count of persons.</summary>
    Small,

    /// <summary>"*": withheld, so that a total does not give another cell away.</summary>
    Withheld,
}

/// <summary>Counts of persons, rows by columns, published together with totals of rows, columns and all.</summary>
/// <param name="Cells">Not negative.</param>
/// <param name="ColumnTotals">Whether the totals of the columns are published; a single row has none.</param>
public sealed record CountTable(IReadOnlyList<IReadOnlyList<long>> Cells, bool ColumnTotals = true)
{
    /// <summary>Counts from 1 to one below this are small.</summary>
    public const long DefaultThreshold = 5;

    /// <summary>What stands in place of a small count.</summary>
    public static string SmallText => $"<{DefaultThreshold}";

    /// <summary>Whether a count of persons is one that is not told: from 1 to one below <see cref="DefaultThreshold"/>.</summary>
    public static bool IsSmall(long count) => count is > 0 and < DefaultThreshold;

    /// <summary>How each cell is shown; the last row and the last column stand for the totals.</summary>
    /// <remarks>
    /// Small counts are shown as "&lt;t". Then cells of at least t are withheld until no hidden cell can be worked out from what is published. Readers
    /// are taken to know that "&lt;t" is 1 to t − 1 and that "*" is at least t. Whether a cell is fixed is exact: the table with its totals is a
    /// circulation over rows and columns, and a hidden cell has a second possible value exactly when a cycle through it exists in which every other
    /// hidden cell can move by one. Each fixed cell is freed by the cycle that withholds the fewest further cells (a total counts as two), among equals
    /// the smallest counts. Where no cycle can be closed, all counts above 0 are withheld.
    /// </remarks>
    /// <param name="threshold">At least 2.</param>
    public CellDisplay[,] Suppress(long threshold = DefaultThreshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 2);
        var grid = new SuppressionGrid(Values(), ColumnTotals, threshold);
        while (grid.NextFixed() is { } cell)
        {
            if (!grid.WithholdAnotherFor(cell))
            {
                grid.WithholdAll();
                break;
            }
        }

        return grid.Display;
    }

    /// <summary>The counts with totals in the last row and column.</summary>
    public long[,] Values()
    {
        int rows = Cells.Count, columns = rows == 0 ? 0 : Cells[0].Count;
        var values = new long[rows + 1, columns + 1];
        for (var r = 0; r < rows; r++)
        {
            if (Cells[r].Count != columns) throw new InvalidOperationException("Every row of a table has the same number of columns.");
            for (var c = 0; c < columns; c++)
            {
                var value = Cells[r][c];
                if (value < 0) throw new InvalidOperationException("A count of persons is not negative.");
                values[r, c] = value;
                values[r, columns] += value;
                values[rows, c] += value;
                values[rows, columns] += value;
            }
        }

        return values;
    }
}
