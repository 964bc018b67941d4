using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dapper;
using SurveyDialer.Phones;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Benchmarks;

/// <summary>A large list, encrypted and indexed, in a process of its own, against what sqlite3 takes to read the same file into a bare table.</summary>
internal static class ImportFigure
{
    private const double AimMegabytes = 400;
    private const double AimRatio = 25;
    private const double AimWaitMillis = 50;
    private static readonly TimeSpan BetweenTurns = TimeSpan.FromMilliseconds(20);

    internal static async Task RunAsync(Run run)
    {
        var rows = run.Quick ? 100_000 : 1_000_000;
        var folder = run.FreshFolder("data");
        var list = Path.Combine(folder, "list.csv");
        WriteList(list, rows);
        var bare = await BareImportAsync(list, Path.Combine(folder, "bare.db"));
        var imported = await Child.RunAsync(["import-file", list, Path.Combine(folder, "data")]);
        Run.Drop(folder);
        var (seconds, megabytes, wait) = (imported["seconds"], imported["peak_mb"], imported["longest_wait_ms"]);
        if (imported["imported"] != rows) throw new InvalidOperationException($"{imported["imported"]} rows were imported instead of {rows}.");
        run.Say($"{rows:N0} rows, one name and two numbers each, into an empty installation; commits wait for the disk; meanwhile an urgent write every {BetweenTurns.TotalMilliseconds:F0} ms, as a turn of a call is.");
        run.Say("");
        run.Say("| | measured | aim | |");
        run.Say("|---|---|---|---|");
        run.Say($"| peak memory of the process | {megabytes:N0} MB | under {AimMegabytes:N0} MB | {run.Verdict(megabytes < AimMegabytes)} |");
        run.Say($"| time | {seconds:F1} s ({rows / seconds:N0} rows a second) | | |");
        run.Say($"| `sqlite3 .import` of the same file | {bare:F2} s | | |");
        run.Say($"| times as long | {seconds / bare:F1} | at most {AimRatio:F0} | {run.Verdict(seconds / bare <= AimRatio)} |");
        run.Say($"| longest wait of an urgent write | {wait:F1} ms (99th percentile {imported["p99_wait_ms"]:F1} ms of {imported["waits"]:N0}) | at most {AimWaitMillis:F0} ms | {run.Verdict(wait <= AimWaitMillis)} |");
    }

    /// <summary>The process that imports: prints what it took.</summary>
    internal static async Task<int> ImportFileAsync(string list, string folder, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        await using var database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "surveydialer.db") }, clock);
        var cipher = new FieldCipher(KeyRing.OpenOrCreate(Path.Combine(folder, "keys.json"), "Benchmark: these keys protect nothing."));
        using var over = new CancellationTokenSource();
        await WriteTurnAsync(database, 0);
        var turns = Task.Run(() => WriteTurnsAsync(database, clock, over.Token));
        var started = Stopwatch.GetTimestamp();
        var (file, problem) = FrameReader.Open(list, null);
        if (file is null) throw new InvalidOperationException(problem!.ToString());
        FrameImportResult result;
        using (file)
        {
            var request = new FrameImportRequest { Name = "名单", Source = "台账", LegalBasis = "演示", Township = "云溪镇", Dial = new DialDefaults { AreaCode = "0851" } };
            result = await new FrameImport(database, cipher, clock).RunAsync(file, request, null, CancellationToken.None);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await over.CancelAsync();
        var waits = await turns;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"imported={result.Imported}");
        Console.WriteLine($"seconds={seconds}");
        Console.WriteLine($"peak_mb={process.PeakWorkingSet64 / 1e6}");
        Console.WriteLine($"waits={waits.Count}");
        Console.WriteLine($"longest_wait_ms={waits.Max()}");
        Console.WriteLine($"p99_wait_ms={Run.Percentile(waits, 0.99)}");
        return 0;
    }

    private static async Task<List<double>> WriteTurnsAsync(Database database, TimeProvider clock, CancellationToken over)
    {
        var waits = new List<double>();
        while (!over.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await WriteTurnAsync(database, waits.Count);
            waits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(BetweenTurns, clock, CancellationToken.None);
        }

        return waits;
    }

    private static Task<int> WriteTurnAsync(Database database, int turn) => database.WriteAsync(
        connection => connection.Execute(
            "INSERT INTO setting (name, value) VALUES ('turn', @turn) ON CONFLICT (name) DO UPDATE SET value = @turn;", new { turn = turn.ToString(CultureInfo.InvariantCulture) }),
        CancellationToken.None);

    /// <summary>Every number once, none of anybody; 7919 shares no factor with powers of ten.</summary>
    private static void WriteList(string path, int rows)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write("姓名,固定电话,手机\r\n");
        for (long row = 0; row < rows; row++) writer.Write($"居民{row:D7},0851-0{row * 7919 % 10_000_000:D7},154{row * 7919 % 100_000_000:D8}\r\n");
    }

    private static async Task<double> BareImportAsync(string list, string database)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("sqlite3") { UseShellExecute = false, ArgumentList = { database, "CREATE TABLE list (name TEXT, landline TEXT, mobile TEXT);", ".mode csv", $".import --skip 1 {list} list" } };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("sqlite3 failed.");
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
