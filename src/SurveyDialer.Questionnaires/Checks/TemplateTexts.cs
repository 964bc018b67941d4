namespace SurveyDialer.Questionnaires;

/// <summary>What a text is for; decides where it is needed and how long it may be.</summary>
internal enum TextUse
{
    /// <summary>Spoken by keys and by a live interviewer.</summary>
    Spoken,

    /// <summary>Spoken by keys only.</summary>
    Voice,

    /// <summary>Read by a live interviewer only.</summary>
    Live,

    /// <summary>Sent as a text message.</summary>
    Message,

    /// <summary>Part of a longer prompt or shown to staff; needed wherever it stands.</summary>
    Part,

    /// <summary>May be absent.</summary>
    Optional,

    /// <summary>May be absent; a text message where it stands.</summary>
    OptionalMessage,

    /// <summary>Public text about the round; may be absent.</summary>
    Notice,

    /// <summary>A text message that announces the call; needed where the sequence of channels has one.</summary>
    Announcement,
}

/// <param name="Key">Path in the file, without the language.</param>
internal sealed record TemplateText(string Key, LocalText Text, TextUse Use);

/// <summary>Every text of a template with its key in the file.</summary>
internal static class TemplateTexts
{
    public static IReadOnlyList<TemplateText> All(Template t)
        => [.. Frame(t), .. t.Screening.SelectMany(q => OfQuestion("screening", q)), .. t.Questions.SelectMany(q => OfQuestion("questions", q)), .. FollowUps(t.FollowUp)];

    private static IEnumerable<TemplateText> Frame(Template t) =>
    [
        new("name", t.Name, TextUse.Part),
        .. t.Blanks.SelectMany(b => new TemplateText[]
        {
            new($"blanks.{b.Name}.meaning", b.Meaning, TextUse.Part), new($"blanks.{b.Name}.example", b.Example, TextUse.Part),
        }),
        new("introduction.identity", t.Introduction.Identity, TextUse.Spoken),
        new("introduction.about", t.Introduction.About, TextUse.Spoken),
        new("introduction.ask", t.Introduction.Ask, TextUse.Voice),
        new("introduction.ask_live", t.Introduction.AskLive, TextUse.Live),
        new("introduction.notice", t.Introduction.Notice, TextUse.Spoken),
        new("introduction.language_offer", t.Introduction.LanguageOffer, t.Languages.Count > 1 ? TextUse.Voice : TextUse.Optional),
        new("introduction.resume", t.Introduction.Resume, TextUse.Spoken),
        new("introduction.message", t.Introduction.Message, TextUse.Message),
        new("closing.close", t.Closing.Close, TextUse.Spoken),
        new("closing.opt_out", t.Closing.OptOut, TextUse.Spoken),
        new("closing.declined", t.Closing.Declined, TextUse.Spoken),
        new("closing.screened_out", t.Closing.ScreenedOut, t.Screening.Count > 0 ? TextUse.Spoken : TextUse.Optional),
        new("closing.human_wanted", t.Closing.HumanWanted, TextUse.Spoken),
        new("closing.unanswered", t.Closing.Unanswered, TextUse.Spoken),
        new("closing.selected_away", t.Closing.SelectedAway ?? LocalText.Empty, t.ChoosesOfHousehold ? TextUse.Spoken : TextUse.Optional),
        new("closing.close_message", t.Closing.CloseMessage, TextUse.Message),
        new("closing.opt_out_message", t.Closing.OptOutMessage, TextUse.Message),
        new("closing.declined_message", t.Closing.DeclinedMessage, TextUse.OptionalMessage),
        new("phrases.option", t.Phrases.Option, TextUse.Voice),
        new("phrases.option_live", t.Phrases.OptionLive, TextUse.Live),
        new("phrases.help", t.Phrases.Help, TextUse.Voice),
        new("phrases.no_such_key", t.Phrases.NoSuchKey, TextUse.Spoken),
        new("phrases.hint", t.Phrases.Hint, TextUse.Voice),
        new("phrases.move_on", t.Phrases.MoveOn, TextUse.Spoken),
        new("phrases.offer_human", t.Phrases.OfferHuman, TextUse.Spoken),
        new("phrases.re_ask", t.Phrases.ReAsk, TextUse.Message),
        new("phrases.reminder", t.Phrases.Reminder, TextUse.Message),
        .. t.Flags.Select(f => new TemplateText($"flags.{f.Id}.name", f.Name, TextUse.Part)),
        new("advance_notice", t.AdvanceNotice, TextUse.Announcement),
        new("about", t.About ?? LocalText.Empty, TextUse.Optional),
        new("introduction.resume_live", t.Introduction.ResumeLive ?? LocalText.Empty, TextUse.Optional),
        new("introduction.incoming", t.Introduction.Incoming ?? LocalText.Empty, TextUse.Optional),
        new("notices.title", t.Notices?.Title ?? LocalText.Empty, TextUse.Notice),
        new("notices.board", t.Notices?.Board ?? LocalText.Empty, TextUse.Notice),
        new("notices.loudspeaker", t.Notices?.Loudspeaker ?? LocalText.Empty, TextUse.Notice),
    ];

    private static IEnumerable<TemplateText> OfQuestion(string list, Question q) =>
    [
        new($"{list}.{q.Id}.text", q.Text, q.Kind == QuestionKind.Words ? TextUse.Live : TextUse.Spoken),
        new($"{list}.{q.Id}.message", q.Message, TextUse.Message),
        new($"{list}.{q.Id}.explanation", q.Explanation, TextUse.Optional),
        .. q.Options.Select(o => new TemplateText($"{list}.{q.Id}.options.{o.Key}.text", o.Text, TextUse.Part)),
    ];

    private static IEnumerable<TemplateText> FollowUps(FollowUp f) =>
    [
        new("follow_up.text", f.Text, TextUse.Spoken),
        new("follow_up.phone", f.Phone, TextUse.Part),
        new("follow_up.visit", f.Visit, TextUse.Part),
        new("follow_up.report", f.Report, TextUse.Part),
        new("follow_up.none", f.No, TextUse.Part),
        new("follow_up.notice_offer", f.NoticeOffer, TextUse.Voice),
        new("follow_up.notice", f.Notice, TextUse.Spoken),
        new("follow_up.message", f.Message, TextUse.Message),
        new("follow_up.topic_text", f.TopicText, TextUse.Spoken),
        new("follow_up.topic_message", f.TopicMessage, TextUse.Message),
        .. f.Topics.Select(t => new TemplateText($"follow_up.topics.{t.Id}.text", t.Text, TextUse.Part)),
        new("follow_up.comment", f.Comment, TextUse.Optional),
        new("follow_up.comment_live", f.CommentLive, TextUse.Optional),
    ];
}
