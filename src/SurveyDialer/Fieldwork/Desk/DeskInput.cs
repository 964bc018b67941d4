using SurveyDialer.Questionnaires;

namespace SurveyDialer.Fieldwork;

/// <summary>What a caller's keys mean to the engine, in a real call and in practice alike.</summary>
internal static class DeskInput
{
    /// <summary>Null for what the question does not take: the engine would count it as the respondent's mistake, after two of which it goes on.</summary>
    internal static Turn? Enter(InterviewEngine engine, InterviewPosition position, DeskEntry entry)
    {
        var card = engine.Card(position);
        return entry switch
        {
            DeskEntry.Answered or DeskEntry.Back => null,
            DeskEntry.OtherLanguage => card.OtherLanguage is { } other ? engine.InLanguage(position, other) : null,
            DeskEntry.Words words => card.Words ? engine.Continue(position, new InterviewInput.Typed(words.Said)) : null,
            DeskEntry.Keys { Pressed: "7" } when card.Explained || card.Explanation is null || !card.MayRepeat => null,
            DeskEntry.Keys { Pressed: "*" } when !card.MayRepeat => null,
            DeskEntry.Keys { Pressed: "7" or "*" } help => engine.Continue(position, new InterviewInput.Keys(help.Pressed)),
            DeskEntry.Keys keys => card.Takes(keys.Pressed) ? engine.Continue(position, new InterviewInput.Keys(keys.Pressed)) : null,
            _ => throw new InvalidOperationException("The caller's page sent something unknown."),
        };
    }
}
