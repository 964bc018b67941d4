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

    [Theory]
    [InlineData(0, true)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void A_filter_that_leaves_few_shows_nothing(int persons, bool allowed) =>
        Assert.Equal(allowed, DifferencingGuard.Allows(Enumerable.Range(0, persons).ToHashSet(), []));

    [Fact]
    public void Two_filters_that_differ_by_few_are_not_both_shown()
    {
        var women = Enumerable.Range(0, 40).ToHashSet();
        Assert.False(DifferencingGuard.Allows(Enumerable.Range(0, 43).ToHashSet(), [women]));
        Assert.False(DifferencingGuard.Allows(Enumerable.Range(3, 37).ToHashSet(), [women]));
        Assert.True(DifferencingGuard.Allows(Enumerable.Range(0, 46).ToHashSet(), [women]));
        Assert.True(DifferencingGuard.Allows(women, [women]));
    }

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
