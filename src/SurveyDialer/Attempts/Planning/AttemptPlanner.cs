using SurveyDialer.Attempts.Planning.Rules;

namespace SurveyDialer.Attempts.Planning;

/// <summary>
/// The one answer to "may we contact this respondent now, at which number, and if not, why and when again?". Asked for every attempt at
/// the moment of dialling, retries, texts and appointments included.
/// </summary>
internal static class AttemptPlanner
{
    private static readonly IPlanRule[] Rules =
    [
        new CampaignStateRule(),
        new LastDayRule(),
        new CallingHoursRule(),
        new EnoughInterviewsRule(),
        new HouseholdRule(),
        new ChannelRule(),
        new DueRule(),
        new RetryDemandRule(),
    ];

    private static readonly INumberRule[] NumberRules =
    [
        new AgreedNumberRule(),
        new DoNotCallRule(),
        new UsableNumberRule(),
        new NumberInUseRule(),
        new MinimumGapRule(),
        new DailyCapRule(),
        new RoundCapRule(),
        new ThirtyDayCapRule(),
        new RoundsPerYearRule(),
        new InterviewRestRule(),
    ];

    public static PlanDecision Plan(PlanFacts facts)
    {
        var general = Rules.Select(rule => rule.Judge(facts)).OfType<Veto>().ToList();
        var numbers = InOrder(facts).Select(phone => new Candidate(phone, VetoesOn(facts, phone))).ToList();
        var all = general.Concat(numbers.SelectMany(number => number.Vetoes)).ToList();

        if (general.Find(IsFinal) is { } final)
            return new PlanDecision.Finish(final, First(final, all));

        var possible = numbers.FindAll(number => !number.Vetoes.Exists(IsFinal));
        if (possible.Count == 0)
        {
            var last = numbers.Count == 0 ? Veto.Forever(VetoReason.NoNumber) : numbers[0].Vetoes.Find(IsFinal)!;
            return new PlanDecision.Finish(last, First(last, all));
        }

        if (general.Count == 0 && possible.Find(number => number.Vetoes.Count == 0) is { } free)
            return new PlanDecision.Contact(free.Phone.Id, free.Phone.Kind, facts.Channel);

        if (general.Find(veto => veto.End is VetoEnd.When) is { End: VetoEnd.When when } awaiting)
            return new PlanDecision.Wait(awaiting, First(awaiting, all), null, when.Event);

        var soonest = possible.MinBy(number => number.Vetoes.Count == 0 ? DateTimeOffset.MinValue : number.Vetoes.Max(EndOf))!;
        var decisive = general.Concat(soonest.Vetoes).MaxBy(EndOf)!;
        return WaitFor(facts, decisive, all);
    }

    /// <summary>Moves the end of a veto to a time when calls may start, so that the attempt is looked at again once, not at every threshold in between.</summary>
    private static PlanDecision WaitFor(PlanFacts facts, Veto decisive, List<Veto> all)
    {
        var schedule = facts.Campaign.Schedule;
        var end = EndOf(decisive);
        var opening = facts.Attempt.Appointment
            ? schedule.NextOpening(end)
            : RetryDemand.After(facts.Past, facts.Campaign.Policy, schedule).NextOpening(schedule, end);
        if (opening is { } late && facts.Campaign.IsOver(late))
        {
            var over = Veto.Forever(VetoReason.RoundOver);
            return new PlanDecision.Finish(over, First(over, all));
        }

        if (opening is { } at)
            return new PlanDecision.Wait(decisive, First(decisive, all), RoundedUp(at), null);

        var ended = Veto.For(VetoReason.CalendarEnded, AwaitedEvent.CalendarExtended);
        return new PlanDecision.Wait(ended, First(ended, all), null, AwaitedEvent.CalendarExtended);
    }

    private static IEnumerable<PhoneFacts> InOrder(PlanFacts facts) =>
        NumberOrder.From(facts.Phones, facts.Attempt.PhoneId ?? NumberOrder.Suggested(facts.Phones, facts.Past, facts.Campaign.Policy));

    private static List<Veto> VetoesOn(PlanFacts facts, PhoneFacts phone) =>
        [.. NumberRules.Select(rule => rule.Judge(facts, phone)).OfType<Veto>().Select(veto => veto with { PhoneId = phone.Id })];

    private static bool IsFinal(Veto veto) => veto.End is VetoEnd.Never;

    private static DateTimeOffset EndOf(Veto veto) =>
        veto.End is VetoEnd.At at ? at.Instant : throw new InvalidOperationException($"The veto {veto.Reason} has no time.");

    private static List<Veto> First(Veto decisive, IEnumerable<Veto> all) => [decisive, .. all.Where(veto => !ReferenceEquals(veto, decisive))];

    // Rows hold whole milliseconds: rounded down, a due time could fall before the instant that it stands for, for ever.
    private static DateTimeOffset RoundedUp(DateTimeOffset instant)
    {
        var rest = instant.Ticks % TimeSpan.TicksPerMillisecond;
        return (rest == 0 ? instant : instant.AddTicks(TimeSpan.TicksPerMillisecond - rest)).ToUniversalTime();
    }

    private sealed record Candidate(PhoneFacts Phone, List<Veto> Vetoes);
}
