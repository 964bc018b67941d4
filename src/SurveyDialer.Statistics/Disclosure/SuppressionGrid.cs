namespace SurveyDialer.Statistics.Disclosure;

/// <summary>The state of one table while cells are being withheld. Totals are its last row and column.</summary>
internal sealed class SuppressionGrid
{
    private readonly long[,] _values;
    private readonly int _rows;
    private readonly int _columns;
    private readonly bool _columnTotals;
    private readonly long _threshold;
    private readonly Queue<(int Row, int Column)> _unseen;

    public SuppressionGrid(long[,] values, bool columnTotals, long threshold)
    {
        _values = values;
        _columnTotals = columnTotals;
        _threshold = threshold;
        (_rows, _columns) = (values.GetLength(0), values.GetLength(1));
        Display = new CellDisplay[_rows, _columns];
        _unseen = new Queue<(int Row, int Column)>(Published());
        foreach (var (r, c) in Published())
        {
            if (values[r, c] > 0 && values[r, c] < threshold) Display[r, c] = CellDisplay.Small;
        }
    }

    public CellDisplay[,] Display { get; }

    /// <summary>The next hidden cell that has only one possible value, in reading order; null: there is none any more.</summary>
    /// <remarks>What could move still can: withholding more only adds ways round. And what was withheld since lies on a way round itself. So no cell is looked at again.</remarks>
    public (int Row, int Column)? NextFixed()
    {
        while (_unseen.TryPeek(out var cell))
        {
            if (Display[cell.Row, cell.Column] != CellDisplay.Shown && !CanMove(cell)) return cell;
            _unseen.Dequeue();
        }

        return null;
    }

    /// <summary>
    /// Withholds what frees the given cell at the least loss: the fewest further cells of at least t that close a cycle through it together with those
    /// already hidden, a total counting as two, and among equals the smallest counts. False: there is none.
    /// </summary>
    public bool WithholdAnotherFor((int Row, int Column) cell)
    {
        var (up, down) = (CheapestWay(cell, up: true), CheapestWay(cell, up: false));
        var way = up is null || (down is not null && down.Value.Loss.CompareTo(up.Value.Loss) < 0) ? down : up;
        if (way is null) return false;
        foreach (var (r, c) in way.Value.Cells)
        {
            if (IsPublished((r, c)) && Display[r, c] == CellDisplay.Shown) Display[r, c] = CellDisplay.Withheld;
        }

        return true;
    }

    /// <summary>Withholds every count above 0.</summary>
    public void WithholdAll()
    {
        foreach (var (r, c) in Published())
        {
            if (_values[r, c] > 0) Display[r, c] = CellDisplay.Withheld;
        }
    }

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
    private bool CanMove((int Row, int Column) cell) => CheapestWay(cell, up: true) is { Loss.Cells: 0 } || CheapestWay(cell, up: false) is { Loss.Cells: 0 };

    // Dijkstra. Nodes: rows 0.., then columns. A cell's arc runs from its row to its column; the arc of a row or column total runs backwards, so that
    // "the parts add up to the total" is "what flows in flows out" at every node. What is hidden already and can move costs nothing.
    private ((int Cells, long Persons) Loss, List<(int Row, int Column)> Cells)? CheapestWay((int Row, int Column) cell, bool up)
    {
        if (!Room(cell.Row, cell.Column, up)) return null;
        var (from, to) = Ends(cell.Row, cell.Column);
        var (start, goal) = up ? (to, from) : (from, to);
        var nodes = _rows + _columns;
        var best = new (int Cells, long Persons)?[nodes];
        var came = new (int Node, int Row, int Column)[nodes];
        var open = new PriorityQueue<int, (int Cells, long Persons)>();
        best[start] = (0, 0);
        open.Enqueue(start, (0, 0));
        while (open.TryDequeue(out var node, out var loss))
        {
            if (node == goal) return (loss, Back(came, start, goal));
            if (loss.CompareTo(best[node]!.Value) > 0) continue;
            for (var other = 0; other < (node < _rows ? _columns : _rows); other++)
            {
                var (r, c) = node < _rows ? (node, other) : (other, node - _rows);
                if ((r, c) == cell || LossOf(r, c, up: Ends(r, c).From == node) is not { } more) continue;
                var next = node < _rows ? _rows + other : other;
                (int Cells, long Persons) sum = (loss.Cells + more.Cells, loss.Persons + more.Persons);
                if (best[next] is { } known && known.CompareTo(sum) <= 0) continue;
                (best[next], came[next]) = (sum, (node, r, c));
                open.Enqueue(next, sum);
            }
        }

        return null;
    }

    private static List<(int Row, int Column)> Back((int Node, int Row, int Column)[] came, int start, int goal)
    {
        var cells = new List<(int, int)>();
        for (var node = goal; node != start; node = came[node].Node) cells.Add((came[node].Row, came[node].Column));
        return cells;
    }

    // What is lost when a change is carried through a cell; null: it cannot be. A small count is never withheld besides: it reads "<t" already.
    private (int Cells, long Persons)? LossOf(int r, int c, bool up)
    {
        if (Room(r, c, up)) return (0, 0);
        if (Display[r, c] != CellDisplay.Shown || _values[r, c] < (up ? _threshold : _threshold + 1)) return null;
        return (IsTotal((r, c)) ? 2 : 1, _values[r, c]);
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
