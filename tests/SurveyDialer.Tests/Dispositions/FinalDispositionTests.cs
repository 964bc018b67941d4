using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Tests.Dispositions;

public sealed class FinalDispositionTests
{
    [Theory]
    [InlineData("", "3.11")]
    [InlineData("3.13 1.2 1.1", "1.1")]
    [InlineData("1.2 2.111!", "1.2")]
    [InlineData("2.112! 2.12 4.70", "2.112")]
    [InlineData("3.13 4.70", "4.70")]
    [InlineData("2.12 2.31", "2.12")]
    [InlineData("2.12 2.111", "2.111")]
    [InlineData("2.36 2.221", "2.36")]
    [InlineData("2.221 3.13", "2.221")]
    [InlineData("3.21 3.90 3.13", "3.21")]
    [InlineData("3.90 3.13", "3.90")]
    [InlineData("3.12 3.12", "3.12")]
    [InlineData("3.12 3.13", "3.13")]
    [InlineData("3.13 3.14", "3.14")]
    [InlineData("3.15 3.15", "3.15")]
    [InlineData("3.15 3.13", "3.13")]
    [InlineData("3.15 3.12", "3.10")]
    [InlineData("3.16", "3.16")]
    [InlineData("3.161 3.161", "3.161")]
    [InlineData("3.16* 3.16*", "3.16")]
    [InlineData("3.16* 3.12", "3.12")]
    [InlineData("3.11* 3.11", "3.11")]
    [InlineData("4.31", "4.31")]
    [InlineData("4.31 @2 3.13", "3.13")]
    [InlineData("4.31 @2 3.12", "3.12")]
    [InlineData("4.31 @2 4.41", "4.41")]
    [InlineData("3.16 4.31", "4.31")]
    public void The_attempts_of_a_respondent_come_to_one_code(string history, string code) => Assert.Equal(code, FinalDisposition.From(History(history)).Code);

    [Fact]
    public void An_interview_beats_whatever_came_before_or_after()
    {
        var complete = new CodedAttempt(Disposition.Of("1.1"), AttemptOutcome.Complete, 1);
        Check.QuickThrowOnFailure(Prop.ForAll(Histories().ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (history, at) =>
            FinalDisposition.From([.. history.Take(at), complete, .. history.Skip(at)]).Code == "1.1"));
    }

    [Fact]
    public void The_final_code_is_one_of_the_history_or_says_that_nobody_was_reached() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Histories().ToArbitrary(), history =>
        {
            var final = FinalDisposition.From(history);
            return history.Any(attempt => attempt.Code == final) || final.Code is "3.10" or "3.11" or "3.16";
        }));

    [Fact]
    public void What_failed_on_our_side_changes_no_code() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Histories().ToArbitrary(), history =>
        {
            var fault = new CodedAttempt(Disposition.Of("3.16"), AttemptOutcome.Fault, 1, OurFault: true);
            return history.Count == 0
                || history.All(attempt => attempt.OurFault || attempt.Code.Code == "3.11")
                || FinalDisposition.From([.. history, fault]) == FinalDisposition.From(history);
        }));

    private static Gen<IReadOnlyList<CodedAttempt>> Histories() =>
        (from code in Gen.Elements(Disposition.All.ToArray())
         from phone in Gen.Choose(1, 2)
         from flags in Gen.Choose(0, 9)
         select new CodedAttempt(code, flags == 0 ? AttemptOutcome.HardRefusal : AttemptOutcome.NoAnswer, phone, flags == 1))
        .ListOf().Select(list => (IReadOnlyList<CodedAttempt>)[.. list]);

    /// <summary>Codes in order; ! a hard refusal, * our fault, @2: from here on the second number.</summary>
    private static List<CodedAttempt> History(string written)
    {
        var phone = 1;
        var history = new List<CodedAttempt>();
        foreach (var word in written.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word[0] == '@')
                phone = word[1] - '0';
            else
                history.Add(new CodedAttempt(Disposition.Of(word.TrimEnd('!', '*')), word.EndsWith('!') ? AttemptOutcome.HardRefusal : AttemptOutcome.NoAnswer, phone, word.EndsWith('*')));
        }

        return history;
    }
}
