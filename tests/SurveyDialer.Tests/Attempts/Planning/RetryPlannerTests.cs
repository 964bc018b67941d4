using SurveyDialer.Attempts.Planning;
using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires.Policy;
using static SurveyDialer.Tests.Attempts.Planning.Facts;
using static SurveyDialer.Tests.CallingHours.Policies;

namespace SurveyDialer.Tests.Attempts.Planning;

public sealed class RetryPlannerTests
{
    [Theory]
    [InlineData(AttemptOutcome.Complete)]
    [InlineData(AttemptOutcome.Partial)]
    [InlineData(AttemptOutcome.HardRefusal)]
    [InlineData(AttemptOutcome.SoftRefusal)]
    [InlineData(AttemptOutcome.ScreenedOut)]
    public void An_outcome_without_a_rule_ends_the_attempts(AttemptOutcome outcome) => AssertFinal(Ended([Landline(), Mobile()], Past("2026-03-02 10:00", outcome)));

    [Fact]
    public void No_answer_by_day_is_tried_again_in_the_evening()
    {
        var next = Next(Ended([Landline()], Past("2026-03-02 10:00")));
        Assert.Equal(new NextStep.Attempt(At("2026-03-02 18:00"), DayPart.WorkdayEvening, 1, AttemptChannel.Voice, false), next);
    }

    [Theory]
    [InlineData("2026-03-09", true)]
    [InlineData("2026-03-08", false)]
    public void Nothing_is_planned_after_the_last_day(string lastDay, bool planned)
    {
        var facts = Ended([Landline()], Past("2026-03-02 10:00", AttemptOutcome.BreakOff));
        facts = facts with { Campaign = facts.Campaign with { LastDay = DateOnly.Parse(lastDay, System.Globalization.CultureInfo.InvariantCulture) } };
        if (planned) Assert.Equal(At("2026-03-09 10:00"), Next(facts).Due);
        else AssertFinal(facts);
        if (!planned) AssertFinal(facts with { AppointmentAt = At("2026-03-09 15:00") });
    }

    [Fact]
    public void A_rule_is_used_so_many_times_and_no_more()
    {
        var breakOffs = new[] { Past("2026-03-02 10:00", AttemptOutcome.BreakOff), Past("2026-03-09 10:10", AttemptOutcome.BreakOff) };
        Assert.Equal(At("2026-03-09 10:00"), Next(Ended([Landline()], breakOffs[..1])).Due);
        AssertFinal(Ended([Landline()], breakOffs));
    }

    [Fact]
    public void The_caps_of_the_round_end_the_attempts()
    {
        var past = Enumerable.Range(2, 4).Select(day => Past($"2026-03-0{day} 10:00")).ToArray();
        AssertFinal(Ended([Mobile(1)], past));
        Assert.Equal(1, Next(Ended([Landline(1)], past)).PhoneId);
    }

    [Fact]
    public void A_busy_line_is_tried_after_twenty_minutes_once()
    {
        var first = Past("2026-03-02 10:00", AttemptOutcome.Busy);
        Assert.Equal(At("2026-03-02 10:20"), Next(Ended([Landline()], first)).Due);
        Assert.Equal(At("2026-03-02 18:00"), Next(Ended([Landline()], first, Past("2026-03-02 10:20", AttemptOutcome.Busy))).Due);
    }

    [Fact]
    public void A_telephone_that_is_off_is_tried_another_day_at_the_next_number()
    {
        var next = Next(Ended([Landline(), Mobile()], Past("2026-03-02 10:00", AttemptOutcome.SwitchedOff)));
        Assert.Equal((At("2026-03-03 09:00"), 2L), (next.Due, next.PhoneId));
    }

    [Fact]
    public void Silence_asks_for_a_person() =>
        Assert.Equal(AttemptChannel.Live, Next(Ended([Landline()], Past("2026-03-02 10:00", AttemptOutcome.NothingHeard))).Channel);

    [Fact]
    public void A_number_that_does_not_exist_is_confirmed_another_day_and_then_the_next_one_is_tried()
    {
        var first = Past("2026-03-02 10:00", AttemptOutcome.NotExisting);
        var next = Next(Ended([Landline(), Mobile()], first));
        Assert.Equal((At("2026-03-03 09:00"), 1L), (next.Due, next.PhoneId));

        var second = Past("2026-03-03 09:00", AttemptOutcome.NotExisting);
        Assert.Equal(2, Next(Ended([Landline() with { Bad = true }, Mobile()], first, second)).PhoneId);
        AssertFinal(Ended([Landline() with { Bad = true }], first, second));
    }

    [Fact]
    public void A_fax_leads_to_the_next_number_without_a_rule() =>
        Assert.Equal(2, Next(Ended([Landline(), Mobile()], Past("2026-03-02 10:00", AttemptOutcome.Fax))).PhoneId);

    [Fact]
    public void A_fault_of_ours_is_repeated_and_does_not_count()
    {
        var next = Next(Ended([Landline()], Past("2026-03-02 10:00", AttemptOutcome.Fault)));
        Assert.Equal((At("2026-03-02 10:10"), 1L), (next.Due, next.PhoneId));
    }

    [Fact]
    public void Whoever_says_never_again_is_not_tried_on_another_number() =>
        AssertFinal(Ended([Landline(), Mobile()], Past("2026-03-02 10:00")) with { NeverAgain = true });

    [Fact]
    public void A_wish_for_a_time_becomes_an_appointment_at_the_same_number_within_the_hours()
    {
        var facts = Ended([Landline(), Mobile()], Past("2026-03-02 10:00", AttemptOutcome.Partial, phone: 2)) with { AppointmentAt = At("2026-03-04 13:00") };
        Assert.Equal(new NextStep.Attempt(At("2026-03-04 14:30"), DayPart.WorkdayDay, 2, AttemptChannel.Voice, true), Next(facts));
    }

    [Fact]
    public void After_the_notice_comes_the_call()
    {
        var policy = Default with { Channels = [new ChannelStep(ContactKind.AdvanceNotice, TimeSpan.FromDays(1)), new ChannelStep(ContactKind.Call, TimeSpan.Zero)] };
        var notice = Past("2026-03-02 10:00", AttemptOutcome.NoReplyToText, phone: 2) with { Channel = AttemptChannel.Notice, Rang = false };
        var next = Next(Ended([Landline(), Mobile()], notice) with { Campaign = Campaign(policy) });
        Assert.Equal((At("2026-03-03 10:00"), AttemptChannel.Voice), (next.Due, next.Channel));
    }

    [Fact]
    public void When_calls_are_used_up_the_text_follows_for_those_who_have_a_mobile()
    {
        var policy = Default with { Retries = [], Channels = [new ChannelStep(ContactKind.Call, TimeSpan.FromDays(2)), new ChannelStep(ContactKind.Text, TimeSpan.Zero)] };
        var facts = Ended([Landline(), Mobile()], Past("2026-03-02 10:00")) with { Campaign = Campaign(policy) };
        var next = Next(facts);
        Assert.Equal((At("2026-03-04 10:00"), AttemptChannel.Text), (next.Due, next.Channel));
        AssertFinal(facts with { Phones = [Landline()] });
        AssertFinal(Ended([Landline(), Mobile()], Past("2026-03-02 10:00", AttemptOutcome.SoftRefusal)) with { Campaign = Campaign(policy) });
        var text = Past("2026-03-05 10:00", AttemptOutcome.NoReplyToText, phone: 2) with { Channel = AttemptChannel.Text };
        AssertFinal(Ended([Landline(), Mobile()], Past("2026-03-02 10:00"), text) with { Campaign = Campaign(policy) });
    }

    [Fact]
    public void The_first_attempt_leaves_out_what_no_number_can_take()
    {
        var policy = Default with { Channels = [new ChannelStep(ContactKind.AdvanceNotice, TimeSpan.FromDays(1)), new ChannelStep(ContactKind.Call, TimeSpan.Zero)] };
        Assert.Equal(AttemptChannel.Notice, ChannelSequence.First(policy, CarrierKind.Real, [Landline(), Mobile()]));
        Assert.Equal(AttemptChannel.Voice, ChannelSequence.First(policy, CarrierKind.Real, [Landline()]));
        Assert.Equal(AttemptChannel.Live, ChannelSequence.First(policy, CarrierKind.Real, [Landline() with { DeskOnly = true }]));
        Assert.Equal(AttemptChannel.Live, ChannelSequence.First(policy, CarrierKind.DeskTelephone, [Mobile()]));
        Assert.Null(ChannelSequence.First(policy, CarrierKind.Real, [Mobile() with { Fictional = true }]));
    }

    private static RetryFacts Ended(PhoneFacts[] phones, params PastAttempt[] past) => new(past[^1].EndedAt, Campaign(), past[^1], past, phones);

    private static NextStep.Attempt Next(RetryFacts facts) => Assert.IsType<NextStep.Attempt>(RetryPlanner.Next(facts));

    private static void AssertFinal(RetryFacts facts) => Assert.IsType<NextStep.Final>(RetryPlanner.Next(facts));
}
