using System.Text;
using SurveyDialer.Phones;
using SurveyDialer.Sample;

namespace SurveyDialer.Tests.Sample;

public sealed class GeneratedFrameTests
{
    [Fact]
    public void The_same_seed_gives_the_same_list_and_another_seed_another()
    {
        Assert.Equal(Csv(1, 300), Csv(1, 300));
        Assert.NotEqual(Csv(1, 300), Csv(2, 300));
        Assert.StartsWith(Csv(1, 100), Csv(1, 300), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_is_valid_belongs_to_nobody_and_mobiles_come_once()
    {
        var defaults = new DialDefaults();
        var mobiles = new HashSet<PhoneNumber>();
        var rows = 0;
        foreach (var row in new GeneratedFrame(new GeneratedFrameOptions { Rows = 20_000, Seed = 3, AreaCode = "0855" }).Rows())
        {
            rows++;
            var numbers = new[] { row[1], row[2] }.Select(cell => PhoneParser.Parse(cell.Text, defaults)).ToList();
            Assert.All(numbers, cell => Assert.Empty(cell.Problems));
            Assert.InRange(numbers.Sum(cell => cell.Numbers.Count), 1, 2);
            Assert.All(numbers.SelectMany(cell => cell.Numbers), number => Assert.True(number.Fictional));
            Assert.All(numbers[1].Numbers, number => Assert.True(mobiles.Add(number)));
        }

        Assert.Equal(20_000, rows);
    }

    [Fact]
    public void The_csv_is_read_back_as_the_rows_were_made()
    {
        var generated = new GeneratedFrame(new GeneratedFrameOptions { Rows = 500, Seed = 5, DirtyShare = 0.3 });
        using var file = FrameReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(Csv(generated))), "generated.csv", null).File!;
        Assert.Empty(file.Layout.Unknown);
        foreach (var row in generated.Rows())
        {
            var read = file.Next()!;
            Assert.Equal(row.Number, read.Number);
            Assert.Equal(row.Cells.Select(cell => cell.ToString()), read.Cells.Select(cell => cell.ToString()));
        }

        Assert.Null(file.Next());
    }

    private static string Csv(long seed, int rows) => Csv(new GeneratedFrame(new GeneratedFrameOptions { Rows = rows, Seed = seed }));

    private static string Csv(GeneratedFrame generated)
    {
        using var writer = new StringWriter();
        generated.WriteCsv(writer);
        return writer.ToString();
    }
}
