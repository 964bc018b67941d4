using SurveyDialer.Fieldwork;
using SurveyDialer.Phones;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A resident rings the office: who called, never again, another time.</summary>
public sealed class EnquiryTests
{
    private const string Reason = "居民来电询问";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_is_found_with_its_calls_and_what_to_read_out_and_the_look_is_written_down_without_it()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(3);
        var at = await office.DialAsync("王芳");
        await office.EndAsync(at, DeskOutcome.NoAnswer);
        var found = await FindAsync(office, Number(at));
        var round = Assert.Single(found.Rounds);
        Assert.Equal([new EnquiryContact(office.Time.Now.ToUnixTimeMilliseconds(), Texted: false)], round.Contacts);
        Assert.Equal((false, false, null), (round.Now, round.Agreed, round.Name));
        Assert.Equal(office.One<long>("SELECT due_at FROM attempt WHERE state = 'pending' AND respondent_id = @id", new { id = round.Place.RespondentId }), round.Next);
        Assert.False(found.NeverAgain);
        Assert.Contains("模拟民意调查", found.ReadOut!.Texts[0], StringComparison.Ordinal);
        Assert.Equal(3, found.ReadOut.Texts.Count);
        Assert.All(found.ReadOut.Texts, text => Assert.DoesNotMatch("[{}]|按[0-9]", text));
        Assert.Contains(found.ReadOut.VerifyPhone!, found.ReadOut.Texts[2], StringComparison.Ordinal);
        Assert.Equal(("李雷", $"respondents {round.Place.RespondentId}: {Reason}"), office.One<(string, string)>("SELECT who, detail FROM audit_log WHERE action = 'number-searched'"));
        Assert.DoesNotContain(Number(at).E164[^8..], office.Text("audit_log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reason_and_with_a_number_in_it_nothing_is_looked_up()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var number = Number(await office.TakeAsync("王芳"));
        foreach (var (reason, problem) in new[] { (null, EnquiryProblem.ReasonMissing), (" 问 ", EnquiryProblem.ReasonMissing), ("来电 0851 8123 4567", EnquiryProblem.HoldsNumber), (new string('问', 201), EnquiryProblem.TooLong) })
            Assert.Equal((null, problem), await office.Office.Enquiries.FindAsync(number, "李雷", reason, Cancellation));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM audit_log WHERE action = 'number-searched'"));
    }

    [Fact]
    public async Task What_is_told_is_the_same_whether_somebody_was_interviewed_or_would_not()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(3);
        var interviewed = await office.ToConsentAsync(await office.AgreedAsync("王芳"));
        var number = Number(interviewed);
        Assert.Equal("1.1", DeskOffice.Code(await office.EnterAsync(interviewed, new DeskEntry.Keys("4"))));
        var other = await office.AnsweredAsync("王芳");
        await office.EndAsync(other, DeskOutcome.Deceased);
        var (one, two) = (await FindAsync(office, number), await FindAsync(office, Number(other)));
        Assert.Equal(Told(one), Told(two));

        static string Told(Enquiry enquiry) => $"{enquiry.NeverAgain} {string.Join(';', enquiry.Rounds.Select(round => $"{round.Campaign} {round.Contacts.Count} {round.Now} {round.Next} {round.Agreed} {round.Name}"))}";
    }

    [Fact]
    public async Task Never_again_holds_at_once_and_takes_back_what_waits()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(2);
        var number = Number(await office.TakeAsync("王芳"));
        await office.Desk.GiveBackAsync(office.Desk.Find("王芳")!.Hold, Cancellation);
        await office.Office.Enquiries.NeverAgainAsync(number, "李雷", Cancellation);
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM do_not_call"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'cancelled' AND waiting_reason = 'do-not-call'"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM sample_member WHERE final_code IS NOT NULL"));
        var found = await FindAsync(office, number);
        Assert.Equal((true, null), (found.NeverAgain, found.Rounds[0].Next));
        Assert.Equal("李雷", office.One<string>("SELECT who FROM audit_log WHERE action = 'never-again'"));

        // The other one is still called.
        await office.Time.AdvanceAsync(TimeSpan.FromMinutes(11), Cancellation);
        Assert.NotEqual(number, Number(await office.TakeAsync("王芳")));
    }

    [Fact]
    public async Task A_number_on_no_list_can_be_kept_from_every_later_one()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var stranger = PhoneNumber.Read("+8613800001234");
        var found = await FindAsync(office, stranger);
        Assert.Empty(found.Rounds);
        Assert.Contains("模拟民意调查", found.ReadOut!.Texts[0], StringComparison.Ordinal);
        await office.Office.Enquiries.NeverAgainAsync(stranger, "李雷", Cancellation);
        Assert.True((await FindAsync(office, stranger)).NeverAgain);
        Assert.Equal("on no list: asked for on the telephone", office.One<string>("SELECT detail FROM audit_log WHERE action = 'never-again'"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'pending'"));
    }

    [Fact]
    public async Task Of_several_behind_one_number_only_that_number_is_taken_away()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(3, sharedNumber: true);
        var number = Number(await office.TakeAsync("王芳"));
        Assert.All((await FindAsync(office, number)).Rounds, round => Assert.NotNull(round.Name));
        await office.Office.Enquiries.NeverAgainAsync(number, "李雷", Cancellation);
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM do_not_call"));
        Assert.Equal(2, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'cancelled'"));

        // Who is at a desk already gets no number any more.
        Assert.IsType<DeskReply.Gone>(await office.Desk.ShowNumberAsync(office.Desk.Find("王芳")!.Hold, Cancellation));
    }

    [Fact]
    public async Task An_agreed_time_is_kept_and_comes_first()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(3);
        var at = await office.DialAsync("王芳");
        await office.EndAsync(at, DeskOutcome.NoAnswer);
        var number = Number(at);
        var place = (await FindAsync(office, number)).Rounds[0].Place;
        var evening = new DateTimeOffset(2026, 3, 3, 19, 0, 0, TimeSpan.FromHours(8));
        foreach (var (asked, key) in new (DateTimeOffset?, string)[] { (null, "missing"), (evening.AddDays(-3), "past"), (evening.AddHours(8), "closed"), (evening.AddYears(1), "too_late") })
            Assert.Equal(key, (await office.Office.Enquiries.AgreeAsync(number, place, asked, "李雷", Cancellation))!.Key);
        Assert.Equal("gone", (await office.Office.Enquiries.AgreeAsync(number, place with { RespondentId = 99 }, evening, "李雷", Cancellation))!.Key);

        Assert.Null(await office.Office.Enquiries.AgreeAsync(number, place, evening, "李雷", Cancellation));
        var round = (await FindAsync(office, number)).Rounds[0];
        Assert.Equal((evening.ToUnixTimeMilliseconds(), true), (round.Next, round.Agreed));
        await office.Time.AdvanceAsync(evening - office.Time.Now, Cancellation);
        var next = await office.TakeAsync("王芳");
        Assert.Equal((number, true), (Number(next), next.Appointment));
    }

    private static PhoneNumber Number(DeskCase at) => PhoneNumber.Read(at.Number);

    private static async Task<Enquiry> FindAsync(DeskOffice office, PhoneNumber number)
    {
        var (found, problem) = await office.Office.Enquiries.FindAsync(number, "李雷", Reason, Cancellation);
        Assert.Null(problem);
        return found!;
    }
}
