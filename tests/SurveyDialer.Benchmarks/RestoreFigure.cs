using System.Diagnostics;
using Dapper;
using SurveyDialer.Fieldwork;
using SurveyDialer.Storage;

namespace SurveyDialer.Benchmarks;

/// <summary>What a backup and its restoration take with very many attempts.</summary>
internal static class RestoreFigure
{
    private static readonly TimeSpan Aim = TimeSpan.FromMinutes(10);

    internal static async Task RunAsync(Run run)
    {
        var attempts = run.Quick ? 100_000 : 1_000_000;
        run.Say($"A database with {attempts:N0} attempts is backed up, which restores the copy once for trial, and restored into an empty folder: each page is read, the schema looked at, the keys tried, the round paused. Aim: well within the ten minutes that the instructions promise.");
        run.Say("");
        var folder = run.FreshFolder("files");
        var clock = new ShiftedClock(run.Clock);
        var (copy, restored) = (Path.Combine(folder, "copy.db"), Path.Combine(folder, "restored.db"));
        long bytes;
        TimeSpan backedUp;
        await using (var office = await Office.OpenAsync(folder, clock, null, null, new FieldworkOptions()))
        {
            await office.AddDueAsync(attempts);
            var started = Stopwatch.GetTimestamp();
            await BackupShelf.WriteAsync(office.Database, office.Keys, copy, clock);
            backedUp = Stopwatch.GetElapsedTime(started);
            bytes = new FileInfo(copy).Length;
        }

        var began = Stopwatch.GetTimestamp();
        var found = await RestoreBackup.RunAsync(copy, restored, KeyRing.Open(Path.Combine(folder, "keys.json")), "benchmark", () => { }, clock, CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(began);
        await using (var database = Database.Open(new DatabaseOptions { Path = restored }, clock))
        {
            var there = database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM attempt;"));
            if (there != attempts || found.Respondents != attempts) throw new InvalidOperationException($"{there} of {attempts} attempts were restored.");
        }

        run.Say("| | measured |");
        run.Say("|---|---|");
        run.Say($"| size of the copy | {bytes / 1e6:N0} MB |");
        run.Say($"| backup with its trial | {backedUp.TotalSeconds:F1} s |");
        run.Say($"| restoration | {took.TotalSeconds:F1} s: {run.Verdict(took <= Aim)} |");
        Run.Drop(folder);
    }
}
