using System.Globalization;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires.Policy;
using static SurveyDialer.Tests.Attempts.Planning.Facts;
using static SurveyDialer.Tests.CallingHours.Policies;

namespace SurveyDialer.Tests.Attempts.Planning;

public sealed class AttemptPlannerTests
{
    [Fact]
    public void A_respondent_against_whom_nothing_speaks_is_called() =>
        Assert.Equal(new PlanDecision.Contact(1, PhoneKind.Landline, AttemptChannel.Voice), AttemptPlanner.Plan(Plain()));

    [Theory]
    [InlineData(CampaignState.Draft, VetoReason.CampaignNotLaunched, AwaitedEvent.Launch)]
    [InlineData(CampaignState.Ready, VetoReason.CampaignNotLaunched, AwaitedEvent.Launch)]
    [InlineData(CampaignState.Paused, VetoReason.CampaignPaused, AwaitedEvent.Resume)]
    public void A_campaign_that_does_not_run_waits_for_an_event(CampaignState state, object reason, object awaited)
    {
        var wait = Wait(Plain() with { Campaign = Campaign() with { State = state } });
        Assert.Equal(((VetoReason)reason, (AwaitedEvent)awaited, null), (wait.Decisive.Reason, wait.Awaited, wait.NotBefore));
    }

    [Fact]
    public void A_closed_campaign_is_finished() => AssertFinish(VetoReason.CampaignClosed, Plain() with { Campaign = Campaign() with { State = CampaignState.Closed } });

    [Fact]
    public void Outside_the_hours_the_next_opening_is_awaited() => AssertWait(VetoReason.OutsideHours, "2026-03-02 14:30", Plain(At("2026-03-02 12:10")));

    [Fact]
    public void Beyond_the_calendar_nothing_is_dialled()
    {
        var wait = Wait(Plain(At("2027-01-04 10:00")));
        Assert.Equal((VetoReason.CalendarEnded, AwaitedEvent.CalendarExtended), (wait.Decisive.Reason, wait.Awaited));
    }

    [Fact]
    public void A_wait_that_ends_at_night_is_moved_to_the_morning() =>
        AssertWait(VetoReason.MinimumGap, "2026-03-03 09:00", Plain(At("2026-03-02 20:00")) with { Past = [Past("2026-03-02 19:50", AttemptOutcome.NothingHeard)] });

    [Fact]
    public void What_is_not_due_yet_is_not_early() =>
        AssertWait(VetoReason.NotDueYet, "2026-03-02 11:00", Plain() with { Attempt = new AttemptFacts(At("2026-03-02 11:00"), AttemptChannel.Voice) });

    [Fact]
    public void Nobody_is_called_once_the_target_is_reached() => AssertFinish(VetoReason.TargetReached, Plain() with { Campaign = Campaign() with { TargetReached = true } });

    [Fact]
    public void Nobody_is_called_for_a_full_quota() => AssertFinish(VetoReason.QuotaFull, Plain() with { QuotaFull = true });

    [Fact]
    public void A_household_that_has_been_interviewed_is_left_alone_on_every_number() =>
        AssertFinish(VetoReason.HouseholdInterviewed, Plain() with { Phones = [Landline() with { HouseholdInterviews = 1 }, Mobile()] });

    [Fact]
    public void Respondent_is_not_dialled_after_opting_out() => AssertFinish(VetoReason.DoNotCall, Plain() with { Phones = [Landline() with { DoNotCall = true }] });

    [Fact]
    public void Another_number_is_tried_where_one_must_not_be() =>
        Assert.Equal(2, Contact(Plain() with { Phones = [Landline() with { DoNotCall = true }, Mobile()] }).PhoneId);

    [Fact]
    public void A_respondent_without_numbers_is_finished() => AssertFinish(VetoReason.NoNumber, Plain() with { Phones = [] });

    [Fact]
    public void A_bad_number_is_not_dialled() => AssertFinish(VetoReason.NumberBad, Plain() with { Phones = [Landline() with { Bad = true }] });

    [Theory]
    [InlineData(CarrierKind.Simulator, true)]
    [InlineData(CarrierKind.Real, false)]
    [InlineData(CarrierKind.DeskTelephone, false)]
    public void A_number_of_nobody_is_for_the_simulator(object carrier, bool dialled)
    {
        var facts = Plain() with { Campaign = Campaign(carrier: (CarrierKind)carrier), Phones = [Landline() with { Fictional = true }] };
        if (dialled)
            Contact(facts);
        else
            AssertFinish(VetoReason.NumberFictional, facts);
    }

    [Fact]
    public void A_number_with_an_extension_is_for_people()
    {
        var facts = Plain() with { Phones = [Landline() with { DeskOnly = true }] };
        AssertFinish(VetoReason.NumberDeskOnly, facts);
        Assert.Equal(AttemptChannel.Live, Contact(facts with { Attempt = facts.Attempt with { Channel = AttemptChannel.Live } }).Channel);
        Assert.Equal(AttemptChannel.Live, Contact(facts with { Campaign = Campaign(carrier: CarrierKind.DeskTelephone) }).Channel);
    }

    [Theory]
    [InlineData(AttemptChannel.Text)]
    [InlineData(AttemptChannel.Notice)]
    public void Texts_go_to_mobiles_only(object channel)
    {
        var facts = Plain() with { Attempt = new AttemptFacts(Now, (AttemptChannel)channel) };
        AssertFinish(VetoReason.NumberNotMobile, facts);
        Assert.Equal(2, Contact(facts with { Phones = [Landline(), Mobile()] }).PhoneId);
        AssertFinish(VetoReason.CarrierWithoutTexts, facts with { Phones = [Mobile()], Campaign = Campaign(carrier: CarrierKind.DeskTelephone) });
    }

    [Fact]
    public void A_number_that_rings_already_is_not_rung_twice()
    {
        var facts = Plain() with { Phones = [Landline() with { LiveUntil = At("2026-03-02 10:11") }] };
        AssertWait(VetoReason.NumberInUse, "2026-03-02 10:11", facts);
        AssertWait(VetoReason.NumberInUse, "2026-03-02 10:13", facts with { Now = At("2026-03-02 10:12") });
    }

    [Fact]
    public void Somebody_else_s_call_to_the_shared_number_counts_for_the_gap()
    {
        var other = Past("2026-03-02 09:40", AttemptOutcome.NothingHeard) with { SameCampaign = false, SameRespondent = false };
        AssertWait(VetoReason.MinimumGap, "2026-03-02 14:30", Plain() with { Past = [other] });
        AssertWait(VetoReason.MinimumGap, "2026-03-02 18:00", Plain(At("2026-03-02 15:10")) with { Past = [other with { EndedAt = At("2026-03-02 15:00") }] });
    }

    [Fact]
    public void A_call_that_did_not_ring_keeps_no_gap() => Contact(Plain() with { Past = [Past("2026-03-02 09:59", AttemptOutcome.Fault)] });

    [Fact]
    public void A_busy_line_is_tried_once_more_after_twenty_minutes_and_then_keeps_the_gap()
    {
        var once = Plain() with { Past = [Past("2026-03-02 09:50", AttemptOutcome.Busy)] };
        AssertWait(VetoReason.BusyGap, "2026-03-02 10:10", once);
        Contact(once with { Now = At("2026-03-02 10:10") });

        var twice = once with { Now = At("2026-03-02 10:30"), Past = [.. once.Past, Past("2026-03-02 10:12", AttemptOutcome.Busy)] };
        AssertWait(VetoReason.OtherDayPart, "2026-03-02 18:00", twice);
    }

    [Theory]
    [InlineData(CapKind.Attempt)]
    [InlineData(CapKind.Busy)]
    [InlineData(CapKind.Text)]
    public void The_cap_of_a_day_counts_every_kind_of_contact(object kind)
    {
        var phone = Landline() with { Caps = [Cap(CapKind.Attempt, "2026-03-02"), Cap((CapKind)kind, "2026-03-02")] };
        AssertWait(VetoReason.DailyCap, "2026-03-03 09:00", Plain() with { Phones = [phone] });
        Contact(Plain(At("2026-03-03 09:00")) with { Phones = [phone] });
    }

    [Fact]
    public void The_cap_of_a_round_is_lower_for_mobiles_and_final()
    {
        var past = Enumerable.Range(1, 6).Select(day => Past($"2026-02-0{day} 12:00", AttemptOutcome.NothingHeard)).ToList();
        AssertFinish(VetoReason.RoundCap, Plain() with { Past = past });
        Contact(Plain() with { Past = past[..5] });
        AssertFinish(VetoReason.RoundCap, Plain() with { Phones = [Mobile(1)], Past = past[..4] });
        Contact(Plain() with { Past = [.. past[..5], past[5] with { OurFault = true }] });
    }

    [Fact]
    public void The_cap_of_thirty_days_ends_when_the_oldest_contact_is_thirty_days_old()
    {
        var policy = Default with { AttemptsPer30Days = 3 };
        var phone = Landline() with { Caps = [Cap(CapKind.Attempt, "2026-02-05"), Cap(CapKind.Attempt, "2026-02-10"), Cap(CapKind.Text, "2026-02-25")] };
        AssertWait(VetoReason.ThirtyDayCap, "2026-03-07 10:00", Plain() with { Campaign = Campaign(policy), Phones = [phone] });
        Contact(Plain() with { Phones = [phone] });
    }

    [Fact]
    public void A_number_is_called_for_two_rounds_a_year()
    {
        var phone = Landline() with { Caps = [Cap(CapKind.Round, "2025-06-01"), Cap(CapKind.Round, "2026-01-10")] };
        AssertFinish(VetoReason.RoundsPerYear, Plain() with { Phones = [phone] });
        Contact(Plain() with { Phones = [phone], Past = [Past("2026-02-01 12:00", AttemptOutcome.NothingHeard)] });
        Contact(Plain() with { Phones = [phone with { Caps = [Cap(CapKind.Round, "2025-03-01"), Cap(CapKind.Round, "2026-01-10")] }] });
    }

    [Fact]
    public void After_an_interview_the_number_rests_for_180_days()
    {
        var phone = Landline() with { Caps = [Cap(CapKind.Interview, "2025-10-01")] };
        AssertFinish(VetoReason.InterviewedLately, Plain() with { Phones = [phone] });
        Contact(Plain(At("2026-04-01 10:00")) with { Phones = [phone] });
    }

    [Fact]
    public void The_interview_of_another_person_of_the_household_in_this_round_is_the_household_rule_s()
    {
        var two = Campaign(Default with { InterviewsPerHousehold = 2 });
        var phone = Landline() with { HouseholdInterviews = 1, Caps = [Cap(CapKind.Interview, "2026-03-01")] };
        Contact(Plain() with { Campaign = two, Phones = [phone] });
    }

    [Fact]
    public void Nobody_at_home_by_day_is_tried_in_the_evening()
    {
        var facts = Plain(At("2026-03-03 10:00")) with { Past = [Past("2026-03-02 10:00")] };
        AssertWait(VetoReason.OtherDayPart, "2026-03-03 18:00", facts);
        Contact(facts with { Now = At("2026-03-03 18:00") });
    }

    [Fact]
    public void Where_the_windows_offer_no_other_part_the_same_one_will_do()
    {
        var days = Default with { Windows = [new CallingWindow(DayKind.Workday, new TimeOnly(9, 0), new TimeOnly(12, 0))] };
        Contact(Plain(At("2026-03-03 10:00")) with { Campaign = Campaign(days), Past = [Past("2026-03-02 10:00")] });
    }

    [Fact]
    public void A_telephone_that_was_off_is_tried_another_day_at_the_next_number()
    {
        var facts = Plain(At("2026-03-02 16:00")) with { Phones = [Landline(), Mobile()], Past = [Past("2026-03-02 10:00", AttemptOutcome.SwitchedOff)] };
        AssertWait(VetoReason.OtherDay, "2026-03-03 09:00", facts);
        Assert.Equal(2, Contact(facts with { Now = At("2026-03-03 09:00") }).PhoneId);
    }

    [Fact]
    public void An_appointment_keeps_its_time_whatever_protects_others_from_being_pestered()
    {
        var agreed = new AttemptFacts(At("2026-03-02 11:00"), AttemptChannel.Voice, Appointment: true, PhoneId: 1);
        var facts = Plain() with
        {
            Attempt = agreed,
            QuotaFull = true,
            Phones = [Landline() with { Caps = [Cap(CapKind.Attempt, "2026-03-02", 2)] }, Mobile()],
            Past = [Past("2026-03-02 09:30")],
        };
        AssertWait(VetoReason.AppointmentAhead, "2026-03-02 11:00", facts);
        Assert.Equal(1, Contact(facts with { Now = At("2026-03-02 11:00") }).PhoneId);
    }

    [Fact]
    public void An_appointment_breaks_neither_the_hours_nor_do_not_call_and_moves_to_no_other_number()
    {
        var agreed = new AttemptFacts(At("2026-03-02 12:30"), AttemptChannel.Voice, Appointment: true, PhoneId: 1);
        var facts = Plain(At("2026-03-02 12:30")) with { Attempt = agreed, Phones = [Landline(), Mobile()] };
        AssertWait(VetoReason.OutsideHours, "2026-03-02 14:30", facts);
        AssertFinish(VetoReason.DoNotCall, facts with { Now = At("2026-03-02 14:30"), Phones = [Landline() with { DoNotCall = true }, Mobile()] });
    }

    [Fact]
    public void Every_no_is_given_and_the_one_that_holds_longest_decides()
    {
        var phone = Landline() with { Caps = [Cap(CapKind.Attempt, "2026-03-02", 2)] };
        var wait = Wait(Plain(At("2026-03-02 12:10")) with { Phones = [phone], Past = [Past("2026-03-02 11:50", AttemptOutcome.NothingHeard)] });
        Assert.Equal([VetoReason.DailyCap, VetoReason.OutsideHours, VetoReason.MinimumGap], wait.All.Select(veto => veto.Reason));
        Assert.Equal([1L, null, 1L], wait.All.Select(veto => veto.PhoneId));
    }

    [Fact]
    public void The_number_that_is_free_first_decides_how_long_to_wait()
    {
        var capped = Landline() with { Caps = [Cap(CapKind.Attempt, "2026-03-02", 2)] };
        AssertWait(VetoReason.NumberInUse, "2026-03-02 10:20", Plain() with { Phones = [capped, Mobile() with { LiveUntil = At("2026-03-02 10:20") }] });
    }

    [Fact]
    public void Nobody_is_contacted_after_the_last_day_by_appointment_neither()
    {
        var ends = Plain() with { Campaign = Campaign() with { LastDay = new DateOnly(2026, 3, 2) } };
        Contact(ends);
        var after = ends with { Now = At("2026-03-03 10:00") };
        AssertFinish(VetoReason.RoundOver, after);
        AssertFinish(VetoReason.RoundOver, after with { Attempt = after.Attempt with { Appointment = true, PhoneId = 1 } });
    }

    [Fact]
    public void What_could_be_made_only_after_the_last_day_is_not_waited_for()
    {
        var capped = Plain() with { Phones = [Landline() with { Caps = [Cap(CapKind.Attempt, "2026-03-02", 2)] }] };
        AssertWait(VetoReason.DailyCap, "2026-03-03 09:00", capped with { Campaign = Campaign() with { LastDay = new DateOnly(2026, 3, 3) } });
        AssertFinish(VetoReason.RoundOver, capped with { Campaign = Campaign() with { LastDay = new DateOnly(2026, 3, 2) } });
    }

    [Fact]
    public void Every_reason_has_a_stored_form_and_a_text_in_both_languages()
    {
        var reasons = Enum.GetValues<VetoReason>();
        Assert.NotEmpty(reasons);
        Assert.Equal(reasons, reasons.Select(reason => VetoReasons.FromColumn(reason.ToColumn())));
        Assert.All(reasons, reason =>
        {
            var chinese = AttemptTexts.Describe(reason, CultureInfo.GetCultureInfo("zh-CN"));
            Assert.True(chinese.Any(letter => letter >= 0x4E00), chinese);
            Assert.DoesNotContain(AttemptTexts.Describe(reason, CultureInfo.GetCultureInfo("en")), letter => letter >= 0x4E00);
        });
    }

    private static PlanDecision.Contact Contact(PlanFacts facts) => Assert.IsType<PlanDecision.Contact>(AttemptPlanner.Plan(facts));

    private static PlanDecision.Wait Wait(PlanFacts facts) => Assert.IsType<PlanDecision.Wait>(AttemptPlanner.Plan(facts));

    private static void AssertWait(VetoReason reason, string notBefore, PlanFacts facts)
    {
        var wait = Wait(facts);
        Assert.Equal((reason, At(notBefore)), (wait.Decisive.Reason, wait.NotBefore));
    }

    private static void AssertFinish(VetoReason reason, PlanFacts facts) =>
        Assert.Equal(reason, Assert.IsType<PlanDecision.Finish>(AttemptPlanner.Plan(facts)).Decisive.Reason);
}
