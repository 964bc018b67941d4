using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Stories of the dispatcher: take due attempts that may be made now, and commit the intent to place one before anything is sent. The planner
/// is asked both times; what it refuses goes back to the queue with its reason.
/// </summary>
internal sealed class ClaimDue(
    CampaignBook campaigns, FinishRespondent finish, CallDeadlines deadlines, FieldworkOptions options, TimeProvider clock)
{
    private const int RowsPerLook = 200;

    /// <summary>Takes up to <paramref name="wanted"/> attempts of running campaigns, each campaign in turn.</summary>
    /// <param name="turn">Which campaign begins; the caller counts up.</param>
    /// <param name="textsOnly">No line is free: only what needs none.</param>
    internal Claim Take(SqliteConnection connection, string owner, int wanted, int turn, bool textsOnly)
    {
        var now = clock.GetUtcNow();
        var running = CampaignStore.Running(connection, options.CarrierName);
        var leased = new List<Lease>();
        DateTimeOffset? wake = null;
        for (var i = 0; i < running.Count; i++)
        {
            var campaign = campaigns.Get(connection, running[(turn + i) % running.Count]);
            if (campaign.Schedule.Verdict(now) is CallingVerdict.Closed closed)
            {
                if (AttemptStore.NextDue(connection, campaign.Row.Id, textsOnly) is not null) wake = Earlier(wake, closed.NextOpening);
                continue;
            }

            TakeOf(connection, campaign, new Wanted(owner, wanted, textsOnly), now, leased);
            if (AttemptStore.NextDue(connection, campaign.Row.Id, textsOnly) is { } next) wake = Earlier(wake, Instants.FromMillis(next));
        }

        return new Claim(leased, wake);
    }

    /// <summary>Asks once more and commits the intent. Null when it may not be made any more.</summary>
    internal Placing? BeginPlacing(SqliteConnection connection, Lease lease, string token)
    {
        var now = clock.GetUtcNow();
        if (AttemptStore.Find(connection, lease.AttemptId) is not { State: "leased" } attempt || attempt.LeaseNumber != lease.Number) return null;
        var campaign = campaigns.Get(connection, attempt.CampaignId);
        var decision = AttemptPlanner.Plan(PlanFactsLoader.Load(connection, campaign, Standing(connection, campaign), attempt, now));
        if (decision is not PlanDecision.Contact contact || contact.PhoneId != attempt.PhoneId)
        {
            var again = decision is PlanDecision.Wait { NotBefore: { } at } ? at : now;
            AttemptStore.BackToPending(
                connection, attempt, AttemptEvent.Released, again.ToUnixTimeMilliseconds(), ReasonOf(decision), now.ToUnixTimeMilliseconds());
            return null;
        }

        if (!AttemptStore.BeginPlacing(connection, attempt, token, deadlines.ForPlacing(), now.ToUnixTimeMilliseconds())) return null;
        return new Placing(attempt.Id, token, attempt.Channel, PhoneStore.NumberOf(connection, contact.PhoneId), campaign);
    }

    private void TakeOf(SqliteConnection connection, ActiveCampaign campaign, Wanted wanted, DateTimeOffset now, List<Lease> leased)
    {
        var at = now.ToUnixTimeMilliseconds();
        var standing = Standing(connection, campaign);
        while (leased.Count < wanted.Count)
        {
            var rows = Math.Min(RowsPerLook, Math.Max(8, 2 * (wanted.Count - leased.Count)));
            var due = AttemptStore.Due(connection, campaign.Row.Id, at, rows, wanted.TextsOnly);
            if (due.Count == 0) return;
            foreach (var attempt in due)
            {
                if (leased.Count == wanted.Count) return;
                var facts = PlanFactsLoader.Load(connection, campaign, standing, attempt, now);
                switch (AttemptPlanner.Plan(facts))
                {
                    case PlanDecision.Contact contact:
                        if (AttemptStore.Lease(connection, attempt, contact.PhoneId, wanted.Owner, deadlines.ForLease(), at) is { } number)
                            leased.Add(new Lease(attempt.Id, number));
                        break;
                    case PlanDecision.Wait wait:
                        AttemptStore.Wait(connection, attempt, DueAgain(wait, now), wait.Decisive.Reason.ToColumn(), at);
                        break;
                    case PlanDecision.Finish final:
                        AttemptStore.Cancel(connection, attempt, final.Decisive.Reason.ToColumn(), at);
                        if (!PlanReachable(connection, campaign, attempt, facts)) finish.WithoutAttempt(connection, campaign, attempt.RespondentId);
                        break;
                }
            }
        }
    }

    /// <summary>
    /// Everybody begins with the campaign's first channel; who cannot be reached by it, such as a landline by a text, begins with the first one
    /// that reaches a number of theirs. False when there is none, or when it was tried.
    /// </summary>
    private static bool PlanReachable(SqliteConnection connection, ActiveCampaign campaign, AttemptRow attempt, PlanFacts facts)
    {
        if (attempt.Ordinal != 1) return false;
        var first = ChannelSequence.First(facts.Campaign.Policy, facts.Campaign.Carrier, facts.Phones);
        if (first is not { } channel || channel == facts.Channel || (channel == AttemptChannel.Live && campaign.Row.LiveCallers == 0)) return false;
        AttemptStore.Plan(connection, NewAttempt.After(attempt, channel, facts.Now));
        return true;
    }

    private static long DueAgain(PlanDecision.Wait wait, DateTimeOffset now)
        => (wait.NotBefore ?? now + TimeSpan.FromHours(1)).ToUnixTimeMilliseconds();

    private static string ReasonOf(PlanDecision decision) => decision switch
    {
        PlanDecision.Wait wait => wait.Decisive.Reason.ToColumn(),
        PlanDecision.Finish final => final.Decisive.Reason.ToColumn(),
        _ => VetoReason.OtherNumberAgreed.ToColumn(),
    };

    /// <summary>What the planner needs of a campaign, as it stands now.</summary>
    internal static CampaignFacts Standing(SqliteConnection connection, ActiveCampaign campaign)
    {
        var row = campaign.Row;
        var reached = row.Target is { } target && SampleMemberStore.Finished(connection, row.Id, "1.1") >= target;
        return new CampaignFacts(
            CampaignStore.StateOf(connection, row.Id), CarrierKinds.FromColumn(row.Carrier), campaign.Template.Policy, campaign.Schedule, reached);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other)
        => one is null ? other : other is null || one <= other ? one : other;

    private sealed record Wanted(string Owner, int Count, bool TextsOnly);
}

/// <summary>An attempt taken by the dispatcher; <paramref name="Number"/> is the fence.</summary>
internal sealed record Lease(long AttemptId, long Number);

/// <param name="Leased">In the order in which they start.</param>
/// <param name="WakeAt">When something may fall due; null when nothing is waiting.</param>
internal sealed record Claim(IReadOnlyList<Lease> Leased, DateTimeOffset? WakeAt);

/// <summary>An attempt whose intent is committed and whose request is sent next.</summary>
internal sealed record Placing(long AttemptId, string Token, string Channel, byte[] NumberEnc, ActiveCampaign Campaign)
{
    /// <summary>Goes out as a text and needs no line.</summary>
    internal bool IsTexted => AttemptChannels.FromColumn(Channel).IsTexted();
}
