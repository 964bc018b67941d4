using SurveyDialer.Crash.Checks;
using SurveyDialer.Simulator;

namespace SurveyDialer.Crash;

/// <summary>The checker itself: quiet on a sound campaign, and one made-up log for each thing that may never happen.</summary>
public sealed class CrashCheckerTests
{
    private const string Number = "+8615401000001";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    /// <summary>One call in which Q1 is answered by 2 and the next prompt is heard.</summary>
    private static List<WitnessEntry> SoundLog =>
    [
        .. Call("CA1", "t1", 0, 60, "completed"),
        Step("CA1", 1, 10, "Q1", "2"), Turn("CA1", 1, 11, delivered: true), Step("CA1", 2, 20, "consent", "4"), Turn("CA1", 2, 21, delivered: true),
        new(At(100), WitnessKind.TextAccepted, Texted, 1, "SM1", "/carrier/text-status/m1"),
        new(At(101), WitnessKind.TextDelivered, Texted, 1, "SM1", "/carrier/text-status/m1", "Q1"),
        new(At(102), WitnessKind.TextSent, Texted, 1, "SM2", Detail: "Q1", Keys: "３"),
        new(At(103), WitnessKind.TextAccepted, Texted, 2, "SM3", "/carrier/text-status/m2"),
        new(At(104), WitnessKind.TextDelivered, Texted, 2, "SM3", "/carrier/text-status/m2", "consent"),
    ];

    private static Books SoundBooks => new()
    {
        Attempts =
        [
            new AttemptLine { Id = 1, CampaignId = 1, RespondentId = 1, Token = "t1", CarrierId = "CA1", CarrierStatus = "Completed", Outcome = "Complete", RangAt = 1 },
            new AttemptLine { Id = 2, CampaignId = 2, RespondentId = 2, Channel = "text", Token = "m1", CarrierId = "SM1", Outcome = "Complete" },
        ],
        Messages = [new MessageLine { AttemptId = 2, Turn = 1, Token = "m1" }, new MessageLine { AttemptId = 2, Turn = 2, Token = "m2" }],
        Answers = [new AnswerLine(1, 1, "Q1", "2", "given"), new AnswerLine(2, 2, "Q1", "3", "given")],
        Members = [new MemberLine { CampaignId = 1, RespondentId = 1, FinalCode = "1.1" }, new MemberLine { CampaignId = 2, RespondentId = 2, FinalCode = "1.1" }],
        Options = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal) { ["Q1"] = new HashSet<string>(["1", "2", "3"], StringComparer.Ordinal) },
        Core = ["Q1"],
    };

    private static string Texted => "+8615402000001";

    [Fact]
    public void A_sound_campaign_has_no_finding() => Assert.Empty(Check(SoundLog, SoundBooks));

    [Fact]
    public void An_attempt_that_rings_twice_is_found()
        => Finds(Broken.RangTwice, [.. SoundLog, .. Call("CA2", "t1", 100, 110, "no-answer")], SoundBooks);

    [Fact]
    public void A_ring_at_a_number_in_use_is_found()
        => Finds(Broken.RangWhileInUse, [.. SoundLog, .. Call("CA2", "t3", 59, 70, "no-answer")], With(new AttemptLine { Id = 3, CampaignId = 1, RespondentId = 1, Token = "t3", CarrierId = "CA2", CarrierStatus = "NoAnswer", Outcome = "NoAnswer" }));

    [Fact]
    public void A_call_after_the_other_has_ended_is_none()
        => Assert.Empty(Check([.. SoundLog, .. Call("CA2", "t3", 61, 70, "no-answer")], With(new AttemptLine { Id = 3, CampaignId = 1, RespondentId = 1, Token = "t3", CarrierId = "CA2", CarrierStatus = "NoAnswer", Outcome = "NoAnswer" })));

    [Fact]
    public void A_text_sent_twice_is_found()
        => Finds(Broken.TextedTwice, [.. SoundLog, new(At(120), WitnessKind.TextAccepted, Texted, 3, "SM4", "/carrier/text-status/m2")], SoundBooks);

    [Fact]
    public void One_turn_under_two_tokens_is_found()
        => Finds(
            Broken.TextedTwice, [.. SoundLog, new(At(120), WitnessKind.TextAccepted, Texted, 3, "SM4", "/carrier/text-status/m3")],
            SoundBooks with { Messages = [.. SoundBooks.Messages, new MessageLine { AttemptId = 2, Turn = 2, Token = "m3" }] });

    [Fact]
    public void A_call_that_no_attempt_stands_for_is_found()
        => Finds(Broken.CallOfNobody, [.. SoundLog, .. Call("CA2", "forgotten", 100, 110, "no-answer")], SoundBooks);

    [Fact]
    public void A_text_that_no_message_stands_for_is_found()
        => Finds(Broken.CallOfNobody, [.. SoundLog, new(At(120), WitnessKind.TextAccepted, Texted, 3, "SM4", "/carrier/text-status/forgotten")], SoundBooks);

    [Fact]
    public void An_answer_that_is_missing_is_found()
        => Finds(Broken.AnswerLost, SoundLog, SoundBooks with { Answers = [SoundBooks.Answers[1]] });

    [Fact]
    public void An_answer_stored_as_another_is_found()
        => Finds(Broken.AnswerLost, SoundLog, SoundBooks with { Answers = [SoundBooks.Answers[0] with { Key = "4" }, SoundBooks.Answers[1]] });

    [Fact]
    public void An_answer_by_text_that_is_missing_is_found()
        => Finds(Broken.AnswerLost, SoundLog, SoundBooks with { Answers = [SoundBooks.Answers[0]] });

    [Fact]
    public void An_answer_whose_next_prompt_was_never_heard_may_be_missing()
        => Assert.Empty(Check(
            [.. SoundLog.Where(entry => entry is not { Sid: "CA1", Step: 2 })],
            SoundBooks with { Answers = [SoundBooks.Answers[1]], Attempts = [SoundBooks.Attempts[0] with { Outcome = "BreakOff" }, SoundBooks.Attempts[1]] }));

    [Fact]
    public void An_answer_after_a_reminder_that_crossed_its_reply_is_not_held_against_the_books()
    {
        List<WitnessEntry> log =
        [
            .. SoundLog,
            new(At(105), WitnessKind.TextSent, Texted, 2, "SM5", Detail: "Q1", Keys: "3"),
            new(At(106), WitnessKind.TextSent, Texted, 3, "SM6", Detail: "Q2", Keys: "1"),
            new(At(107), WitnessKind.TextDelivered, Texted, 3, "SM7", "/carrier/text-status/m2", "Q3"),
        ];
        var books = SoundBooks with { Options = new Dictionary<string, IReadOnlySet<string>>(SoundBooks.Options, StringComparer.Ordinal) { ["Q2"] = SoundBooks.Options["Q1"] } };
        Assert.Empty(Check(log, books));
        Assert.Equal(1, AnswerChecks.Crossed(new CarrierLog(log), books));
        Assert.Equal(0, AnswerChecks.Crossed(new CarrierLog(SoundLog), books));
    }

    [Fact]
    public void An_answer_stored_twice_is_found()
        => Finds(Broken.AnswerTwice, SoundLog, SoundBooks with { Answers = [.. SoundBooks.Answers, SoundBooks.Answers[0]] });

    [Fact]
    public void A_second_interview_is_found() => Finds(Broken.AnswerTwice, SoundLog, SoundBooks with { StrayInterviews = 1 });

    [Fact]
    public void An_answer_that_nobody_gave_is_found()
        => Finds(Broken.AnswerInvented, SoundLog, SoundBooks with { Answers = [.. SoundBooks.Answers, new AnswerLine(1, 1, "Q2", "3", "given")] });

    [Theory]
    [InlineData("placing")]
    [InlineData("placed")]
    [InlineData("unknown")]
    [InlineData("pending")]
    public void An_attempt_that_does_not_end_is_found(string state)
        => Finds(Broken.Stuck, SoundLog, SoundBooks with { Attempts = [SoundBooks.Attempts[0] with { State = state }, SoundBooks.Attempts[1]] });

    [Fact]
    public void A_respondent_without_a_final_code_is_found()
        => Finds(Broken.Stuck, SoundLog, SoundBooks with { Members = [SoundBooks.Members[0] with { FinalCode = null }, SoundBooks.Members[1]] });

    [Fact]
    public void A_text_that_does_not_end_is_found()
        => Finds(Broken.Stuck, SoundLog, SoundBooks with { Messages = [SoundBooks.Messages[0] with { State = "unknown" }, SoundBooks.Messages[1]] });

    [Theory]
    [InlineData("Busy", "Busy", "CA1")]
    [InlineData("Completed", "NoAnswer", "CA1")]
    [InlineData(null, "Fault", null)]
    [InlineData("Completed", "HardRefusal", "CA1")]
    [InlineData("Completed", "Complete", "CA9")]
    public void A_disposition_that_the_carrier_contradicts_is_found(string? status, string outcome, string? id)
        => Finds(
            Broken.DispositionDisagrees, SoundLog,
            SoundBooks with { Attempts = [SoundBooks.Attempts[0] with { CarrierStatus = status, Outcome = outcome, CarrierId = id }, SoundBooks.Attempts[1]] });

    [Fact]
    public void An_attempt_that_rang_only_in_the_books_is_found()
        => Finds(
            Broken.DispositionDisagrees, [.. SoundLog.Where(entry => entry.Kind != WitnessKind.Rang)],
            SoundBooks);

    [Fact]
    public void A_call_that_only_the_books_know_is_found()
        => Finds(Broken.DispositionDisagrees, SoundLog, With(new AttemptLine { Id = 3, CampaignId = 1, RespondentId = 1, Token = "t3", CarrierStatus = "Busy", Outcome = "Busy" }));

    [Fact]
    public void A_complete_interview_in_which_nothing_was_pressed_is_found()
        => Finds(
            Broken.DispositionDisagrees, [.. SoundLog.Where(entry => entry.Kind is not (WitnessKind.Step or WitnessKind.Turn))],
            SoundBooks);

    [Fact]
    public void A_witness_file_is_read_as_it_was_written()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, string.Join('\n', SoundLog.Select(Witness.ToJsonLine)) + "\n{\"at\":\"half a li");
        Assert.Empty(CrashChecker.Check(CarrierLog.Read(file), SoundBooks));
        Assert.Equal(2, CarrierLog.Read(file).Accepted.Count);
        File.Delete(file);
    }

    private static Books With(AttemptLine attempt) => SoundBooks with { Attempts = [.. SoundBooks.Attempts, attempt] };

    private static IReadOnlyList<Finding> Check(IEnumerable<WitnessEntry> log, Books books) => CrashChecker.Check(new CarrierLog(log), books);

    private static void Finds(Broken broken, IEnumerable<WitnessEntry> log, Books books) => Assert.Contains(Check(log, books), finding => finding.Broken == broken);

    private static IEnumerable<WitnessEntry> Call(string sid, string token, int from, int to, string final) =>
    [
        new(At(from), WitnessKind.CallAccepted, Number, 1, sid, $"/carrier/voice/{token}"), new(At(from), WitnessKind.Rang, Number, 1, sid),
        new(At(to), WitnessKind.Freed, Number, 1, sid, Detail: final),
    ];

    private static WitnessEntry Step(string sid, int step, int at, string about, string keys) => new(At(at), WitnessKind.Step, Number, 1, sid, Detail: about, Step: step, Keys: keys);

    private static WitnessEntry Turn(string sid, int step, int at, bool delivered) => new(At(at), WitnessKind.Turn, Number, 1, sid, Step: step, HttpStatus: 200, Delivered: delivered);

    private static DateTimeOffset At(int seconds) => Start.AddSeconds(seconds);
}
