using System.Diagnostics;
using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Exports;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Benchmarks;

/// <summary>The answers of a very large round as files, against what the shell of SQLite takes for the same view; and its outcome rates live.</summary>
internal static class MicrodataFigure
{
    private const double MostTimes = 3;
    private const double MostMegabytes = 300;
    private const int Respondents = 200_000;
    private static readonly TimeSpan MostLive = TimeSpan.FromMilliseconds(200);

    private const string InsertMembers = """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @Respondents)
        INSERT INTO respondent (id, frame_id, area_id, added_at) SELECT i, 1, 1 + i * 7919 % 30, 0 FROM n;
        INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, stratum, number_kind, language, code, final_code)
        SELECT 1, id, area_id, 1, 2 * (area_id - 1), CASE WHEN id % 7 = 0 THEN 'landline' ELSE 'mobile' END, 'zh-CN', '3.13',
               CASE WHEN id % 2 = 0 THEN CASE id % 5 WHEN 0 THEN '2.111' WHEN 1 THEN '4.31' ELSE '1.1' END END FROM respondent;
        """;

    internal static async Task RunAsync(Run run)
    {
        var interviews = run.Quick ? 100_000 : 1_000_000;
        run.Say($"{interviews:N0} interviews of the standard questionnaire as .csv, weights included; beside it `sqlite3 -csv` of the view of the same columns without weights, on the same file. Best of 3, in turn. As .xlsx in a process of its own. Outcome rates of {Respondents:N0} respondents by township, kind, language and time of call: median of 9.");
        run.Say("");
        var folder = run.FreshFolder("files");
        var keys = KeyRing.OpenOrCreate(Path.Combine(folder, "keys.json"), "benchmark");
        var template = TemplateLibrary.ReadFile(Path.Combine(ContentFolders.Templates(), "standard", "template.yaml")).Template!;
        TimeSpan ours = TimeSpan.MaxValue, shell = TimeSpan.MaxValue, live;
        long bytes;
        await using (var database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "surveydialer.db") }, new ShiftedClock(run.Clock)))
        {
            await EstimatesFigure.FillAsync(database, template, interviews);
            var cipher = new FieldCipher(keys);
            var view = database.Read(connection => MicrodataView.Create(
                MicrodataLayout.Of(ExportSource.Open(database, connection, cipher, run.Clock, 1, ExportTexts.Of("zh-CN"), null, CancellationToken.None)!), 1));
            for (var i = 0; i < 3; i++)
            {
                ours = Least(ours, await TakeAsync(() => WriteAsync(database, cipher, run.Clock, "microdata", Path.Combine(folder, "ours.csv"))));
                shell = Least(shell, await TakeAsync(() => ShellAsync(folder, view)));
            }

            bytes = new FileInfo(Path.Combine(folder, "ours.csv")).Length;
            await database.WriteAsync(connection => connection.Execute("INSERT INTO frame (id, name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known) VALUES (1, 'f', 's', 'l', 'list', 0, 0, 0, 0, 0);" + InsertMembers, new { Respondents }), CancellationToken.None);
            await database.WriteAsync(connection => MemberTotalStore.Correct(connection, 1, MemberTotalStore.Errors(connection, 1)), CancellationToken.None);
            live = Median(9, () => new OutcomeQueries(database).Find(1));
        }

        var workbook = await Child.RunAsync(["microdata-xlsx", folder]);
        run.Say("| | measured |");
        run.Say("|---|---|");
        run.Say($"| `sqlite3 -csv` of the view `microdata` | {shell.TotalSeconds:F1} s |");
        run.Say($"| microdata .csv ({bytes / 1e6:N0} MB) | {ours.TotalSeconds:F1} s = {ours / shell:F2} times: {run.Verdict(ours <= MostTimes * shell)} (aim: at most {MostTimes:F0} times) |");
        run.Say($"| microdata .xlsx | {workbook["seconds"]:F1} s, {workbook["megabytes"]:N0} MB, peak memory {workbook["peak_mb"]:N0} MB: {run.Verdict(workbook["peak_mb"] < MostMegabytes)} (aim: under {MostMegabytes:N0} MB) |");
        run.Say($"| outcome rates, live | {live.TotalMilliseconds:F0} ms: {run.Verdict(live <= MostLive)} (aim: under {MostLive.TotalMilliseconds:F0} ms) |");
        Run.Drop(folder);
    }

    /// <summary>Writes the workbook and tells what it took; in a process of its own.</summary>
    internal static async Task<int> WriteWorkbookAsync(string folder, TimeProvider clock)
    {
        var file = Path.Combine(folder, "ours.xlsx");
        TimeSpan took;
        await using (var database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "surveydialer.db") }, clock))
            took = await TakeAsync(() => WriteAsync(database, new FieldCipher(KeyRing.Open(Path.Combine(folder, "keys.json"))), clock, "microdata-xlsx", file));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"seconds={took.TotalSeconds}");
        Console.WriteLine($"megabytes={new FileInfo(file).Length / 1e6}");
        Console.WriteLine($"peak_mb={process.PeakWorkingSet64 / 1e6}");
        return 0;
    }

    private static async Task WriteAsync(Database database, FieldCipher cipher, TimeProvider clock, string kind, string file)
    {
        await using var output = File.Create(file);
        await new ExportCatalog(database, cipher, clock).WriteAsync(kind, 1, output, "zh-CN", null, CancellationToken.None);
    }

    private static async Task ShellAsync(string folder, string view)
    {
        var start = new ProcessStartInfo("sqlite3") { UseShellExecute = false, WorkingDirectory = folder, ArgumentList = { "-readonly", "-csv", "-header", "surveydialer.db", ".output shell.csv", view, "SELECT * FROM microdata;" } };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException("sqlite3 failed.");
    }

    private static async Task<TimeSpan> TakeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Median(int times, Action work)
    {
        work();
        var took = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            took.Add(Stopwatch.GetElapsedTime(started));
        }

        took.Sort();
        return took[times / 2];
    }
}
