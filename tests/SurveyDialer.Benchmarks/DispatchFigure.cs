using System.Collections.Concurrent;
using SurveyDialer.Fieldwork;
using SurveyDialer.Scheduling;

namespace SurveyDialer.Benchmarks;

/// <summary>
/// Starts of calls in real time: the dispatcher, its claims and commits as they run for real, a carrier that answers at once. The limit holds
/// for the dispatcher's stamp; what arrived at the carrier is printed beside it.
/// </summary>
internal static class DispatchFigure
{
    private const double Aim = 0.99;

    internal static async Task RunAsync(Run run)
    {
        var seconds = run.Quick ? 10 : 60;
        run.Say($"Starts of calls in {seconds} s of real time from the first one; commits wait for the disk. Aim: at least {Aim:P0} of the limit, never more than the limit in any sliding second.");
        run.Say("");
        run.Say("| limit a second | starts | of the limit | most in a sliding second (dispatcher) | most in a sliding second (carrier) | |");
        run.Say("|---|---|---|---|---|---|");
        foreach (var limit in run.Quick ? [1, 10] : (int[])[1, 10, 50, 100])
        {
            var (stamps, receipts) = await DialAsync(run, limit, seconds);
            var frequency = run.Clock.TimestampFrequency;
            var counted = stamps.Count(stamp => stamp < stamps[0] + (seconds * frequency));
            var share = counted / (double)(limit * seconds);
            var most = MostInASecond(stamps, frequency);
            run.Say($"| {limit} | {counted} | {share:P1} | {most} | {MostInASecond(receipts, frequency)} | {run.Verdict(share >= Aim && most <= limit)} |");
        }
    }

    private static async Task<(long[] Stamps, long[] Receipts)> DialAsync(Run run, int limit, int seconds)
    {
        var folder = run.FreshFolder($"{limit}");
        var clock = new ShiftedClock(run.Clock);
        var carrier = new AnsweringCarrier(clock);
        await using var real = new RealTimeline(clock, (key, fault) => Run.Note($"{key}: {fault}"));
        var timeline = new StampingTimeline(real);
        await using (var office = await Office.OpenAsync(folder, clock, timeline, carrier, new FieldworkOptions { StartsPerSecond = limit, Lines = 10_000 }))
        {
            // 7919 shares no factor with such a count.
            await office.AddDueAsync((limit * (seconds + 5)) + (limit * (seconds + 5) % 7919 == 0 ? 1 : 0));
            (carrier.Inbox, carrier.Timeline) = (office.Field.Inbox, timeline);
            await office.Field.StartAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(seconds + 1.5), run.Clock);
            office.Field.Stop();
            await real.StopAsync(CancellationToken.None);
        }

        Run.Drop(folder);
        return ([.. timeline.Starts.Order()], [.. carrier.Receipts.Order()]);
    }

    private static int MostInASecond(long[] sorted, long frequency)
    {
        var most = 0;
        for (int first = 0, last = 0; last < sorted.Length; last++)
        {
            while (sorted[last] - sorted[first] >= frequency) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    /// <summary>Passes everything on; when the dispatcher hands on a call, its pacer has just stamped the start on this thread.</summary>
    private sealed class StampingTimeline(ITimeline inner) : ITimeline
    {
        internal ConcurrentQueue<long> Starts { get; } = new();

        public TimeProvider Clock => inner.Clock;

        public void Schedule(DateTimeOffset due, TimelineOrder order, string key, Func<CancellationToken, Task> work)
        {
            if (key.StartsWith("place ", StringComparison.Ordinal)) Starts.Enqueue(ShiftedClock.LastTimestamp);
            inner.Schedule(due, order, key, work);
        }
    }
}
