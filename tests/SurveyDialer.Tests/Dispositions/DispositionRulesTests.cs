using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Calls;
using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Tests.Dispositions;

public sealed class DispositionRulesTests
{
    private static readonly AttemptEvidence Call = new() { Frame = FrameType.List, Channel = AttemptChannel.Voice };
    private static readonly AttemptEvidence Answered = Call with { Call = CallStatus.Completed };
    private static readonly AttemptEvidence Text = Call with { Channel = AttemptChannel.Text };

    /// <summary>Name, evidence, code in a list, code among generated numbers, outcome.</summary>
    private static readonly (string Name, AttemptEvidence Evidence, string List, string Generated, AttemptOutcome Outcome)[] Rows =
    [
        ("1 complete", Said(new() { CoreDone = true, PartialDone = true, ConsentGiven = true }), "1.1", "1.1", AttemptOutcome.Complete),
        ("1 complete, then never again", Said(new() { CoreDone = true, ConsentGiven = true, NeverAgain = true }), "1.1", "1.1", AttemptOutcome.Complete),
        ("2 partial", Said(new() { PartialDone = true, ConsentGiven = true }), "1.2", "1.2", AttemptOutcome.Partial),
        ("3 broken off", Said(new() { ConsentGiven = true, Heard = true }), "2.12", "2.12", AttemptOutcome.BreakOff),
        ("4 never again", Said(new() { NeverAgain = true, Heard = true }), "2.111", "2.111", AttemptOutcome.HardRefusal),
        ("4 never again after consent", Said(new() { NeverAgain = true, ConsentGiven = true }), "2.112", "2.112", AttemptOutcome.HardRefusal),
        ("5 refused", Said(new() { Refused = true, Heard = true }), "2.111", "2.111", AttemptOutcome.SoftRefusal),
        ("6 screened out", Said(new() { ScreenedOut = true, ConsentGiven = true }), "4.70", "4.70", AttemptOutcome.ScreenedOut),
        ("7 business", Said(new() { NotResidential = true }), "4.51", "4.51", AttemptOutcome.ScreenedOut),
        ("8 the adult chosen is away", Said(new() { RespondentAway = true, ConsentGiven = true }), "2.21", "2.21", AttemptOutcome.RespondentAway),
        ("8 quota full", Said(new() { QuotaFull = true, ConsentGiven = true }), "4.80", "4.80", AttemptOutcome.ScreenedOut),
        ("9 language, consent", Said(new() { LanguageMissing = true, ConsentGiven = true }), "2.333", "2.333", AttemptOutcome.LanguageMissing),
        ("9 language", Said(new() { LanguageMissing = true }), "3.90", "3.90", AttemptOutcome.LanguageMissing),
        ("10 dead", Said(new() { Incapacity = Incapacity.Deceased }), "2.31", "2.31", AttemptOutcome.ScreenedOut),
        ("10 unable", Said(new() { Incapacity = Incapacity.Unable }), "2.32", "2.32", AttemptOutcome.ScreenedOut),
        ("wants a person, consent", Said(new() { HumanWanted = true, ConsentGiven = true }), "2.36", "2.36", AttemptOutcome.HumanWanted),
        ("wants a person", Said(new() { HumanWanted = true, Heard = true }), "3.21", "3.21", AttemptOutcome.HumanWanted),
        ("11 key, then hung up", Said(new() { Heard = true }), "2.111", "3.21", AttemptOutcome.HungUpBeforeConsent),
        ("11 a person, hung up", Answered with { AnsweredBy = AnsweredBy.Human }, "2.111", "3.21", AttemptOutcome.HungUpBeforeConsent),
        ("11 a key beats the machine's opinion", Said(new() { Heard = true }) with { AnsweredBy = AnsweredBy.Machine }, "2.111", "3.21", AttemptOutcome.HungUpBeforeConsent),
        ("12 silence", Said(new()), "3.90", "3.90", AttemptOutcome.NothingHeard),
        ("12 silence, unknown", Said(new()) with { AnsweredBy = AnsweredBy.Unknown }, "3.90", "3.90", AttemptOutcome.NothingHeard),
        ("22 answered, and heard nothing from us", Answered, "3.16", "3.16", AttemptOutcome.Fault),
        ("13 machine", Answered with { AnsweredBy = AnsweredBy.Machine }, "3.14", "3.14", AttemptOutcome.AnsweringMachine),
        ("13 machine at home", Answered with { AnsweredBy = AnsweredBy.Machine, ResidenceGreeting = true }, "2.221", "2.221", AttemptOutcome.AnsweringMachine),
        ("13 machine at home, message", Answered with { AnsweredBy = AnsweredBy.Machine, ResidenceGreeting = true, MessageLeft = true }, "2.222", "2.222", AttemptOutcome.AnsweringMachine),
        ("14 fax", Answered with { AnsweredBy = AnsweredBy.Fax }, "4.20", "4.20", AttemptOutcome.Fax),
        ("15 busy", Call with { Call = CallStatus.Busy }, "3.12", "3.12", AttemptOutcome.Busy),
        ("15 486", Sip(486), "3.12", "3.12", AttemptOutcome.Busy),
        ("15 600", Sip(600), "3.12", "3.12", AttemptOutcome.Busy),
        ("15 heard busy", Call with { Announcement = Announcement.Busy }, "3.12", "3.12", AttemptOutcome.Busy),
        ("16 no answer", Call with { Call = CallStatus.NoAnswer, Rang = true }, "3.13", "3.13", AttemptOutcome.NoAnswer),
        ("16 480", Sip(480), "3.13", "3.13", AttemptOutcome.NoAnswer),
        ("16 408 after ringing", Sip(408) with { Rang = true }, "3.13", "3.13", AttemptOutcome.NoAnswer),
        ("17 off", Call with { Call = CallStatus.NoAnswer, Announcement = Announcement.SwitchedOff }, "3.13", "3.13", AttemptOutcome.SwitchedOff),
        ("18 603", Sip(603), "3.15", "3.15", AttemptOutcome.Blocked),
        ("18 403", Sip(403), "3.15", "3.15", AttemptOutcome.Blocked),
        ("18 heard blocked", Call with { Announcement = Announcement.Blocked }, "3.15", "3.15", AttemptOutcome.Blocked),
        ("19 suspended", Call with { Call = CallStatus.Failed, Announcement = Announcement.Suspended }, "4.33", "4.33", AttemptOutcome.Suspended),
        ("20 404 once", Sip(404), "3.16", "3.16", AttemptOutcome.NotExisting),
        ("20 404 on two days", Sip(404) with { NotExistingOnAnotherDay = true }, "4.31", "4.31", AttemptOutcome.NotExisting),
        ("20 484 on two days", Sip(484) with { NotExistingOnAnotherDay = true }, "4.31", "4.31", AttemptOutcome.NotExisting),
        ("20 604 on two days", Sip(604) with { NotExistingOnAnotherDay = true }, "4.31", "4.31", AttemptOutcome.NotExisting),
        ("20 heard", Call with { Announcement = Announcement.NotExisting }, "3.16", "3.16", AttemptOutcome.NotExisting),
        ("21 410", Sip(410), "4.41", "4.41", AttemptOutcome.NumberChanged),
        ("21 301", Sip(301), "4.41", "4.41", AttemptOutcome.NumberChanged),
        ("21 heard", Call with { Announcement = Announcement.NumberChanged }, "4.41", "4.41", AttemptOutcome.NumberChanged),
        ("22 503", Sip(503), "3.16", "3.16", AttemptOutcome.Fault),
        ("22 408 without ringing", Sip(408), "3.16", "3.16", AttemptOutcome.Fault),
        ("22 failed", Call with { Call = CallStatus.Failed }, "3.16", "3.16", AttemptOutcome.Fault),
        ("22 taken back while ringing", Call with { Call = CallStatus.Canceled, Rang = true, SipCode = 487 }, "3.16", "3.16", AttemptOutcome.Fault),
        ("22 garbled announcement", Call with { Announcement = Announcement.Unintelligible }, "3.161", "3.161", AttemptOutcome.Fault),
        ("23 taken back before", Call with { Call = CallStatus.Canceled }, "3.11", "3.11", AttemptOutcome.Fault),
        ("23 never dialled", Call, "3.11", "3.11", AttemptOutcome.Fault),
        ("refused: bad number", Call with { Rejected = Rejection.BadNumber }, "3.16", "3.16", AttemptOutcome.NotExisting),
        ("refused: opted out there", Text with { Rejected = Rejection.OptedOut }, "2.111", "2.111", AttemptOutcome.HardRefusal),
        ("refused: no mobile", Text with { Rejected = Rejection.NotMobile }, "3.16", "3.16", AttemptOutcome.TextUndeliverable),
        ("refused: account", Call with { Rejected = Rejection.Configuration }, "3.16", "3.16", AttemptOutcome.Fault),
        ("text complete", Text with { Text = TextStatus.Delivered, Interview = new() { CoreDone = true } }, "1.1", "1.1", AttemptOutcome.Complete),
        ("text refused", Text with { Text = TextStatus.Delivered, Interview = new() { Refused = true } }, "2.111", "2.111", AttemptOutcome.SoftRefusal),
        ("text broken off", Text with { Text = TextStatus.Sent, Interview = new() { ConsentGiven = true } }, "2.12", "2.12", AttemptOutcome.BreakOff),
        ("text, reply without sense", Text with { Text = TextStatus.Delivered, Interview = new() { Heard = true } }, "3.21", "3.21", AttemptOutcome.NoReplyToText),
        ("text without reply", Text with { Text = TextStatus.Delivered }, "3.13", "3.13", AttemptOutcome.NoReplyToText),
        ("text not delivered", Text with { Text = TextStatus.Undelivered }, "3.16", "3.16", AttemptOutcome.TextUndeliverable),
        ("text taken back", Text with { Text = TextStatus.Canceled }, "3.11", "3.11", AttemptOutcome.Fault),
        ("notice", Text with { Channel = AttemptChannel.Notice, Text = TextStatus.Delivered }, "3.11", "3.11", AttemptOutcome.NoReplyToText),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Evidence_leads_to_its_code_in_both_frames(string name)
    {
        var row = Rows.Single(row => row.Name == name);
        var list = DispositionRules.Judge(row.Evidence);
        var generated = DispositionRules.Judge(row.Evidence with { Frame = FrameType.Generated });
        Assert.Equal((row.List, row.Generated, row.Outcome, row.Outcome), (list.Code.Code, generated.Code.Code, list.Outcome, generated.Outcome));
    }

    [Fact]
    public void Nine_is_kept_also_after_a_complete_interview()
    {
        var verdict = DispositionRules.Judge(Said(new() { CoreDone = true, ConsentGiven = true, NeverAgain = true }));
        Assert.Equal((true, RefusalKind.None), (verdict.NeverAgain, verdict.Refusal));
    }

    [Fact]
    public void A_refusal_is_hard_or_soft()
    {
        Assert.Equal(RefusalKind.Hard, DispositionRules.Judge(Said(new() { NeverAgain = true })).Refusal);
        Assert.Equal(RefusalKind.Soft, DispositionRules.Judge(Said(new() { Refused = true })).Refusal);
        Assert.Equal(RefusalKind.Soft, DispositionRules.Judge(Said(new() { Heard = true })).Refusal);
    }

    [Theory]
    [InlineData("12 silence", true)]
    [InlineData("16 480", true)]
    [InlineData("22 taken back while ringing", true)]
    [InlineData("15 busy", false)]
    [InlineData("17 off", false)]
    [InlineData("20 404 once", false)]
    [InlineData("text without reply", false)]
    public void What_rang_is_known(string name, bool rang) => Assert.Equal(rang, DispositionRules.Judge(Rows.Single(row => row.Name == name).Evidence).Rang);

    [Theory]
    [InlineData("20 404 on two days", true)]
    [InlineData("21 410", true)]
    [InlineData("refused: bad number", true)]
    [InlineData("20 404 once", false)]
    [InlineData("19 suspended", false)]
    public void A_number_that_leads_nowhere_is_marked(string name, bool bad) =>
        Assert.Equal(bad, DispositionRules.Judge(Rows.Single(row => row.Name == name).Evidence).NumberIsBad);

    [Fact]
    public void Whatever_the_evidence_there_is_a_code_and_never_again_is_never_lost()
    {
        var evidence = from frame in Gen.Elements(Enum.GetValues<FrameType>())
                       from channel in Gen.Elements(Enum.GetValues<AttemptChannel>())
                       from rejected in OrNull(Enum.GetValues<Rejection>())
                       from call in OrNull(Enum.GetValues<CallStatus>())
                       from sip in Gen.Elements<int?>(null, 200, 301, 403, 404, 408, 410, 480, 484, 486, 487, 500, 503, 600, 603, 604, 700)
                       from heard in OrNull(Enum.GetValues<Announcement>())
                       from who in OrNull(Enum.GetValues<AnsweredBy>())
                       from text in OrNull(Enum.GetValues<TextStatus>())
                       from bits in Gen.Choose(0, (1 << 16) - 1)
                       select Call with
                       {
                           Frame = frame, Channel = channel, Rejected = (bits & 7) == 0 ? rejected : null, Call = call, SipCode = sip, Announcement = heard, AnsweredBy = who,
                           Text = text, Rang = (bits & 8) != 0, NotExistingOnAnotherDay = (bits & 16) != 0,
                           Interview = (bits & 32) == 0 ? null : new InterviewEvidence
                           {
                               CoreDone = (bits & 64) != 0, PartialDone = (bits & 128) != 0, ConsentGiven = (bits & 256) != 0, Heard = (bits & 512) != 0,
                               NeverAgain = (bits & 1024) != 0, Refused = (bits & 2048) != 0, ScreenedOut = (bits & 4096) != 0, HumanWanted = (bits & 8192) != 0,
                               RespondentAway = (bits & 16384) != 0,
                           },
                       };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(evidence.ToArbitrary(), one =>
        {
            var verdict = DispositionRules.Judge(one);
            return Disposition.All.Contains(verdict.Code)
                && (one.Interview is not { NeverAgain: true } || verdict.NeverAgain)
                && (verdict.Refusal != RefusalKind.Hard || verdict.NeverAgain)
                && (!verdict.OurFault || verdict.Outcome == AttemptOutcome.Fault)
                && (verdict.Outcome != AttemptOutcome.Complete || verdict.Code.Code == "1.1");
        }));
    }

    private static Gen<T?> OrNull<T>(T[] values) where T : struct => Gen.Elements([null, .. values.Select(value => (T?)value)]);

    private static AttemptEvidence Said(InterviewEvidence interview) => Answered with { Interview = interview };

    private static AttemptEvidence Sip(int code) => Call with { Call = CallStatus.Failed, SipCode = code };
}
