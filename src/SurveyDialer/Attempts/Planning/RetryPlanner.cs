using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Attempts.Planning;

/// <summary>What is known when an attempt has ended.</summary>
/// <param name="Campaign">Policy, schedule and carrier; the state of the campaign does not matter here.</param>
/// <param name="Ended">The attempt that ended; also the latest in <paramref name="Past"/>.</param>
/// <param name="Past">As in <see cref="PlanFacts"/>, with the ended attempt.</param>
/// <param name="Phones">The respondent's numbers by position, as they are known now: bad ones marked, opted-out ones too.</param>
/// <param name="NeverAgain">The respondent said so.</param>
/// <param name="AppointmentAt">When the respondent asked to be reached; null when there is no such wish.</param>
internal sealed record RetryFacts(
    DateTimeOffset Now,
    CampaignFacts Campaign,
    PastAttempt Ended,
    IReadOnlyList<PastAttempt> Past,
    IReadOnlyList<PhoneFacts> Phones,
    bool NeverAgain = false,
    DateTimeOffset? AppointmentAt = null);

/// <summary>What follows an attempt.</summary>
internal abstract record NextStep
{
    private NextStep()
    {
    }

    /// <param name="Due">Not before; at a time when calls may start, as far as the calendar reaches.</param>
    /// <param name="Part">The part of the day of <paramref name="Due"/>.</param>
    /// <param name="PhoneId">The number to try first.</param>
    /// <param name="Channel">How.</param>
    /// <param name="Appointment">The respondent asked for this time.</param>
    public sealed record Attempt(DateTimeOffset Due, DayPart Part, long? PhoneId, AttemptChannel Channel, bool Appointment) : NextStep;

    /// <summary>Nothing more is tried in this campaign: the final code is due.</summary>
    public sealed record Final : NextStep;
}

/// <summary>
/// What is tried after an attempt, by the policy's retry rules: a rule may be used so many times, an outcome without a rule ends the
/// attempts. Where nobody was reached, another number of the respondent or the next channel of the sequence takes over. Nothing is planned after
/// the last day of the round.
/// </summary>
internal static class RetryPlanner
{
    public static NextStep Next(RetryFacts facts) =>
        Wanted(facts) is NextStep.Attempt next && !facts.Campaign.IsOver(next.Due) ? next : new NextStep.Final();

    private static NextStep Wanted(RetryFacts facts)
    {
        var outcome = facts.Ended.Outcome;
        if (facts.NeverAgain || outcome is AttemptOutcome.Complete or AttemptOutcome.HardRefusal or AttemptOutcome.ScreenedOut)
            return new NextStep.Final();
        if (facts.AppointmentAt is { } asked)
            return Appointment(facts, asked);
        if (facts.Ended.Channel == AttemptChannel.Notice)
            return NextChannel(facts);

        if (RuleFor(facts, outcome) is { } rule && NumberFor(facts, ChannelAfter(facts, rule)) is { } phone)
            return Retry(facts, rule, phone);
        if (Reached(outcome))
            return new NextStep.Final();
        return EndsNumber(outcome) && NumberFor(facts, facts.Ended.Channel) is { } other
            ? At(facts, facts.Now, other, facts.Ended.Channel)
            : NextChannel(facts);
    }

    private static NextStep.Attempt Retry(RetryFacts facts, RetryRule rule, PhoneFacts phone)
    {
        var policy = facts.Campaign.Policy;
        var own = Contacts.Own(facts.Past);
        var firstBusy = rule.Outcome == AttemptOutcome.Busy && own.Count > 0 && RetryDemand.IsFirstBusy(own, policy);
        var due = facts.Now + (firstBusy ? RetryDemand.BusyPauseOf(policy) : rule.After);

        var rested = facts.Ended.EndedAt + policy.MinimumGap;
        if (phone.Id == facts.Ended.PhoneId && facts.Ended.Rang && rested > due)
            due = rested;
        return At(facts, due, phone, ChannelAfter(facts, rule));
    }

    private static NextStep.Attempt At(RetryFacts facts, DateTimeOffset from, PhoneFacts phone, AttemptChannel channel)
    {
        var schedule = facts.Campaign.Schedule;
        var due = RetryDemand.After(facts.Past, facts.Campaign.Policy, schedule).NextOpening(schedule, from) ?? from;
        return new NextStep.Attempt(due, schedule.PartOf(due), phone.Id, channel, Appointment: false);
    }

    private static NextStep.Attempt Appointment(RetryFacts facts, DateTimeOffset asked)
    {
        var schedule = facts.Campaign.Schedule;
        var from = asked > facts.Now ? asked : facts.Now;
        var due = schedule.NextOpening(from) ?? from;
        var rule = facts.Campaign.Policy.Retries.FirstOrDefault(rule => rule.Outcome == facts.Ended.Outcome);
        var channel = rule is null ? facts.Ended.Channel : ChannelAfter(facts, rule);
        return new NextStep.Attempt(due, schedule.PartOf(due), facts.Ended.PhoneId, channel, Appointment: true);
    }

    private static NextStep NextChannel(RetryFacts facts)
    {
        var campaign = facts.Campaign;
        if (ChannelSequence.Next(campaign.Policy, campaign.Carrier, facts.Phones, facts.Past) is not { } step)
            return new NextStep.Final();
        var from = facts.Now + step.After;
        var due = campaign.Schedule.NextOpening(from) ?? from;
        return new NextStep.Attempt(due, campaign.Schedule.PartOf(due), null, step.Channel, Appointment: false);
    }

    /// <summary>The rule for an outcome, unless it has been used up.</summary>
    private static RetryRule? RuleFor(RetryFacts facts, AttemptOutcome outcome)
    {
        var uses = facts.Past.Count(attempt => attempt is { SameCampaign: true, SameRespondent: true } && attempt.Outcome == outcome);
        return facts.Campaign.Policy.Retries.FirstOrDefault(rule => rule.Outcome == outcome && uses <= rule.Times);
    }

    /// <summary>The first number, in the order that the last attempt suggests, that may still be tried in this round; null when there is none.</summary>
    private static PhoneFacts? NumberFor(RetryFacts facts, AttemptChannel channel)
    {
        var campaign = facts.Campaign;
        return NumberOrder.From(facts.Phones, NumberOrder.Suggested(facts.Phones, facts.Past, campaign.Policy)).FirstOrDefault(phone =>
            !phone.DoNotCall
            && Reach.WhyNot(phone, campaign.Carrier, channel) is null
            && Contacts.InRound(facts.Past, phone.Id) < Contacts.RoundLimit(campaign.Policy, phone.Kind)
            && !IsDead(facts, phone));
    }

    /// <summary>The last attempt to the number showed that it leads to nobody, and no rule asks to make sure.</summary>
    private static bool IsDead(RetryFacts facts, PhoneFacts phone)
    {
        var last = Contacts.Own(facts.Past).Find(attempt => attempt.PhoneId == phone.Id);
        return last is not null && EndsNumber(last.Outcome) && RuleFor(facts, last.Outcome) is null;
    }

    private static AttemptChannel ChannelAfter(RetryFacts facts, RetryRule rule) => rule.ByHuman ? AttemptChannel.Live : facts.Ended.Channel;

    /// <summary>The outcome says something about the number, not about the respondent.</summary>
    private static bool EndsNumber(AttemptOutcome outcome) =>
        outcome is AttemptOutcome.Fax or AttemptOutcome.Suspended or AttemptOutcome.NotExisting or AttemptOutcome.NumberChanged or AttemptOutcome.TextUndeliverable;

    /// <summary>Somebody was spoken to, so that another number or channel would be pressing.</summary>
    private static bool Reached(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Complete or AttemptOutcome.Partial or AttemptOutcome.BreakOff or AttemptOutcome.HardRefusal or AttemptOutcome.SoftRefusal
            or AttemptOutcome.HungUpBeforeConsent or AttemptOutcome.ScreenedOut or AttemptOutcome.LanguageMissing or AttemptOutcome.HumanWanted
            or AttemptOutcome.RespondentAway => true,
        AttemptOutcome.NothingHeard or AttemptOutcome.AnsweringMachine or AttemptOutcome.Fax or AttemptOutcome.Busy or AttemptOutcome.NoAnswer
            or AttemptOutcome.SwitchedOff or AttemptOutcome.Blocked or AttemptOutcome.Suspended or AttemptOutcome.NotExisting
            or AttemptOutcome.NumberChanged or AttemptOutcome.Fault or AttemptOutcome.NoReplyToText or AttemptOutcome.TextUndeliverable => false,
    };
}
