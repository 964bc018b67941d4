using System.Security.Cryptography;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Keeps the lines in use: claims due attempts in batches, commits the intent to place shortly ahead, and sends each request when the pacer
/// allows. One tick is scheduled at a time; whatever frees a line or makes something due calls <see cref="Wake"/>.
/// </summary>
internal sealed class Dispatcher(
    Database database, ClaimDue claim, PlaceCall place, TextSender texts, StartPacer pacer, FieldworkOptions options, ITimeline timeline)
{
    private static readonly TimeSpan CommitAhead = TimeSpan.FromMilliseconds(100);

    private readonly string owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly Lock gate = new();
    private readonly Queue<Lease> leased = new();
    private readonly Queue<Placing> ready = new();
    private DateTimeOffset? scheduled;
    private long version;
    private int turn;
    private bool ticking;
    private bool wokenMeanwhile;
    private bool stopped;

    /// <summary>Looks for work now.</summary>
    internal void Wake() => TickAt(timeline.Clock.GetUtcNow());

    /// <summary>Claims nothing more; what was claimed and not sent goes back when its lease ends.</summary>
    internal void Stop()
    {
        lock (gate) stopped = true;
    }

    private void TickAt(DateTimeOffset due)
    {
        long mine;
        lock (gate)
        {
            if (stopped || (scheduled is { } earlier && earlier <= due)) return;
            if (ticking)
            {
                wokenMeanwhile = true;
                return;
            }

            scheduled = due;
            mine = ++version;
        }

        timeline.Schedule(due, TimelineOrder.Claim, "dispatch", cancellation => TickAsync(mine, cancellation));
    }

    private async Task TickAsync(long mine, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (mine != version || stopped) return;
            scheduled = null;
            ticking = true;
        }

        DateTimeOffset? next = null;
        try
        {
            next = await NextTickAsync(cancellation);
        }
        finally
        {
            lock (gate)
            {
                ticking = false;
                if (wokenMeanwhile) next = timeline.Clock.GetUtcNow();
                wokenMeanwhile = false;
            }

            if (next is { } due) TickAt(due);
        }
    }

    /// <returns>When to look again; null when only a <see cref="Wake"/> can bring work.</returns>
    private async Task<DateTimeOffset?> NextTickAsync(CancellationToken cancellation)
    {
        var text = await texts.NextAsync(Wake, cancellation);
        var start = await NextStartAsync(cancellation);
        return text is null || start < text ? start : text;
    }

    private async Task<DateTimeOffset?> NextStartAsync(CancellationToken cancellation)
    {
        if (ready.Count == 0)
        {
            if (leased.Count == 0 && await ClaimAsync(cancellation) is { } nothing) return nothing.WakeAt;
            await CommitAheadAsync(cancellation);
            if (ready.Count == 0) return timeline.Clock.GetUtcNow();
        }

        var now = timeline.Clock.GetUtcNow();
        var wait = pacer.NextSlot();
        if (ready.Peek().IsTexted && texts.NextSlot() is var slot && slot > wait) wait = slot;
        if (wait > TimeSpan.Zero) return now + wait;
        pacer.Started();
        var placing = ready.Dequeue();
        if (placing.IsTexted) texts.Started();
        timeline.Schedule(now, TimelineOrder.Claim, $"place {placing.AttemptId:D12}", async ct =>
        {
            if (await place.SendAsync(placing, ct)) Wake();
        });
        return now + pacer.NextSlot();
    }

    /// <returns>Null when something was claimed.</returns>
    private async Task<Nothing?> ClaimAsync(CancellationToken cancellation)
    {
        var batch = (int)Math.Ceiling(options.StartsPerSecond * options.ClaimAhead.TotalSeconds);
        var taken = await database.WriteAsync(
            connection =>
            {
                var free = options.Lines - (int)AttemptStore.LinesHeld(connection);
                return claim.Take(connection, owner, free > 0 ? Math.Min(free, batch) : batch, turn++, textsOnly: free <= 0);
            },
            cancellation);
        foreach (var lease in taken.Leased) leased.Enqueue(lease);
        return taken.Leased.Count > 0 ? null : new Nothing(taken.WakeAt);
    }

    private async Task CommitAheadAsync(CancellationToken cancellation)
    {
        var batch = Math.Max(1, (int)(options.StartsPerSecond * CommitAhead.TotalSeconds));
        var next = new List<(Lease Lease, string Token)>();
        while (next.Count < batch && leased.TryDequeue(out var lease)) next.Add((lease, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))));
        var placings = await database.WriteAsync(
            connection => next.ConvertAll(one => claim.BeginPlacing(connection, one.Lease, one.Token)), cancellation);
        foreach (var placing in placings)
        {
            if (placing is not null) ready.Enqueue(placing);
        }
    }

    /// <param name="WakeAt">When something may fall due.</param>
    private sealed record Nothing(DateTimeOffset? WakeAt);
}
