using System.Globalization;
using System.Text;

namespace SurveyDialer.Questionnaires;

/// <summary>
/// Spoken length of the longest ordinary way through an interview, in seconds: four Chinese characters or digits a second, two and a half
/// words of other scripts; no repeats or explanations.
/// </summary>
public sealed record PromptSeconds(double Introduction, double Questions, double FollowUp, double Close, int Prompts)
{
    /// <summary>Characters of Chinese script, and digits, that are spoken in a second.</summary>
    public const double CharactersPerSecond = 4;

    private const double WordsPerSecond = 2.5;
    private const double SecondsPerAnswer = 3;

    public double Total => Introduction + Questions + FollowUp + Close;

    /// <summary>With three seconds for each answer, rounded to the nearest minute, at least 1.</summary>
    public int Minutes => Math.Max(1, (int)Math.Round((Total + (SecondsPerAnswer * Prompts)) / 60, MidpointRounding.AwayFromZero));

    /// <summary>Of one text.</summary>
    public static double Of(string text)
    {
        var characters = 0;
        var words = 0;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherLetter;
            var word = !letter && Rune.IsLetter(rune);
            if (letter || Rune.IsDigit(rune))
                characters++;
            if (word && !inWord)
                words++;
            inWord = word || (inWord && rune.Value is '\'' or '’');
        }

        return (characters / CharactersPerSecond) + (words / WordsPerSecond);
    }

    /// <summary>Of a whole template in one channel; where modules are drawn, with as many of the longest as are drawn.</summary>
    public static PromptSeconds Of(Template template, Channel channel, string language)
    {
        double Spoken(LocalText text) => Of(text.In(language));
        double Options(IEnumerable<LocalText> options) => options.Sum(o => Spoken(o) + (channel == Channel.Voice ? 1 : 0));
        double Question(Question q) => channel == Channel.Text
            ? Spoken(q.Message)
            : Spoken(q.Text) + Options(q.Options.Where(o => o.Pole != OptionPole.CannotSay).Select(o => o.Text));

        var asked = OrdinaryWay(new Route(template, channel), language).Select(q => (q.Module, Seconds: Question(q))).ToArray();
        var modules = asked.Where(q => q.Module is not null).GroupBy(q => q.Module).Select(g => (Seconds: g.Sum(q => q.Seconds), Count: g.Count()))
            .OrderByDescending(g => g.Seconds).ToArray();
        var drawn = channel == Channel.Voice && template.Draw is { } draw ? modules.Take(draw.Modules).ToArray() : modules;
        var always = asked.Where(q => q.Module is null).ToArray();

        var intro = template.Introduction;
        var follow = template.FollowUp;
        return new PromptSeconds(
            channel == Channel.Text ? Spoken(intro.Message) : Spoken(intro.Identity) + Spoken(intro.About) + Spoken(channel == Channel.Live ? intro.AskLive : intro.Ask),
            always.Sum(q => q.Seconds) + drawn.Sum(m => m.Seconds) + (channel == Channel.Voice ? Spoken(template.Phrases.Help) : 0),
            channel == Channel.Text ? Spoken(follow.Message) : Spoken(follow.Text) + Options([follow.Phone, follow.Visit, follow.Report, follow.No, follow.NoticeOffer]),
            Spoken(channel == Channel.Text ? template.Closing.CloseMessage : template.Closing.Close),
            always.Length + drawn.Sum(m => m.Count) + 2);
    }

    // Everybody's way: the first option at every question, every module. Choosing one of a household adds some twenty seconds.
    private static List<Question> OrdinaryWay(Route route, string language)
    {
        var position = new InterviewPosition { Language = language };
        var way = new List<Question>();
        for (var question = route.First(position); question is not null;)
        {
            way.Add(question);
            var key = question.Options.Count > 0 ? question.Options[0].Key : "";
            position = position with { Answers = position.Answers.Add(new StoredAnswer(question.Id, key, AnswerHow.Given)) };
            question = route.After(question, key, position).Next;
        }

        return way;
    }
}
