using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.People;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Stories of a caller before anybody answers: take the next due respondent, see the number, give back. The same planner decides as for the
/// dispatcher, when taking and once more before the number is shown.
/// </summary>
internal sealed class HandOut(CampaignBook campaigns, ClaimDue claim, TimeProvider clock)
{
    /// <summary>How long a respondent stays with a caller who does not ask for the number.</summary>
    internal static readonly TimeSpan Held = TimeSpan.FromMinutes(10);

    /// <summary>How long after the last sign of a caller who was shown a number the call counts as over.</summary>
    internal static readonly TimeSpan Talk = TimeSpan.FromMinutes(30);

    /// <summary>Counted at most, so that a page costs the same for any list.</summary>
    internal const int MostCounted = 1000;

    private static readonly TimeSpan GivenBackFor = TimeSpan.FromMinutes(10);

    // However many rows are due and refused, a story looks at no more; the next story goes on.
    private const int RowsPerStory = 64;

    /// <summary>Takes the next respondent for a caller who has none: appointments first.</summary>
    /// <returns>The attempt, or null; and whether rows were left unlooked at.</returns>
    internal (AttemptRow? Attempt, bool More) Take(SqliteConnection connection, string caller)
    {
        if (LiveAttempts.HeldBy(connection, caller) is { } held) return (held, false);
        var now = clock.GetUtcNow();
        var rows = RowsPerStory;
        var open = Running(connection).Where(campaign => campaign.Schedule.IsOpen(now)).ToList();
        foreach (var appointment in (bool[])[true, false])
        {
            foreach (var campaign in open)
            {
                CampaignFacts? standing = null;
                foreach (var attempt in LiveAttempts.Due(connection, campaign.Row.Id, appointment, now.ToUnixTimeMilliseconds(), rows))
                {
                    rows--;
                    standing ??= ClaimDue.Standing(connection, campaign);
                    if (claim.TakeFor(connection, campaign, standing, attempt, caller, Millis(now + Held), now) is not null)
                        return (AttemptStore.Find(connection, attempt.Id), false);
                }

                if (rows <= 0) return (null, true);
            }
        }

        return (null, false);
    }

    /// <summary>Asks the planner once more, commits that the number is about to be dialled, and writes down that it was shown.</summary>
    /// <returns>False when it may not be dialled any more, or is no longer hers.</returns>
    internal bool Show(SqliteConnection connection, DeskHold hold)
    {
        var now = clock.GetUtcNow();
        if (Find(connection, hold, "leased") is not { } attempt) return false;
        var lease = new Lease(attempt.Id, attempt.LeaseNumber, new Lane(attempt.CampaignId, Texted: false));
        if (claim.BeginPlacing(connection, lease, TextDesk.NewToken()) is null) return false;
        // No request goes anywhere: from here on only the caller knows.
        AttemptStore.Placed(connection, AttemptStore.Find(connection, attempt.Id)!, AttemptEvent.Accepted, null, Millis(now + Talk), Millis(now));
        AuditLog.Add(connection, Millis(now), hold.Caller, "number-shown", $"attempt {attempt.Id}: dialled at a desk telephone");
        return true;
    }

    /// <summary>Gives a respondent back whose number was not shown. Others come first for a while.</summary>
    internal bool GiveBack(SqliteConnection connection, DeskHold hold)
    {
        var now = clock.GetUtcNow();
        return Find(connection, hold, "leased") is { } attempt
            && AttemptStore.BackToPending(connection, attempt, AttemptEvent.Released, Millis(now + GivenBackFor), "given-back", Millis(now));
    }

    /// <summary>Leases of callers who never asked for the number go back to the queue.</summary>
    internal void Expire(SqliteConnection connection)
    {
        var now = clock.NowMillis();
        foreach (var attempt in LiveAttempts.Quiet(connection, now, RowsPerStory).Where(attempt => attempt.State == "leased"))
            AttemptStore.BackToPending(connection, attempt, AttemptEvent.Released, now, "lease-expired", now);
    }

    /// <summary>The attempt, if it is still the caller's and in this state.</summary>
    internal static AttemptRow? Find(SqliteConnection connection, DeskHold hold, string state)
        => AttemptStore.Find(connection, hold.AttemptId) is { Channel: "live" } attempt
            && attempt.State == state && attempt.LeaseNumber == hold.Fence && attempt.LeaseOwner == hold.Caller
                ? attempt
                : null;

    /// <summary>What a caller without a respondent can expect.</summary>
    internal DeskQueue Queue(SqliteConnection connection)
    {
        var now = clock.GetUtcNow();
        var running = Running(connection).ToList();
        if (running.Count == 0)
            return new DeskQueue(CampaignStore.AtDesk(connection, CampaignState.Paused).Count > 0 ? DeskQueueState.Paused : DeskQueueState.NoCampaign);
        var waiting = running.Where(campaign => campaign.Schedule.IsOpen(now)).Sum(campaign => LiveAttempts.Waiting(connection, campaign.Row.Id, Millis(now), MostCounted));
        if (waiting > 0) return new DeskQueue(DeskQueueState.Waiting, waiting);
        var next = running.Select(campaign => Later(connection, campaign, now)).OfType<DeskQueue>().MinBy(queue => queue.At ?? DateTimeOffset.MaxValue);
        return next ?? new DeskQueue(LiveAttempts.AnyHeld(connection) ? DeskQueueState.WithOthers : DeskQueueState.Empty);
    }

    private static DeskQueue? Later(SqliteConnection connection, ActiveCampaign campaign, DateTimeOffset now)
    {
        if (LiveAttempts.Next(connection, campaign.Row.Id) is not { } next) return null;
        var queue = new DeskQueue(DeskQueueState.Later, TimeZone: campaign.Row.TimeZone);
        var due = Instants.FromMillis(next.DueAt);
        return campaign.Schedule.Verdict(now) is CallingVerdict.Closed closed && !(due > closed.NextOpening)
            ? queue with { At = closed.NextOpening, Closed = closed.Why }
            : queue with { At = due, Reason = next.Reason };
    }

    private IEnumerable<ActiveCampaign> Running(SqliteConnection connection)
        => CampaignStore.AtDesk(connection, CampaignState.Running).Select(id => campaigns.Get(connection, id)).Where(campaign => campaign.Template.Channels.Contains(Channel.Live));

    private static long Millis(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();
}
