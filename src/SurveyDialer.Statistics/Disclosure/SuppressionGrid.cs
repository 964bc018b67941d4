namespace SurveyDialer.Statistics.Disclosure;

/// <summary>The state of one table while cells are being withheld. Totals are its last row and column.</summary>
internal sealed class SuppressionGrid
{
    private readonly long[,] _values;
    private readonly int _rows;
    private readonly int _columns;
    private readonly bool _columnTotals;
    private readonly long _threshold;

    public SuppressionGrid(long[,] values, bool columnTotals, long threshold)
    {
        _values = values;
        _columnTotals = columnTotals;
        _threshold = threshold;
        (_rows, _columns) = (values.GetLength(0), values.GetLength(1));
        Display = new CellDisplay[_rows, _columns];
        foreach (var (r, c) in Published())
        {
            if (values[r, c] > 0 && values[r, c] < threshold) Display[r, c] = CellDisplay.Small;
        }
    }

    public CellDisplay[,] Display { get; }

    /// <summary>The first hidden cell that has only one possible value, in reading order.</summary>
    public (int Row, int Column)? FirstFixed()
    {
        foreach (var cell in Published())
        {
            if (Display[cell.Row, cell.Column] != CellDisplay.Shown && !CanMove(cell)) return cell;
        }

        return null;
    }

    /// <summary>Withholds a further cell of at least t to free the given one: in a line where something hides alone, else in the cell's own lines,
    /// else anywhere. Parts go before totals, then cells whose crossing line hides something already, then the smallest. False: there is none.</summary>
    public bool WithholdAnotherFor((int Row, int Column) cell)
    {
        var lines = Lines().Where(line => Hidden(line) == 1).ToList();
        lines.Add([.. Published().Where(c => c.Row == cell.Row || c.Column == cell.Column)]);
        lines.Add([.. Published()]);
        foreach (var line in lines)
        {
            var candidates = line.Where(c => Display[c.Row, c.Column] == CellDisplay.Shown && _values[c.Row, c.Column] >= _threshold)
                .OrderBy(IsTotal).ThenBy(c => HasHiddenAcross(c) ? 0 : 1).ThenBy(c => _values[c.Row, c.Column]).ToList();
            if (candidates.Count == 0) continue;
            Display[candidates[0].Row, candidates[0].Column] = CellDisplay.Withheld;
            return true;
        }

        return false;

        bool HasHiddenAcross((int Row, int Column) candidate) => candidate.Row == cell.Row
            ? !_columnTotals || Published().Any(c => c.Column == candidate.Column && Display[c.Row, c.Column] != CellDisplay.Shown)
            : Published().Any(c => c.Row == candidate.Row && Display[c.Row, c.Column] != CellDisplay.Shown);
    }

    /// <summary>Withholds every count above 0.</summary>
    public void WithholdAll()
    {
        foreach (var (r, c) in Published())
        {
            if (_values[r, c] > 0) Display[r, c] = CellDisplay.Withheld;
        }
    }

    private int Hidden(List<(int Row, int Column)> line) => line.Count(c => Display[c.Row, c.Column] != CellDisplay.Shown);

    // Where totals of columns are not published, a column binds nothing.
    private IEnumerable<List<(int Row, int Column)>> Lines() => Published().GroupBy(c => c.Row).Select(g => g.ToList())
        .Concat(_columnTotals ? Published().GroupBy(c => c.Column).Select(g => g.ToList()) : []);

    private bool IsTotal((int Row, int Column) cell) => cell.Row == _rows - 1 || cell.Column == _columns - 1;

    private bool IsPublished((int Row, int Column) cell) => _columnTotals || cell.Row < _rows - 1;

    private IEnumerable<(int Row, int Column)> Published()
    {
        for (var r = 0; r < (_columnTotals ? _rows : _rows - 1); r++)
        {
            for (var c = 0; c < _columns; c++) yield return (r, c);
        }
    }

    // Up or down by one, the change carried round a cycle of other hidden cells.
    private bool CanMove((int Row, int Column) cell) =>
        (Room(cell.Row, cell.Column, up: true) && Reaches(cell, up: true)) || (Room(cell.Row, cell.Column, up: false) && Reaches(cell, up: false));

    // Nodes: rows 0.., then columns. A cell's arc runs from its row to its column; the arc of a row or column total runs backwards, so that
    // "the parts add up to the total" is "what flows in flows out" at every node.
    private bool Reaches((int Row, int Column) cell, bool up)
    {
        var (from, to) = Ends(cell.Row, cell.Column);
        var (start, goal) = up ? (to, from) : (from, to);
        var seen = new bool[_rows + _columns];
        var open = new Stack<int>([start]);
        seen[start] = true;
        while (open.TryPop(out var node))
        {
            if (node == goal) return true;
            for (var other = 0; other < (node < _rows ? _columns : _rows); other++)
            {
                var (r, c) = node < _rows ? (node, other) : (other, node - _rows);
                var next = node < _rows ? _rows + other : other;
                if (seen[next] || (r, c) == cell) continue;
                if (!Room(r, c, up: Ends(r, c).From == node)) continue;
                seen[next] = true;
                open.Push(next);
            }
        }

        return false;
    }

    private (int From, int To) Ends(int r, int c) => (r == _rows - 1) ^ (c == _columns - 1) ? (_rows + c, r) : (r, _rows + c);

    private bool Room(int r, int c, bool up)
    {
        // An unpublished total may be anything.
        if (!IsPublished((r, c))) return true;
        return Display[r, c] switch
        {
            CellDisplay.Shown => false,
            CellDisplay.Small => up ? _values[r, c] < _threshold - 1 : _values[r, c] > 1,
            CellDisplay.Withheld => up || _values[r, c] > _threshold,
            _ => throw new InvalidOperationException("Every way to show a cell is named."),
        };
    }
}
