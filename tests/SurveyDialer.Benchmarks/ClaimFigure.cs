using System.Diagnostics;
using Dapper;
using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;

namespace SurveyDialer.Benchmarks;

/// <summary>What a claim costs with few and with very many attempts due: batches as the dispatcher takes them, each one committed.</summary>
internal static class ClaimFigure
{
    private const int Few = 1_000;
    private const int Batch = 50;
    private const int BatchesARound = 16;
    private const double Aim = 1.5;

    internal static async Task RunAsync(Run run)
    {
        var many = run.Quick ? 100_000 : 1_000_000;
        var rounds = run.Quick ? 5 : 15;
        run.Say($"Claims of {Batch} attempts, each committed to the disk; {rounds} rounds of {BatchesARound} claims, both files in turn. Aim: at most {Aim} times as long with {many:N0} rows due as with {Few:N0}.");
        run.Say("");
        await using var few = await ClaimFile.MakeAsync(run, Few);
        await using var lots = await ClaimFile.MakeAsync(run, many);
        for (var round = 0; round <= rounds; round++)
        {
            // The first round warms up.
            await few.ClaimAsync(counted: round > 0);
            await lots.ClaimAsync(counted: round > 0);
        }

        run.Say("| rows due | median of a claim | 95th percentile | attempts a second |");
        run.Say("|---|---|---|---|");
        foreach (var file in (ClaimFile[])[few, lots])
        {
            var median = Run.Median(file.Millis);
            run.Say($"| {file.Rows:N0} | {median:F2} ms | {Run.Percentile(file.Millis, 0.95):F2} ms | {Batch / median * 1000:N0} |");
        }

        var ratio = Run.Median(lots.Millis) / Run.Median(few.Millis);
        run.Say("");
        run.Say($"Ratio of the medians: {ratio:F2}: {run.Verdict(ratio <= Aim)}.");
    }

    private sealed class ClaimFile : IAsyncDisposable
    {
        // Within the half second that is claimed ahead fall as many starts as a batch has.
        private static readonly FieldworkOptions Options = new() { StartsPerSecond = 2 * Batch, Lines = 10_000 };

        private readonly Office office;
        private readonly ClaimDue claim;
        private readonly string folder;
        private readonly SharedStarts starts;

        private ClaimFile(Office office, string folder, int rows, TimeProvider clock)
        {
            (this.office, this.folder, Rows) = (office, folder, rows);
            starts = new SharedStarts(new StartPacer(Options.StartsPerSecond, clock), new StartPacer(Options.StartsPerSecond, clock), clock);
            claim = new ClaimDue(
                new CampaignBook(office.Calendars), new FinishRespondent(office.Cipher, clock), new CallDeadlines(Options, clock), Options, clock);
        }

        internal int Rows { get; }

        internal List<double> Millis { get; } = [];

        internal static async Task<ClaimFile> MakeAsync(Run run, int rows)
        {
            var folder = run.FreshFolder($"{rows}");
            var clock = new ShiftedClock(run.Clock);
            var office = await Office.OpenAsync(folder, clock, null, null, Options);
            await office.AddDueAsync(rows);
            return new ClaimFile(office, folder, rows, clock);
        }

        internal async Task ClaimAsync(bool counted)
        {
            for (var batch = 0; batch < BatchesARound; batch++)
            {
                var started = Stopwatch.GetTimestamp();
                var taken = await office.Database.WriteAsync(
                    connection => claim.Take(connection, "benchmark", starts, new HeldAttempts(), 0), CancellationToken.None);
                if (counted) Millis.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                if (taken.Leased.Count != Batch) throw new InvalidOperationException($"{taken.Leased.Count} attempts were claimed instead of {Batch}.");
            }

            // The rows go to the end of the queue, so that later rounds claim others where there are others.
            await office.Database.WriteAsync(
                connection => connection.Execute("UPDATE attempt SET state = 'pending', due_at = due_at + 1, lease_until = NULL WHERE state = 'leased';"), CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await office.DisposeAsync();
            Run.Drop(folder);
        }
    }
}
