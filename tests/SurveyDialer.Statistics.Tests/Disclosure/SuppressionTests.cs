using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Statistics.Tests.Disclosure;

/// <summary>An attacker tries every table that agrees with what is published; no hidden cell may have the same value in all of them.</summary>
public sealed class SuppressionTests
{
    private const long Threshold = 3;

    [Fact]
    public void No_hidden_cell_of_a_row_can_be_worked_out()
    {
        var hidden = 0;
        for (var code = 0; code < 7 * 7 * 7 * 7; code++)
        {
            long[] row = [code % 7, code / 7 % 7, code / 49 % 7, code / 343];
            hidden += Attack([row], columnTotals: false);
        }

        Assert.True(hidden > 4000, $"only {hidden} hidden cells attacked");
    }

    [Fact]
    public void No_hidden_cell_of_a_table_can_be_worked_out()
    {
        var chance = new SplitMix64(11);
        var hidden = 0;
        for (var i = 0; i < 150; i++)
            hidden += Attack([[chance.Below(6), chance.Below(6), chance.Below(6)], [chance.Below(6), chance.Below(6), chance.Below(6)]], columnTotals: true);
        Assert.True(hidden > 300, $"only {hidden} hidden cells attacked");
    }

    [Fact]
    public void A_table_without_small_counts_is_shown_in_full() =>
        Assert.All(new CountTable([[7, 0, 12], [5, 9, 30]]).Suppress().Cast<CellDisplay>(), d => Assert.Equal(CellDisplay.Shown, d));

    [Fact]
    public void One_small_count_takes_a_square_of_four()
    {
        var display = new CountTable([[3, 20, 30], [40, 50, 60], [70, 80, 90]]).Suppress();
        Assert.Equal(4, display.Cast<CellDisplay>().Count(d => d != CellDisplay.Shown));
        Assert.Equal(CellDisplay.Small, display[0, 0]);
    }

    // Calls by hour with two hours of one call each: starring every cell of the table leaves nothing to read.
    [Fact]
    public void A_total_that_is_small_itself_does_not_star_the_whole_table()
    {
        var table = new CountTable(
        [
            [40, 9, 22, 61, 12, 130, 18, 25], [35, 12, 19, 55, 14, 120, 21, 30], [38, 8, 25, 70, 11, 140, 16, 28], [0, 0, 0, 0, 0, 1, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0], [44, 10, 20, 66, 13, 150, 15, 22],
        ]);
        var display = table.Suppress();
        Assert.Equal((CellDisplay.Small, CellDisplay.Small), (display[3, 8], display[4, 8]));
        Assert.InRange(display.Cast<CellDisplay>().Count(d => d == CellDisplay.Withheld), 1, 5);
    }

    [Fact]
    public void Few_cells_are_starred_in_tables_of_any_shape()
    {
        var chance = new SplitMix64(7);
        var stars = 0;
        for (var i = 0; i < 60; i++)
        {
            long[][] rows = [.. Enumerable.Range(0, 8).Select(_ => (long[])[.. Enumerable.Range(0, 8).Select(_ => (long)chance.Below(60))])];
            foreach (var few in new[] { 2, 5 }) rows[few] = [0, 0, 0, 0, 0, 0, 0, 1 + (long)chance.Below(4)];
            var own = new CountTable(rows).Suppress().Cast<CellDisplay>().Count(display => display == CellDisplay.Withheld);
            Assert.InRange(own, 0, 12);
            stars += own;
        }

        Assert.InRange(stars, 60, 60 * 8);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(39, false)]
    [InlineData(36, false)]
    [InlineData(35, true)]
    [InlineData(0, true)]
    public void A_part_is_not_shown_beside_a_whole_that_holds_a_few_more(int part, bool allowed) => Assert.Equal(allowed, DifferencingGuard.Allows(40, part));

    [Theory]
    [InlineData(0.9, 18)]
    [InlineData(0.5, 36)]
    [InlineData(0.93, 29)]
    public void What_would_make_a_rate_publishable_is_the_first_number_that_does(double share, double n)
    {
        var more = Reliability.MoreNeeded(share, n)!.Value;
        Assert.True(Reliability.Of(share, n + more).Publish);
        Assert.False(Reliability.Of(share, n + more - 1).Publish);
        Assert.Equal($"样本不足，再完成 {more} 份可公布", Sentences.NotPublished(more, System.Globalization.CultureInfo.GetCultureInfo("zh-CN")));
    }

    // Returns how many hidden cells were attacked.
    private static int Attack(long[][] cells, bool columnTotals)
    {
        var table = new CountTable(cells, columnTotals);
        var (values, display) = (table.Values(), table.Suppress(Threshold));
        var published = new List<(int R, int C)>();
        for (var r = 0; r < display.GetLength(0) - (columnTotals ? 0 : 1); r++)
        {
            for (var c = 0; c < display.GetLength(1); c++) published.Add((r, c));
        }

        var hidden = published.Where(p => display[p.R, p.C] != CellDisplay.Shown).ToList();
        // Where the last resort was taken, every count above 0 reads "*" and nothing is claimed about it.
        var claims = hidden.All(p => display[p.R, p.C] == CellDisplay.Withheld) ? 0 : Threshold;
        var possible = hidden.ToDictionary(p => p, _ => new HashSet<long>());
        Enumerate(values, display, published, claims, possible);
        foreach (var cell in hidden)
            Assert.True(possible[cell].Count > 1, $"{string.Join(" / ", cells.Select(row => string.Join(' ', row)))} gives away {cell}");
        return hidden.Count;
    }

    private static void Enumerate(long[,] truth, CellDisplay[,] display, List<(int R, int C)> published, long claims, Dictionary<(int R, int C), HashSet<long>> possible)
    {
        int rows = truth.GetLength(0) - 1, columns = truth.GetLength(1) - 1;
        var guess = new long[rows + 1, columns + 1];
        Fill(0);

        void Fill(int at)
        {
            if (at == rows * columns)
            {
                if (!Agrees()) return;
                foreach (var (cell, values) in possible) values.Add(guess[cell.R, cell.C]);
                return;
            }

            var (r, c) = (at / columns, at % columns);
            for (var v = display[r, c] == CellDisplay.Shown ? truth[r, c] : 0; v <= (display[r, c] == CellDisplay.Shown ? truth[r, c] : 7); v++)
            {
                guess[r, c] = v;
                if (Fits(r, c)) Fill(at + 1);
            }
        }

        bool Agrees()
        {
            for (var r = 0; r <= rows; r++) guess[r, columns] = 0;
            for (var c = 0; c < columns; c++) guess[rows, c] = 0;
            for (var r = 0; r < rows; r++)
            {
                for (var c = 0; c < columns; c++)
                {
                    guess[r, columns] += guess[r, c];
                    guess[rows, c] += guess[r, c];
                    guess[rows, columns] += guess[r, c];
                }
            }

            return published.TrueForAll(p => Fits(p.R, p.C));
        }

        bool Fits(int r, int c) => display[r, c] switch
        {
            CellDisplay.Shown => guess[r, c] == truth[r, c],
            CellDisplay.Small => guess[r, c] is >= 1 and < Threshold,
            _ => guess[r, c] >= claims,
        };
    }
}
