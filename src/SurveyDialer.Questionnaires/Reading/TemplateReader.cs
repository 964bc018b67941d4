using System.Text.RegularExpressions;

namespace SurveyDialer.Questionnaires;

/// <summary>Reads a template from YAML. The form of the file only; whether it makes a good interview is <see cref="TemplateCheck"/>'s to say.</summary>
public static partial class TemplateReader
{
    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex TemplateId { get; }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,19}$")]
    internal static partial Regex QuestionId { get; }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,29}$")]
    private static partial Regex Identifier { get; }

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
    private static partial Regex LanguageTag { get; }

    /// <param name="yaml">The text of the file.</param>
    /// <param name="file">Its name, for the findings.</param>
    public static TemplateReading Read(string yaml, string file)
    {
        var log = new ReadingLog(file);
        Template? template = null;
        try
        {
            template = MapReader.Read(YamlTree.Parse(yaml), "", log, ReadTemplate);
        }
        catch (YamlFault fault)
        {
            log.Findings.Clear();
            log.Error(fault.Line, "", fault.Problem, [.. fault.Arguments]);
        }

        return new TemplateReading { File = file, Template = log.Failed ? null : template, Findings = log.Findings, Lines = log.Lines };
    }

    /// <summary>Reads the public texts that hold for all templates.</summary>
    /// <returns>Null with findings where the file has mistakes.</returns>
    public static (Notices? Notices, IReadOnlyList<Finding> Findings) ReadCommonNotices(string yaml, string file)
    {
        var log = new ReadingLog(file);
        Notices? notices = null;
        try
        {
            notices = MapReader.Read(YamlTree.Parse(yaml), "", log, ReadNotices);
        }
        catch (YamlFault fault)
        {
            log.Findings.Clear();
            log.Error(fault.Line, "", fault.Problem, [.. fault.Arguments]);
        }

        return (log.Failed ? null : notices, log.Findings);
    }

    private static Template ReadTemplate(MapReader at)
    {
        var scales = at.OptionalMap("scales", s => s.Entries((name, node) => (name, Options: MapReader.Items(node, $"scales.{name}", s.Log, ReadOption))))
            ?.ToDictionary(s => s.name, s => s.Options) ?? [];
        var template = new Template
        {
            Id = at.Name("id", TemplateId, "bad_template_id"),
            Version = at.Integer("version", 1, 9999),
            Name = at.Local("name"),
            Languages = at.Names("languages"),
            Channels = at.Words<Channel>("channels"),
            Blanks = at.OptionalList("blanks", ReadBlank),
            Introduction = at.Map("introduction", ReadIntroduction),
            Screening = at.OptionalList("screening", q => ReadQuestion(q, scales)),
            Questions = at.List("questions", q => ReadQuestion(q, scales)),
            Draw = at.OptionalMap("draw", d => new ModuleDraw(d.Integer("modules", 1, 50), d.Flag("reverse_half"))),
            Completion = at.Map("completion", c => new CompletionRule(c.Text("key_question"), c.Integer("partial_percent", 1, 100))),
            FollowUp = at.Map("follow_up", ReadFollowUp),
            Closing = at.Map("closing", ReadClosing),
            Phrases = at.Map("phrases", ReadPhrases),
            Flags = at.OptionalList("flags", f => new FlagRule(f.Name("id", Identifier, "bad_id"), f.Text("tag"), f.Names("keys"), f.Local("name"))),
            Policy = at.Map("policy", PolicyReader.Read),
            AdvanceNotice = at.Local("advance_notice"),
            About = Optional(at, "about"),
            Notices = at.OptionalMap("notices", ReadNotices),
        };
        foreach (var language in template.Languages.Where(l => !LanguageTag.IsMatch(l)))
            at.Error("languages", "bad_language", language);
        Unique(at, "languages", template.Languages, l => l, l => l);
        Unique(at, "blanks", template.Blanks, b => b.Name, b => b.Name);
        Unique(at, "questions", [.. template.AllQuestions], q => q.Id, q => q.Id);
        Unique(at, "flags", template.Flags, f => f.Id, f => f.Id);
        return template;
    }

    private static Blank ReadBlank(MapReader at) => new(
        at.Name("name", Identifier, "bad_id"), at.OptionalWord("scope", BlankScope.Office), at.Local("meaning"), at.Local("example"));

    private static Introduction ReadIntroduction(MapReader at) => new()
    {
        Identity = at.Local("identity"),
        About = at.Local("about"),
        Ask = at.Local("ask"),
        AskLive = at.Local("ask_live"),
        Notice = at.Local("notice"),
        LanguageOffer = at.Local("language_offer"),
        Resume = at.Local("resume"),
        Message = at.Local("message"),
        Incoming = Optional(at, "incoming"),
        ResumeLive = Optional(at, "resume_live"),
    };

    private static Notices ReadNotices(MapReader at) => new() { Title = NotEmpty(at.Local("title")), Board = NotEmpty(at.Printed("board")), Loudspeaker = NotEmpty(at.Printed("loudspeaker")) };

    // Later than the first stored forms, which say nothing of it.
    private static LocalText? Optional(MapReader at, string key) => NotEmpty(at.Local(key));

    private static LocalText? NotEmpty(LocalText text) => text.IsEmpty ? null : text;

    private static Question ReadQuestion(MapReader at, Dictionary<string, IReadOnlyList<AnswerOption>> scales)
    {
        var kind = at.Word("kind", QuestionKind.Single);
        var question = new Question
        {
            Id = at.Name("id", QuestionId, "bad_question_id"),
            Tag = at.Name("tag", QuestionId, "bad_question_id"),
            Kind = kind,
            Text = at.Local("text"),
            Message = at.Local("message"),
            Explanation = at.Local("explanation"),
            Options = ReadOptions(at, kind, scales),
            Skips = at.OptionalList("skip", s => new SkipRule(s.Names("keys"), s.Text("to"))),
            When = at.OptionalMap("when", w => new AskedWhen(w.Text("question"), w.Names("keys"))),
            Module = at.Has("module") ? at.Name("module", QuestionId, "bad_question_id") : null,
            Core = at.Flag("core"),
            Channels = at.Has("channels") ? at.Words<Channel>("channels") : null,
            Landline = at.Flag("landline") ? true : null,
        };
        Unique(at, "options", question.Options, o => o.Key, o => o.Key);
        return question;
    }

    private static IReadOnlyList<AnswerOption> ReadOptions(MapReader at, QuestionKind kind, Dictionary<string, IReadOnlyList<AnswerOption>> scales)
    {
        if (kind == QuestionKind.Words)
            return [];
        if (!at.Has("scale"))
            return at.List("options", ReadOption);
        var name = at.Text("scale");
        if (scales.TryGetValue(name, out var scale))
            return [.. scale, .. at.OptionalList("options", ReadOption)];
        at.Error("scale", "unknown_scale", name, string.Join(", ", scales.Keys));
        return [];
    }

    private static AnswerOption ReadOption(MapReader at)
        => new(at.Text("key"), at.Local("text"), at.OptionalInteger("score", 0, 100), at.OptionalWord("pole", OptionPole.None));

    private static FollowUp ReadFollowUp(MapReader at)
    {
        var followUp = new FollowUp
        {
            Place = at.OptionalWord("place", ConsentPlace.End),
            Text = at.Local("text"),
            Phone = at.Local("phone"),
            Visit = at.Local("visit"),
            Report = at.Local("report"),
            No = at.Local("none"),
            NoticeOffer = at.Local("notice_offer"),
            Notice = at.Local("notice"),
            Message = at.Local("message"),
            TopicText = at.Local("topic_text"),
            TopicMessage = at.Local("topic_message"),
            Topics = at.List("topics", t => new Topic(
                t.Text("key"), t.Name("id", Identifier, "bad_id"), t.Local("text"), t.Names("concerns", required: false))),
            Comment = at.Local("comment"),
            CommentLive = at.Local("comment_live"),
            MaximumComment = at.Has("maximum_comment") ? at.Duration("maximum_comment") : TimeSpan.FromSeconds(60),
        };
        Unique(at, "topics", followUp.Topics, t => t.Key, t => t.Id);
        Unique(at, "topics", followUp.Topics, t => t.Id, t => t.Id);
        return followUp;
    }

    private static Closing ReadClosing(MapReader at) => new()
    {
        Close = at.Local("close"),
        OptOut = at.Local("opt_out"),
        Declined = at.Local("declined"),
        ScreenedOut = at.Local("screened_out"),
        HumanWanted = at.Local("human_wanted"),
        Unanswered = at.Local("unanswered"),
        SelectedAway = Optional(at, "selected_away"),
        CloseMessage = at.Local("close_message"),
        OptOutMessage = at.Local("opt_out_message"),
        DeclinedMessage = at.Local("declined_message"),
    };

    private static Phrases ReadPhrases(MapReader at) => new()
    {
        Option = Spaced(at.Local("option")),
        OptionLive = Spaced(at.Local("option_live")),
        Help = at.Local("help"),
        NoSuchKey = at.Local("no_such_key"),
        Hint = at.Local("hint"),
        MoveOn = at.Local("move_on"),
        OfferHuman = at.Local("offer_human"),
        ReAsk = Spaced(at.Local("re_ask")),
        Reminder = Spaced(at.Local("reminder")),
    };

    // These are strung together; scripts with spaces between words want one between sentences too.
    private static LocalText Spaced(LocalText text)
        => new(text.Select(t => KeyValuePair.Create(t.Key, t.Value is [.., < '\u0080'] ? t.Value + " " : t.Value)));

    private static void Unique<T>(MapReader at, string key, IReadOnlyList<T> items, Func<T, string> value, Func<T, string> segment)
    {
        foreach (var group in items.GroupBy(value).Where(g => g.Count() > 1))
            at.ErrorAtLast(key, segment(group.Last()), "used_twice", group.Key);
    }
}
