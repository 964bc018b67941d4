namespace SurveyDialer.Questionnaires;

/// <summary>When follow-up consent is asked.</summary>
public enum ConsentPlace
{
    /// <summary>After the questions, of everybody who reaches them.</summary>
    End,

    /// <summary>Right after the introduction: a declared service call-back to people who used a service.</summary>
    Start,
}

/// <summary>What the respondent agreed to. Keys 1 to 4.</summary>
public enum ConsentChoice
{
    Phone = 1,
    Visit = 2,

    /// <summary>Report it without contact.</summary>
    Report = 3,
    No = 4,
}

/// <summary>Follow-up consent, topic and own words.</summary>
public sealed record FollowUp
{
    public ConsentPlace Place { get; init; }

    /// <summary>The question, without the keys.</summary>
    public LocalText Text { get; init; } = LocalText.Empty;

    /// <summary>Key 1.</summary>
    public LocalText Phone { get; init; } = LocalText.Empty;

    /// <summary>Key 2.</summary>
    public LocalText Visit { get; init; } = LocalText.Empty;

    /// <summary>Key 3.</summary>
    public LocalText Report { get; init; } = LocalText.Empty;

    /// <summary>Key 4.</summary>
    public LocalText No { get; init; } = LocalText.Empty;

    /// <summary>Key 7, as offered.</summary>
    public LocalText NoticeOffer { get; init; } = LocalText.Empty;

    /// <summary>How the number is used, on 7.</summary>
    public LocalText Notice { get; init; } = LocalText.Empty;

    public LocalText Message { get; init; } = LocalText.Empty;

    /// <summary>Asked after 1 to 3.</summary>
    public LocalText TopicText { get; init; } = LocalText.Empty;

    public LocalText TopicMessage { get; init; } = LocalText.Empty;

    public required IReadOnlyList<Topic> Topics { get; init; }

    /// <summary>Asked after the topic; a recording of at most <see cref="MaximumComment"/>. Empty: none.</summary>
    public LocalText Comment { get; init; } = LocalText.Empty;

    /// <summary>The same as a live interviewer asks it.</summary>
    public LocalText CommentLive { get; init; } = LocalText.Empty;

    public TimeSpan MaximumComment { get; init; } = TimeSpan.FromSeconds(60);
}

/// <param name="Key">1 to 6.</param>
/// <param name="Id">For example <c>police</c>; stands on the case.</param>
/// <param name="Concerns">
/// Units that such a matter concerns, for example <c>police</c>, <c>court</c>; a case never reaches a unit concerned.
/// </param>
public sealed record Topic(string Key, string Id, LocalText Text, IReadOnlyList<string> Concerns);

/// <summary>Last words, by way of ending. The messages are for texts; an empty one is not sent.</summary>
public sealed record Closing
{
    public LocalText Close { get; init; } = LocalText.Empty;

    public LocalText OptOut { get; init; } = LocalText.Empty;

    public LocalText Declined { get; init; } = LocalText.Empty;

    public LocalText ScreenedOut { get; init; } = LocalText.Empty;

    /// <summary>A person will call back.</summary>
    public LocalText HumanWanted { get; init; } = LocalText.Empty;

    /// <summary>Nothing could be understood.</summary>
    public LocalText Unanswered { get; init; } = LocalText.Empty;

    /// <summary>The adult chosen of the household is not there and will be called once more. Null where the template chooses nobody.</summary>
    public LocalText? SelectedAway { get; init; }

    public LocalText CloseMessage { get; init; } = LocalText.Empty;

    public LocalText OptOutMessage { get; init; } = LocalText.Empty;

    public LocalText DeclinedMessage { get; init; } = LocalText.Empty;
}

/// <summary>Fixed sentences between the questions.</summary>
public sealed record Phrases
{
    /// <summary>Reads one option: <c>{option}</c> and <c>{key}</c>.</summary>
    public LocalText Option { get; init; } = LocalText.Empty;

    /// <summary>Reads one option for a live interviewer: <c>{option}</c>.</summary>
    public LocalText OptionLive { get; init; } = LocalText.Empty;

    /// <summary>The help keys, once after the introduction.</summary>
    public LocalText Help { get; init; } = LocalText.Empty;

    public LocalText NoSuchKey { get; init; } = LocalText.Empty;

    /// <summary>Added when nothing was heard for the second time: 7 explains, 8 goes on.</summary>
    public LocalText Hint { get; init; } = LocalText.Empty;

    /// <summary>Before the next question when one stayed without an answer.</summary>
    public LocalText MoveOn { get; init; } = LocalText.Empty;

    /// <summary>Offers a call-back by a person on 0.</summary>
    public LocalText OfferHuman { get; init; } = LocalText.Empty;

    /// <summary>Before a text message that is sent again because the reply was unclear.</summary>
    public LocalText ReAsk { get; init; } = LocalText.Empty;

    /// <summary>Before the one reminder by text.</summary>
    public LocalText Reminder { get; init; } = LocalText.Empty;
}
