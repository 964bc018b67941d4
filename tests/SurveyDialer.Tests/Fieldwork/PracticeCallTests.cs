using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A caller practises with invented residents: the real engine, keys and codes, and no database anywhere.</summary>
public sealed class PracticeCallTests
{
    private const string Caller = "王芳";

    private readonly PracticeCalls practice = new(new TemplateLibrary(Path.Combine(SourceTree.Root, "campaign-templates")), new StoppedClock());

    [Fact]
    public void The_questionnaire_of_the_office_is_taken_where_people_can_hold_it()
    {
        Assert.Equal("standard", practice.Ready(null, "zh-CN")!.Template);
        Assert.Equal("standard", practice.Ready("standard", "en")!.Template);
        Assert.Equal(("standard", "en"), (practice.Ready("text", "en")!.Template, practice.Ready("text", "en")!.Language));
        Assert.Null(practice.Show(practice.Ready(null, "zh-CN")!, Caller));
    }

    [Fact]
    public void Its_numbers_belong_to_nobody()
    {
        var call = practice.Ready(null, "zh-CN")!;
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 50; i++)
        {
            call = PracticeCalls.Next(call);
            var shown = practice.Show(call, Caller)!;
            Assert.True(PhoneNumber.TryRead(shown.Number, out _));
            Assert.StartsWith("+86154", shown.Number, StringComparison.Ordinal);
            Assert.NotEmpty(shown.Name!);
            numbers.Add(shown.Number);
        }

        Assert.Equal(50, numbers.Count);
        Assert.Contains(practice.Show(PracticeCalls.Next(call), Caller)!.Number, numbers);
    }

    [Fact]
    public void A_whole_call_is_walked_with_a_step_back_to_the_code_that_a_real_one_would_have()
    {
        var call = PracticeCalls.Next(practice.Ready(null, "zh-CN")!) with { Stage = DeskStage.Dialling };
        (call, _) = practice.Enter(call, Caller, new DeskEntry.Answered());
        var turns = 0;
        DeskReply reply = new DeskReply.Gone();
        while (call.Stage is not null)
        {
            Assert.True(turns++ < 60, "The interview did not end.");
            var card = practice.Show(call, Caller)!.Card!;
            if (turns is 5)
            {
                (call, reply) = practice.Enter(call, Caller, new DeskEntry.Back());
                Assert.True(Assert.IsType<DeskReply.Going>(reply).Case.Card!.TakenBack);
                continue;
            }

            (call, reply) = practice.Enter(call, Caller, card.Words ? new DeskEntry.Words("路灯") : new DeskEntry.Keys(card.Options[0].Key));
        }

        var over = Assert.IsType<DeskReply.Over>(reply);
        Assert.Equal("1.1", over.Code);
        Assert.NotEmpty(over.Says);
    }

    [Fact]
    public void A_key_that_the_question_does_not_offer_is_not_taken()
    {
        var (call, _) = practice.Enter(PracticeCalls.Next(practice.Ready(null, "zh-CN")!) with { Stage = DeskStage.Dialling }, Caller, new DeskEntry.Answered());
        var (after, reply) = practice.Enter(call, Caller, new DeskEntry.Keys("5"));
        Assert.False(Assert.IsType<DeskReply.Going>(reply).Taken);
        Assert.Equal(call, after);
    }

    [Theory]
    [InlineData(nameof(DeskOutcome.Busy), "3.12")]
    [InlineData(nameof(DeskOutcome.Refused), "2.111")]
    public void Outcomes_have_the_codes_of_real_ones(string outcome, string code)
    {
        var call = PracticeCalls.Next(practice.Ready(null, "zh-CN")!) with { Stage = DeskStage.Dialling };
        var (after, reply) = practice.End(call, Caller, Enum.Parse<DeskOutcome>(outcome), null);
        Assert.Equal((code, null), (Assert.IsType<DeskReply.Over>(reply).Code, after.Stage));
    }

    [Fact]
    public void An_appointment_has_to_lie_ahead()
    {
        var call = PracticeCalls.Next(practice.Ready(null, "zh-CN")!) with { Stage = DeskStage.Dialling };
        var (after, reply) = practice.End(call, Caller, DeskOutcome.Later, null);
        Assert.Equal("missing", Assert.IsType<DeskReply.Not>(reply).Problem.Key);
        Assert.Equal(call, after);
        Assert.IsType<DeskReply.Over>(practice.End(call, Caller, DeskOutcome.Later, new StoppedClock().GetUtcNow().AddDays(1)).Reply);
    }
}
