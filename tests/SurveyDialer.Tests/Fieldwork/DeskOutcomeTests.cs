using SurveyDialer.Fieldwork;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>Every key by which a caller ends a call: its code, what counts, and what follows.</summary>
public sealed class DeskOutcomeTests
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Outcome, code, cap that is counted, whether another attempt follows.</summary>
    public static TheoryData<string, string, string?, bool> Outcomes() => new()
    {
        { "NoAnswer", "3.13", "attempt", true },
        { "Busy", "3.12", "busy", true },
        { "SwitchedOff", "3.13", null, true },
        { "Suspended", "4.33", null, true },
        { "NotExisting", "3.16", null, true },
        { "Machine", "3.14", "attempt", true },
        { "Fax", "4.20", "attempt", true },
        { "WrongNumber", "4.41", "attempt", false },
        { "Business", "4.51", "attempt", false },
        { "Refused", "2.111", "attempt", true },
        { "HungUp", "2.111", "attempt", true },
        { "NeverAgain", "2.111", "attempt", false },
        { "LanguageMissing", "3.90", "attempt", true },
        { "Unable", "2.32", "attempt", false },
        { "Deceased", "2.31", "attempt", false },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Each_outcome_has_its_code_its_cap_and_what_follows(string name, string code, string? cap, bool follows)
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var dialling = await office.DialAsync("王芳");
        var outcome = Enum.Parse<DeskOutcome>(name);
        Assert.Equal(code, DeskOffice.Code(await office.EndAsync(dialling, outcome)));
        Assert.IsType<DeskReply.Gone>(await office.EndAsync(dialling, outcome));
        Assert.Equal(cap is null ? [] : [cap], office.All<string>("SELECT kind FROM contact_cap WHERE kind IN ('attempt', 'busy') AND times = 1"));
        Assert.Equal(1, office.One<long>("SELECT times FROM contact_cap WHERE kind = 'round'"));
        Assert.Equal(follows, office.One<bool>("SELECT EXISTS (SELECT 1 FROM attempt WHERE state = 'pending' AND channel = 'live' AND ordinal = 2)"));
        Assert.Equal(!follows, office.One<bool>("SELECT final_code IS NOT NULL FROM sample_member"));
        Assert.Equal(name == "NeverAgain", office.One<bool>("SELECT EXISTS (SELECT 1 FROM do_not_call)"));
        Assert.Equal(name is "WrongNumber" ? 1L : 0L, office.One<long>("SELECT bad FROM phone"));
    }

    [Fact]
    public void Every_outcome_but_the_appointment_is_in_the_table()
        => Assert.Equal(Enum.GetNames<DeskOutcome>().Order(), Outcomes().Select(row => row.Data.Item1).Append(nameof(DeskOutcome.Later)).Order());

    [Fact]
    public async Task Never_again_holds_for_every_number_of_the_respondent_at_once()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(2);
        await office.ExecuteAsync("INSERT INTO respondent_phone (respondent_id, position, phone_id) SELECT 3 - respondent_id, 1, phone_id FROM respondent_phone WHERE position = 0;");
        await office.EndAsync(await office.DialAsync("王芳"), DeskOutcome.NeverAgain);
        Assert.Equal(2, office.One<long>("SELECT count(*) FROM do_not_call"));
        Assert.Null(await office.Desk.TakeNextAsync("李雷", Cancellation));
        Assert.Equal("do-not-call", office.One<string>("SELECT waiting_reason FROM attempt WHERE state = 'cancelled'"));
    }

    [Fact]
    public async Task Never_again_in_the_middle_of_an_interview_keeps_its_code_after_consent()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.KeysAsync(await office.AgreedAsync("王芳"), "1");
        Assert.Equal("2.112", DeskOffice.Code(await office.EndAsync(at, DeskOutcome.NeverAgain)));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM do_not_call"));
    }

    [Fact]
    public async Task Who_has_agreed_cannot_be_a_wrong_number()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AgreedAsync("王芳");
        foreach (var outcome in Enum.GetValues<DeskOutcome>().Where(DeskEvidence.IsBeforeConsent))
            Assert.IsType<DeskReply.Going>(await office.EndAsync(at, outcome));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM attempt WHERE state = 'placed'"));
    }

    [Fact]
    public async Task An_appointment_is_kept_to_the_minute_with_the_same_number_and_before_others()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(4);
        var at = await office.AnsweredAsync("王芳");
        var asked = new DateTimeOffset(2026, 3, 2, 19, 0, 0, Offset);
        Assert.Equal("3.21", DeskOffice.Code(await office.EndAsync(at, DeskOutcome.Later, asked)));
        await office.Time.AdvanceAsync(asked - office.Time.Now - TimeSpan.FromMinutes(1), Cancellation);
        Assert.NotEqual(at.Number, (await office.TakeAsync("李雷")).Number);
        await office.Time.AdvanceAsync(TimeSpan.FromMinutes(1), Cancellation);
        var kept = await office.TakeAsync("王芳");
        Assert.Equal((at.Number, true, 2L), (kept.Number, kept.Appointment, kept.Ordinal));
    }

    [Theory]
    [InlineData("2026-03-02T09:00", "past", null)]
    [InlineData("2026-03-02T13:00", "closed", "2026-03-02T14:30")]
    [InlineData("2026-03-02T20:28", "closed", "2026-03-03T09:00")]
    [InlineData("2026-03-21T10:00", "too_late", null)]
    [InlineData("2026-03-20T20:40", "too_late", null)]
    [InlineData(null, "missing", null)]
    public async Task An_appointment_that_cannot_be_kept_is_not_made(string? asked, string problem, string? possible)
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        var at = await office.AnsweredAsync("王芳");
        var not = Assert.IsType<DeskReply.Not>(await office.EndAsync(at, DeskOutcome.Later, At(asked)));
        Assert.Equal((problem, At(possible)), (not.Problem.Key, not.Problem.Possible));
        Assert.Equal(at.Hold, office.Desk.Find("王芳")!.Hold);
    }

    [Fact]
    public async Task Who_declined_at_the_introduction_is_asked_once_more_after_a_week()
    {
        await using var office = new DeskOffice();
        await office.LaunchAsync(1);
        Assert.Equal("2.111", DeskOffice.Code(await office.EnterAsync(await office.AnsweredAsync("王芳"), new DeskEntry.Keys("2"))));
        await office.Time.AdvanceAsync(TimeSpan.FromDays(7) + TimeSpan.FromHours(1), Cancellation);
        var again = await office.AnsweredAsync("李雷");
        Assert.Equal(SurveyDialer.Questionnaires.CardPart.Introduction, again.Card!.Part);
        Assert.Equal("2.111", DeskOffice.Code(await office.EnterAsync(again, new DeskEntry.Keys("2"))));
        Assert.Equal("2.111", office.One<string>("SELECT final_code FROM sample_member"));
    }

    private static DateTimeOffset? At(string? local)
        => local is null ? null : new DateTimeOffset(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), Offset);
}
