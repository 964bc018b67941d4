using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Exports;

namespace SurveyDialer.Tests.Exports;

[Collection(MeasuredMemory.Name)]
public sealed class MicrodataExportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_row_an_interview_holds_numbers_only()
    {
        await using var data = await FilledAsync();
        var (columns, rows) = await ReadAsync(data);
        Assert.Equal(["township", "village", "stratum", "number_kind", "channel", "language", "outcome"], columns.Take(7));
        Assert.Equal(["careless", "w_base", "w_final"], columns.TakeLast(3));
        Assert.Equal(Interviews, rows.Count);
        Assert.All(rows, row => Assert.All(row.Values, cell => Assert.True(cell.Length == 0 || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _), cell)));
        Assert.All(columns, column => Assert.Matches("^[A-Za-z][A-Za-z0-9_]*$", column));
        var said = rows.GroupBy(row => row["Q1"]).ToDictionary(key => key.Key, key => key.Count());
        Assert.Equal((32, 2, 1, 3), (said["1"], said["4"], said["96"], said["97"]));
        Assert.Equal((2, 36), (rows.Count(row => row["Q1_x"] == "1"), rows.Count(row => row["Q1_x"] == "0")));
        Assert.All(rows.Where(row => row["outcome"] == "3"), row => Assert.Equal(("", ""), (row["Q1"], row["w_final"])));
    }

    [Fact]
    public async Task A_village_is_told_from_thirty_interviews_on()
    {
        await using var data = await FilledAsync();
        var (_, rows) = await ReadAsync(data);
        Assert.Equal([("", 8), ("2", 32)], rows.GroupBy(row => row["village"]).Select(village => (village.Key, village.Count())).Order());
        Assert.All(rows, row => Assert.Equal("1", row["township"]));
        await data.ExecuteAsync("DELETE FROM answer; DELETE FROM interview WHERE id IN (SELECT id FROM interview WHERE area_id = 2 LIMIT 3);");
        Assert.All((await ReadAsync(data)).Rows, row => Assert.Equal("", row["village"]));
        // 29 are left; who broke off gave no interview.
        await data.AddInterviewAsync(ExportData.Village, "break_off");
        Assert.All((await ReadAsync(data)).Rows, row => Assert.Equal("", row["village"]));
        await data.AddInterviewAsync(ExportData.Village, "complete", ("Q1", "SAFE", "1"));
        Assert.Equal(31, (await ReadAsync(data)).Rows.Count(row => row["village"] == "2"));
    }

    [Fact]
    public async Task The_file_is_what_the_view_of_the_database_says()
    {
        await using var data = await FilledAsync();
        var (columns, rows) = await ReadAsync(data);
        using var connection = new SqliteConnection($"Data Source={data.Store.Database.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        connection.Execute(data.Store.Database.Read(reader => MicrodataView.Create(MicrodataLayout.Of(Source(data, reader)), data.Campaign)));
        var view = connection.Query("SELECT * FROM microdata;").Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(columns.SkipLast(2), view[0].Keys);
        Assert.Equal(view.Select(row => string.Join(',', row.Values)), rows.Select(row => string.Join(',', row.Values.SkipLast(2))));
    }

    [Fact]
    public async Task Weights_are_those_of_the_published_figures()
    {
        await using var data = await FilledAsync();
        await data.ExecuteAsync("""
            INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes)
            VALUES (1, 1, 1, 'mobile', '', 900, 0, 300, 300, 0, 0), (1, 2, 1, 'landline', '', 100, 0, 100, 100, 0, 0);
            UPDATE interview SET stratum = 1 + (area_id = 3);
            """);
        var (_, rows) = await ReadAsync(data);
        Assert.Equal([("", 2), ("1", 6), ("3", 32)], rows.GroupBy(row => row["w_base"]).Select(weight => (weight.Key, weight.Count())).Order());
        Assert.All(rows, row => Assert.Equal(row["w_base"], row["w_final"]));
        Assert.Contains(await data.LinesAsync("codebook"), line => line.StartsWith("stratum,,,抽样层,,2,云溪镇 固定电话,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pspp_reads_it_with_labels_missing_values_and_the_weight()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/pspp")) Assert.Skip("PSPP is not installed: the SPSS syntax was not run. On Debian: apt-get install pspp");
        await using var data = await FilledAsync();
        await data.ExecuteAsync("""
            INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes)
            VALUES (1, 1, 1, 'mobile', '', 900, 0, 300, 300, 0, 0), (1, 2, 1, 'landline', '', 100, 0, 100, 100, 0, 0);
            UPDATE interview SET stratum = 1 + (area_id = 3);
            """);
        var folder = Directory.CreateTempSubdirectory("surveydialer-pspp-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "microdata.csv"), await data.ExportAsync("microdata"), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder, "microdata.sps"), await data.ExportAsync("microdata-spss"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "check.sps"), "INSERT FILE='microdata.sps' ENCODING='UTF-8'.\nFREQUENCIES /VARIABLES=Q1.\nWEIGHT OFF.\nFREQUENCIES /VARIABLES=outcome.\n", Cancellation);
        var start = new ProcessStartInfo("/usr/bin/pspp", ["-O", "format=csv", "-o", "out.csv", "check.sps"]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(Cancellation) + await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        var output = await File.ReadAllTextAsync(Path.Combine(folder, "out.csv"), Cancellation);
        Assert.True(process.ExitCode == 0 && !output.Contains("error", StringComparison.OrdinalIgnoreCase), said + output);
        // 32 × 3 very safe; 2 × 1 not very safe; silence and wrong keys (4 × 1) are missing.
        Assert.Contains("很安全,96.000000,", output, StringComparison.Ordinal);
        Assert.Contains("不太安全,2.000000,", output, StringComparison.Ordinal);
        Assert.Contains("Missing", output, StringComparison.Ordinal);
        Assert.Contains("按键无效（按说不清计）,3.000000,", output, StringComparison.Ordinal);
        Assert.Contains("中断,2,", output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_million_rows_of_a_workbook_are_not_kept_in_memory()
    {
        // The figure itself is measured by the benchmarks; here, that nothing grows with the rows.
        await using var data = await ExportData.CreateAsync();
        await data.ExecuteAsync("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
            INSERT INTO interview (id, campaign_id, area_id, number_kind, channel, language, turn, outcome, flagged, asked)
            SELECT randomblob(16), 1, 2, 'mobile', 'voice', 'zh-CN', 1, 'complete', 0, 0 FROM n;
            """);
        var live = new List<long>();
        long bytes = 0, next = 100_000;
        using var output = new WatchedStream(written: count =>
        {
            bytes += count;
            if (bytes < next) return;
            next += 100_000;
            live.Add(GC.GetTotalMemory(forceFullCollection: true));
        });
        await data.Catalog.WriteAsync("microdata-xlsx", data.Campaign, output, "zh-CN", progress: null, Cancellation);
        Assert.True(live.Count >= 3, $"{bytes} bytes were written.");
        Assert.InRange(live.Max() - live[0], long.MinValue, 8_000_000);
    }

    private const int Interviews = 40;

    /// <summary>32 interviews in one village, 8 in another (2 of them broken off); key 1, but 2 dissatisfied after the explanation, 1 silent and 3 with wrong keys.</summary>
    private static async Task<ExportData> FilledAsync()
    {
        var data = await ExportData.CreateAsync();
        for (var i = 0; i < 32; i++) await data.AddInterviewAsync(ExportData.Village, i % 4 == 0 ? "partial" : "complete", ("Q1", "SAFE", "1"), ("Q2", "LAW", "6"));
        for (var i = 0; i < 2; i++) await data.AddInterviewAsync(ExportData.OtherVillage, "complete", [("Q1", "SAFE", "4", true, "given")]);
        await data.AddInterviewAsync(ExportData.OtherVillage, "complete", [("Q1", "SAFE", "8", false, "no_input")]);
        for (var i = 0; i < 3; i++) await data.AddInterviewAsync(ExportData.OtherVillage, "complete", [("Q1", "SAFE", "8", false, "invalid")]);
        for (var i = 0; i < 2; i++) await data.AddInterviewAsync(ExportData.OtherVillage, "break_off");
        await data.AddInterviewAsync(ExportData.OtherVillage, "refused");
        // Totals are kept as field work finishes an interview; these are counted from the answers.
        await data.ExecuteAsync("INSERT INTO setting (name, value) VALUES ('totals.due', '1');");
        return data;
    }

    private static ExportSource Source(ExportData data, SqliteConnection connection)
        => ExportSource.Open(data.Store.Database, connection, data.Store.Cipher, data.Clock, data.Campaign, ExportTexts.Of("zh-CN"), null, Cancellation)!;

    private static async Task<(string[] Columns, List<Dictionary<string, string>> Rows)> ReadAsync(ExportData data)
    {
        var lines = await data.LinesAsync("microdata");
        var columns = lines[0].Split(',');
        return (columns, lines.Skip(1).Select(line => columns.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second)).ToList());
    }
}
