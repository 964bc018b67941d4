using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Tests.CallingHours;
using static SurveyDialer.Tests.Attempts.Planning.Facts;

namespace SurveyDialer.Tests.Attempts.Planning;

public sealed class AttemptPlannerProperties
{
    private const int MostSteps = 8;

    private static readonly Dictionary<string, int> Seen = [];

    [Fact]
    public void Looking_again_when_told_soon_comes_to_a_contact_or_an_end()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(AnyFacts().ToArbitrary(), facts =>
        {
            for (var step = 0; step < MostSteps; step++)
            {
                var decision = AttemptPlanner.Plan(facts);
                Seen[decision.GetType().Name] = Seen.GetValueOrDefault(decision.GetType().Name) + 1;
                if (decision is not PlanDecision.Wait { NotBefore: { } notBefore } wait)
                    return decision is not PlanDecision.Wait { Awaited: null };
                if (notBefore <= facts.Now || notBefore.Ticks % TimeSpan.TicksPerMillisecond != 0 || wait.Decisive != wait.All[0])
                    return false;
                facts = Later(facts, notBefore);
            }

            return false;
        }));
        Assert.Equal(["Contact", "Finish", "Wait"], Seen.Keys.Order(StringComparer.Ordinal));
        Assert.All(Seen.Values, times => Assert.True(times > 50, $"{times}"));
    }

    [Fact]
    public void A_contact_is_never_outside_the_hours_nor_to_a_number_that_must_not_be_called()
    {
        var contacts = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(AnyFacts().ToArbitrary(), facts =>
        {
            var decision = AttemptPlanner.Plan(facts);
            while (decision is PlanDecision.Wait { NotBefore: { } notBefore })
            {
                facts = Later(facts, notBefore);
                decision = AttemptPlanner.Plan(facts);
            }

            if (decision is not PlanDecision.Contact contact)
                return true;
            contacts++;
            var phone = facts.Phones.Single(candidate => candidate.Id == contact.PhoneId);
            return facts.Campaign.State == CampaignState.Running
                && facts.Campaign.Schedule.IsOpen(facts.Now)
                && phone is { DoNotCall: false, Bad: false, LiveUntil: null }
                && (!phone.Fictional || facts.Campaign.Carrier == CarrierKind.Simulator)
                && (!contact.Channel.IsTexted() || phone.Kind == PhoneKind.Mobile)
                && facts.Attempt.DueAt <= facts.Now;
        }));
        Assert.True(contacts > 50, $"{contacts}");
    }

    /// <summary>Time passes; calls that were under way have ended by the time that was stated.</summary>
    private static PlanFacts Later(PlanFacts facts, DateTimeOffset now) => facts with
    {
        Now = now,
        Phones = [.. facts.Phones.Select(phone => phone.LiveUntil <= now ? phone with { LiveUntil = null } : phone)],
    };

    private static Gen<PlanFacts> AnyFacts() =>
        from now in Instants()
        from state in Gen.Frequency((8, Gen.Constant(CampaignState.Running)), (1, Gen.Elements(Enum.GetValues<CampaignState>())))
        from carrier in Gen.Elements(Enum.GetValues<CarrierKind>())
        from policy in Gen.Elements(Policies.Default, Policies.Default with { AttemptsPer30Days = 3 }, Policies.Default with { MinimumGap = TimeSpan.FromTicks(36_000_000_123) })
        from target in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from due in Gen.Choose(-3000, 3000)
        from channel in Gen.Frequency((5, Gen.Constant(AttemptChannel.Voice)), (1, Gen.Elements(Enum.GetValues<AttemptChannel>())))
        from appointment in Gen.Elements(true, false)
        from agreed in Gen.Elements<long?>(null, 1, 2)
        from count in Gen.Choose(0, 3)
        from phones in Gen.CollectToList(Enumerable.Range(1, count), id => Phone(id, now))
        from past in Past(now).ListOf()
        select new PlanFacts(
            now, Campaign(policy, carrier) with { State = state, TargetReached = target },
            new AttemptFacts(now.AddMinutes(due), channel, appointment, agreed), phones, [.. past]);

    private static Gen<DateTimeOffset> Instants() =>
        from minute in Gen.Choose(0, 500 * 24 * 60)
        from tick in Gen.Elements(0, 1, 9_999)
        select Policies.At("2025-06-01").AddMinutes(minute).AddTicks(tick);

    private static Gen<PhoneFacts> Phone(int id, DateTimeOffset now) =>
        from kind in Gen.Elements(PhoneKind.Landline, PhoneKind.Mobile)
        from rare in Gen.Choose(0, 30)
        from live in Gen.Choose(0, 20)
        from caps in Gen.Zip(Gen.Elements(Enum.GetValues<CapKind>()), Gen.Choose(0, 60)).ListOf()
        select new PhoneFacts(
            id, kind, rare == 0, rare == 1, rare == 2, rare is 3 or 4, live < 3 ? now.AddSeconds(live * 400) : null, rare == 5 ? 1 : 0,
            [.. caps.Select(cap => new CapDay(cap.Item1, DateOnly.FromDateTime(now.DateTime).AddDays(-cap.Item2), 1))]);

    private static Gen<PastAttempt> Past(DateTimeOffset now) =>
        from minutes in Gen.Choose(1, 10_000)
        from phone in Gen.Choose(1, 3)
        from outcome in Gen.Elements(Enum.GetValues<AttemptOutcome>())
        from flags in Gen.Choose(0, 15)
        from channel in Gen.Elements(Enum.GetValues<AttemptChannel>())
        select new PastAttempt(
            phone, (flags & 1) == 0, (flags & 2) == 0, channel, now.AddMinutes(-minutes), now.AddMinutes(-minutes).AddSeconds(40), outcome, (flags & 4) == 0, (flags & 8) != 0);
}
