using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Quality;

namespace SurveyDialer.Estimates;

/// <summary>Signs of careless answers in one finished interview. Judged once, when it ends: how long it took is not kept.</summary>
internal static class CarelessJudge
{
    private const string FirstOfPair = "SAFE";
    private const string SecondOfPair = "ORDER";

    /// <summary>An answer by key cannot come earlier on average than this after the first option.</summary>
    private const double LeastAnswerSeconds = 1.2;

    /// <summary>
    /// An interviewer who takes less of the time that the questions take to be read has not read them. Held against reading and not against the median
    /// of the round: each interview is judged when it ends, and how long others took is not kept.
    /// </summary>
    private const double LeastReadShare = 0.4;

    /// <param name="answers">As stored.</param>
    /// <param name="channel"><c>voice</c>, <c>live</c> or <c>text</c>.</param>
    /// <param name="seconds">Time on the telephone, all calls together; null where it is not known or not a call.</param>
    /// <param name="sameNumber">Somebody else was interviewed at one of the respondent's numbers in this round before.</param>
    internal static CarelessFlag Of(Template template, IReadOnlyList<CountedAnswer> answers, string channel, string language, double? seconds, bool sameNumber)
    {
        var asked = answers.Join(template.Screening.Concat(template.Questions), answer => answer.QuestionId, question => question.Id, (answer, question) => (answer, question)).ToList();
        var scale = asked.Where(one => one.question.Kind == QuestionKind.Rating).ToList();
        int? Position(string tag) => scale.Where(one => one.question.Tag == tag).Select(one => PositionOf(one.question, one.answer.Key)).FirstOrDefault();
        var facts = new InterviewFacts
        {
            ScaleKeys = [.. scale.Select(one => one.answer.Key is "98" or "99" ? CarelessFlags.DontKnowKey : one.answer.Key)],
            Pair = Position(FirstOfPair) is { } first && Position(SecondOfPair) is { } second ? (first, second) : null,
            SameNumberTwice = sameNumber,
        };
        var flags = CarelessFlags.Of(facts);
        return seconds < LeastSeconds(asked.ConvertAll(one => one.question), channel, language) ? flags | CarelessFlag.Speeder : flags;
    }

    /// <summary>1 the best; null off the scale.</summary>
    private static int? PositionOf(Question question, string key)
    {
        var scale = question.Options.Where(option => option.Score is not null).Select(option => option.Key).ToList();
        return scale.IndexOf(key) is >= 0 and var index ? index + 1 : null;
    }

    /// <summary>0 where nothing was asked aloud.</summary>
    private static double LeastSeconds(List<Question> asked, string channel, string language) => channel switch
    {
        "voice" => asked.Sum(question => PromptSeconds.Of(question.Text.In(language)) + LeastAnswerSeconds),
        "live" => LeastReadShare * asked.Sum(question => PromptSeconds.Of(question.Text.In(language))
            + question.Options.Where(option => option.Pole != OptionPole.CannotSay).Sum(option => PromptSeconds.Of(option.Text.In(language)))),
        _ => 0,
    };
}
