using System.Security.Cryptography;
using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Keeps the lines in use: claims due attempts in batches, commits the intent to place shortly ahead, and sends each request when the account's
/// limit and the campaign's own allow it. One tick is scheduled at a time; whatever frees a line or makes something due calls <see cref="Wake"/>.
/// </summary>
internal sealed class Dispatcher(
    Database database, ClaimDue claim, PlaceCall place, TextSender texts, SharedStarts starts, FieldworkOptions options, ITimeline timeline)
{
    private readonly string owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly Lock gate = new();
    private readonly HeldAttempts held = new();
    private DateTimeOffset? scheduled;
    private long version;
    private long lastServed;

    // When something more may be there to be claimed; null: only a wake can bring it.
    private DateTimeOffset? claimFrom = DateTimeOffset.MinValue;
    // When a text may have to be sent; null: only a wake can bring one.
    private DateTimeOffset? textsFrom = DateTimeOffset.MinValue;
    private DateTimeOffset? nextTurnAt;
    private long wakes;
    private bool ticking;
    private bool wokenMeanwhile;
    private bool stopped;

    private DateTimeOffset? ClaimFrom
    {
        get
        {
            lock (gate) return claimFrom;
        }
    }

    /// <summary>Looks for work now.</summary>
    internal void Wake()
    {
        lock (gate)
        {
            wakes++;
            claimFrom = textsFrom = DateTimeOffset.MinValue;
        }

        TickAt(timeline.Clock.GetUtcNow());
    }

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
        => Earlier(await NextTextAsync(cancellation), await NextStartAsync(cancellation));

    private async Task<DateTimeOffset?> NextTextAsync(CancellationToken cancellation)
    {
        long before;
        lock (gate)
        {
            if (textsFrom is null || textsFrom > timeline.Clock.GetUtcNow()) return textsFrom;
            before = wakes;
        }

        var next = await texts.NextAsync(Wake, cancellation);
        lock (gate)
        {
            if (wakes == before) textsFrom = next;
        }

        return next;
    }

    private async Task<DateTimeOffset?> NextStartAsync(CancellationToken cancellation)
    {
        var now = timeline.Clock.GetUtcNow();
        var account = starts.AccountWait;
        if (account > options.ClaimAhead) return now + account - options.ClaimAhead;

        // More is claimed when nothing is held, or when all that is held must wait longer than the account does: the slot is another campaign's;
        // and when a campaign's next turn has come that had to pass before.
        var next = starts.Next(held.Lanes);
        if (nextTurnAt <= now || ((next is null || next.Value.Wait > account) && ClaimFrom <= now))
        {
            await ClaimAsync(now, cancellation);
            next = starts.Next(held.Lanes);
        }

        if (next is not { } turn) return ClaimFrom;
        if (turn.Wait > ClaimDue.CommitAhead) return Earlier(now + turn.Wait - ClaimDue.CommitAhead, ClaimFrom is { } later && later > now ? later : null);
        if (!held.IsReady(turn.Lane))
        {
            await CommitAheadAsync(cancellation);
            return now;
        }

        if (turn.Wait > TimeSpan.Zero) return now + turn.Wait;
        Start(turn.Lane, now);
        return now + starts.AccountWait;
    }

    private void Start(Lane lane, DateTimeOffset now)
    {
        starts.Started(lane);
        var placing = held.Send(lane);
        timeline.Schedule(now, TimelineOrder.Claim, $"place {placing.AttemptId:D12}", async ct =>
        {
            if (await place.SendAsync(placing, ct)) Wake();
        });
    }

    private async Task ClaimAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        long before;
        lock (gate) (before, claimFrom) = (wakes, now);
        var claimed = await database.WriteAsync(connection => claim.Take(connection, owner, starts, held, lastServed), cancellation);
        foreach (var lease in claimed.Leased) held.Add(lease);
        if (claimed.Leased.Count > 0) lastServed = claimed.Leased[^1].Lane.CampaignId;
        nextTurnAt = claimed.NextTurnAt;
        lock (gate)
        {
            if (claimed.Leased.Count == 0 && !claimed.More && wakes == before) claimFrom = claimed.WakeAt;
        }
    }

    private async Task CommitAheadAsync(CancellationToken cancellation)
    {
        var soon = starts.InTurn(held.Lanes).Where(lane => starts.WaitOf(lane) <= ClaimDue.CommitAhead)
            .Select(lane => (lane, starts.Within(lane.CampaignId, ClaimDue.CommitAhead))).ToList();
        var next = held.ToCommit(soon, starts.Within(ClaimDue.CommitAhead))
            .ConvertAll(lease => (Lease: lease, Token: Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))));
        var placings = await database.WriteAsync(
            connection => next.ConvertAll(one => claim.BeginPlacing(connection, one.Lease, one.Token)), cancellation);
        foreach (var placing in placings)
        {
            if (placing is not null) held.Add(placing);
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other)
        => one is null ? other : other is null || one <= other ? one : other;
}
