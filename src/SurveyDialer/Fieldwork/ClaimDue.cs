using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Pacing;
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
    /// <summary>An intent is committed at most so long before its request is sent.</summary>
    internal static readonly TimeSpan CommitAhead = TimeSpan.FromMilliseconds(100);

    // However many rows are due and refused, a story looks at no more of each lane; the next story goes on.
    private const int RowsPerLane = 64;

    /// <summary>Takes due attempts of the running campaigns: of each as many as its limits and its share of the account's allow.</summary>
    /// <param name="held">What was taken before and has not started yet.</param>
    /// <param name="after">The campaign that was served last: the next one begins.</param>
    internal Claim Take(SqliteConnection connection, string owner, SharedStarts starts, HeldAttempts held, long after)
    {
        var now = clock.GetUtcNow();
        var running = CampaignStore.Running(connection, options.CarrierName).OrderBy(id => id <= after).ThenBy(id => id)
            .Select(id => campaigns.Get(connection, id)).ToList();
        var lines = AttemptStore.LinesHeld(connection);
        var round = new ClaimRound { Owner = owner, Now = now, Starts = starts.Within(options.ClaimAhead), Lines = options.Lines - lines.Values.Sum() };
        var shares = running.Where(campaign => campaign.Schedule.IsOpen(now)).SelectMany(campaign => SharesOf(campaign, starts, held, lines, now)).ToList();

        // First an equal share each; what some have not used goes to the others.
        for (var i = 0; i < shares.Count; i++) TakeOf(connection, shares[i], (round.Starts + shares.Count - i - 1) / (shares.Count - i), round);
        foreach (var share in shares) TakeOf(connection, share, round.Starts, round);
        return new Claim(
            round.Leased, shares.Exists(share => share.Rows <= 0), WakeAt(connection, running, shares, round),
            shares.Select(share => share.NotBefore is { } later && AttemptStore.NextDue(connection, share.Lane) <= later.ToUnixTimeMilliseconds() ? later : (DateTimeOffset?)null).Min());
    }

    /// <summary>Asks once more and commits the intent. Null when it may not be made any more.</summary>
    internal Placing? BeginPlacing(SqliteConnection connection, Lease lease, string token)
    {
        var now = clock.GetUtcNow();
        if (AttemptStore.Find(connection, lease.AttemptId) is not { State: "leased" } attempt || attempt.LeaseNumber != lease.Number) return null;
        var campaign = campaigns.Get(connection, attempt.CampaignId);
        var decision = AttemptPlanner.Plan(PlanFactsLoader.Load(connection, Standing(connection, campaign), attempt, now));
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

    private List<ClaimShare> SharesOf(ActiveCampaign campaign, SharedStarts starts, HeldAttempts held, Dictionary<long, int> lines, DateTimeOffset now)
    {
        var row = campaign.Row;
        if (row.MaxStarts is { } most) starts.Limit(row.Id, most);
        var ahead = starts.Within(row.Id, options.ClaimAhead);
        var limits = new CampaignLimits
        {
            Starts = ahead - held.CountOf(row.Id), Lines = (int)(row.MaxLines ?? options.Lines) - lines.GetValueOrDefault(row.Id),
        };
        return [.. LanesOf(campaign).Select(lane =>
        {
            var wait = starts.WaitOf(lane);
            return new ClaimShare(campaign, limits, lane)
            {
                Rows = Math.Max(RowsPerLane, 2 * ahead), NotBefore = wait > starts.AccountWait + CommitAhead ? now + wait - CommitAhead : null,
            };
        })];
    }

    /// <summary>Calls, and texts where the campaign sends any.</summary>
    private static IEnumerable<Lane> LanesOf(ActiveCampaign campaign)
    {
        yield return new Lane(campaign.Row.Id, Texted: false);
        if (campaign.SendsTexts) yield return new Lane(campaign.Row.Id, Texted: true);
    }

    private void TakeOf(SqliteConnection connection, ClaimShare share, int most, ClaimRound round)
    {
        var campaign = share.Campaign;
        var at = round.Now.ToUnixTimeMilliseconds();
        CampaignFacts? standing = null;
        for (var taken = 0; share.Rows > 0;)
        {
            var room = Math.Min(most - taken, round.RoomFor(share));
            if (room <= 0) return;
            var due = AttemptStore.Due(connection, share.Lane, at, Math.Min(share.Rows, Math.Max(8, 2 * room)));
            if (due.Count == 0) return;
            standing ??= Standing(connection, campaign);
            foreach (var attempt in due)
            {
                if (taken == most || round.RoomFor(share) <= 0) return;
                share.Rows--;
                if (TakeOne(connection, campaign, standing, attempt, round) is not { } number) continue;
                round.Took(share, attempt.Id, number);
                taken++;
            }
        }
    }

    private long? TakeOne(SqliteConnection connection, ActiveCampaign campaign, CampaignFacts standing, AttemptRow attempt, ClaimRound round)
        => TakeFor(connection, campaign, standing, attempt, round.Owner, deadlines.ForLease(), round.Now);

    /// <summary>Takes one due attempt for a dispatcher, or for a caller at a desk telephone, if the planner allows it; else it waits or is over.</summary>
    /// <param name="until">End of the lease, UTC milliseconds.</param>
    /// <returns>The number of the lease; null when the planner, or somebody faster, prevents it.</returns>
    internal long? TakeFor(
        SqliteConnection connection, ActiveCampaign campaign, CampaignFacts standing, AttemptRow attempt, string owner, long until, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        var facts = PlanFactsLoader.Load(connection, standing, attempt, now);
        switch (AttemptPlanner.Plan(facts))
        {
            case PlanDecision.Contact contact:
                return AttemptStore.Lease(connection, attempt, contact.PhoneId, owner, until, at);
            case PlanDecision.Wait wait:
                AttemptStore.Wait(connection, attempt, DueAgain(wait, now), wait.Decisive.Reason.ToColumn(), at);
                return null;
            case PlanDecision.Finish final:
                AttemptStore.Cancel(connection, attempt, final.Decisive.Reason.ToColumn(), at);
                if (!PlanReachable(connection, campaign, attempt, facts)) finish.WithoutAttempt(connection, campaign, attempt.RespondentId);
                return null;
            default:
                throw new InvalidOperationException("The planner answered something unknown.");
        }
    }

    /// <summary>When a claim that finds nothing now may find something. A line that is freed wakes the dispatcher by itself.</summary>
    private static DateTimeOffset? WakeAt(SqliteConnection connection, List<ActiveCampaign> running, List<ClaimShare> shares, ClaimRound round)
    {
        DateTimeOffset? wake = null;
        foreach (var campaign in running)
        {
            if (campaign.Schedule.Verdict(round.Now) is not CallingVerdict.Closed closed) continue;
            if (LanesOf(campaign).Any(lane => AttemptStore.NextDue(connection, lane) is not null))
                wake = Earlier(wake, closed.NextOpening);
        }

        foreach (var share in shares)
        {
            if (!share.Lane.Texted && Math.Min(round.Lines, share.Limits.Lines) <= 0) continue;
            if (AttemptStore.NextDue(connection, share.Lane) is not { } millis) continue;
            var due = Instants.FromMillis(millis);
            wake = Earlier(wake, share.NotBefore is { } later && later > due ? later : due);
        }

        return wake;
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
        var strata = campaign.Plan is null ? [] : SampleStratumStore.Of(connection, row.Id);
        return new CampaignFacts(
            CampaignStore.StateOf(connection, row.Id), CarrierKinds.FromColumn(row.Carrier), campaign.Template.Policy, campaign.Schedule,
            HasEnough(connection, campaign, strata), campaign.LastDay, campaign.Plan is { } plan ? ReleaseRule.Full(plan, strata) : null);
    }

    /// <summary>As many interviews as were asked for; with a plan, in each stratum.</summary>
    /// <param name="strata">Of a round with a plan.</param>
    internal static bool HasEnough(SqliteConnection connection, ActiveCampaign campaign, IReadOnlyList<SampleStratum> strata)
        => campaign.Plan is not null
            ? ReleaseRule.IsMet(strata)
            : campaign.Row.Target is { } target && SampleMemberStore.Finished(connection, campaign.Row.Id, "1.1") >= target;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other)
        => one is null ? other : other is null || one <= other ? one : other;
}

/// <summary>An attempt taken by the dispatcher.</summary>
/// <param name="Number">The fence.</param>
internal sealed record Lease(long AttemptId, long Number, Lane Lane);

/// <param name="Leased">In the order in which they were taken.</param>
/// <param name="More">Rows were left unlooked at: the next claim goes on with them.</param>
/// <param name="WakeAt">When something may fall due; null when nothing is waiting for a time.</param>
/// <param name="NextTurnAt">When a campaign that had to pass by its own limit may take its next turn, though others still hold enough; null when none had to.</param>
internal sealed record Claim(IReadOnlyList<Lease> Leased, bool More, DateTimeOffset? WakeAt, DateTimeOffset? NextTurnAt);

/// <summary>An attempt whose intent is committed and whose request is sent next.</summary>
internal sealed record Placing(long AttemptId, string Token, string Channel, byte[] NumberEnc, ActiveCampaign Campaign)
{
    /// <summary>Goes out as a text and needs no line.</summary>
    internal bool IsTexted => AttemptChannels.FromColumn(Channel).IsTexted();

    internal Lane Lane => new(Campaign.Row.Id, IsTexted);
}
