using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace SurveyDialer.Questionnaires;

/// <summary>Which part of the interview is going on.</summary>
internal enum StepKind
{
    Introduction,
    Question,
    Consent,
    Topic,
    Comment,

    /// <summary>A call-back by a person is being offered.</summary>
    Offer,
}

/// <summary>In which form the step's prompt was last given; makes a prompt a function of the position alone.</summary>
internal enum PromptForm
{
    Full,

    /// <summary>With the help keys, at the first question.</summary>
    WithHelp,

    /// <summary>After a question that stayed without an answer.</summary>
    MovedOn,
    Again,
    Hint,
    Wrong,
    Explained,

    /// <summary>First prompt of a later call.</summary>
    Resumed,

    /// <summary>Asked anew, since a wrong key had been pressed.</summary>
    TakenBack,
}

/// <summary>
/// Where an interview stands: everything that the next turn depends on, as compact text (<see cref="ToText"/>). Holds the keys given so far,
/// never own words, names or numbers. Opaque to callers but for the few facts below.
/// </summary>
public sealed record InterviewPosition
{
    internal StepKind Step { get; init; }

    internal string QuestionId { get; init; } = "";

    internal PromptForm Form { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>In the order in which they were given.</summary>
    public ImmutableArray<StoredAnswer> Answers { get; init; } = [];

    /// <summary>Modules drawn for this interview; empty where the template is not split.</summary>
    public ImmutableArray<string> Modules { get; init; } = [];

    /// <summary>Scales are read from the negative end.</summary>
    public bool Reversed { get; init; }

    /// <summary>The respondent agreed to take part.</summary>
    public bool Agreed { get; init; }

    /// <summary>Follow-up consent was asked.</summary>
    public bool ConsentAsked { get; init; }

    /// <summary>Null while not answered.</summary>
    public ConsentChoice? Consent { get; init; }

    /// <summary>Own words were given and not withdrawn.</summary>
    public bool WordsGiven { get; init; }

    /// <summary>The question that was asked last and has no answer yet; null outside of the questions.</summary>
    public string? Asking => Step == StepKind.Question && !Answers.Any(answer => answer.QuestionId == QuestionId) ? QuestionId : null;

    /// <summary>Null while the interview goes on.</summary>
    public InterviewEnd? End { get; init; }

    /// <summary>
    /// A key was pressed or something replied, be it one that means nothing: somebody is there. Of what went before the agreement the prompts tell,
    /// since each but those after a silence and the one reminder by text answers a key.
    /// </summary>
    public bool Heard
        => Agreed || Answers.Length > 0 || End is not (null or InterviewEnd.Unanswered) || Explained || Wrongs > 0 || Replays > Silences + (Reminded ? 1 : 0);

    /// <summary>Whoever answered was reached on a landline, so that one of the household was to be chosen; what a later call goes to changes nothing.</summary>
    internal bool Landline { get; init; }

    internal int Silences { get; init; }

    internal int Wrongs { get; init; }

    internal int Replays { get; init; }

    internal bool Explained { get; init; }

    /// <summary>Consecutive questions at which nothing was heard.</summary>
    internal int Unheard { get; init; }

    /// <summary>The one reminder by text was sent.</summary>
    internal bool Reminded { get; init; }

    /// <summary>The same position with the counters of a fresh step.</summary>
    internal InterviewPosition At(StepKind step, string questionId, PromptForm form) => this with
    {
        Step = step, QuestionId = questionId, Form = form, Silences = 0, Wrongs = 0, Replays = 0, Explained = false,
    };

    /// <summary>Compact and invariant; stable for the life of a stored campaign.</summary>
    public string ToText()
    {
        var text = new StringBuilder("1");
        void Field(char name, string value)
        {
            if (value.Length > 0)
                text.Append(';').Append(name).Append('=').Append(value);
        }

        void Number(char name, int value) => Field(name, value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture));
        void Flag(char name, bool value) => Field(name, value ? "1" : "");
        Field('l', Language);
        Number('s', (int)Step);
        Field('q', QuestionId);
        Number('f', (int)Form);
        Field('a', string.Join('|', Answers.Select(a => $"{a.QuestionId}:{a.Key}{"gni"[(int)a.How]}")));
        Field('m', string.Join('|', Modules));
        Flag('r', Reversed);
        Flag('h', Landline);
        Flag('y', Agreed);
        Flag('k', ConsentAsked);
        Field('c', Consent is { } consent ? ((int)consent).ToString(CultureInfo.InvariantCulture) : "");
        Flag('w', WordsGiven);
        Field('e', End is { } end ? ((int)end).ToString(CultureInfo.InvariantCulture) : "");
        Number('t', Silences);
        Number('i', Wrongs);
        Number('p', Replays);
        Flag('x', Explained);
        Number('u', Unheard);
        Flag('d', Reminded);
        return text.ToString();
    }

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a position.</exception>
    public static InterviewPosition Parse(string text)
    {
        var parts = text.Split(';');
        if (parts[0] != "1")
            throw new FormatException("Not a stored interview position of version 1.");
        var fields = new Dictionary<char, string>();
        foreach (var part in parts.Skip(1))
        {
            if (part.Length < 3 || part[1] != '=' || !fields.TryAdd(part[0], part[2..]))
                throw new FormatException("A field of the stored interview position is damaged.");
        }

        string Field(char name) => fields.GetValueOrDefault(name, "");
        bool Flag(char name) => fields.ContainsKey(name);
        int Number(char name) => fields.TryGetValue(name, out var value) ? int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        string[] Items(char name) => Field(name) is { Length: > 0 } value ? value.Split('|') : [];
        return new InterviewPosition
        {
            Language = Field('l'),
            Step = Known<StepKind>(Number('s')),
            QuestionId = Field('q'),
            Form = Known<PromptForm>(Number('f')),
            Answers = [.. Items('a').Select(ParseAnswer)],
            Modules = [.. Items('m')],
            Reversed = Flag('r'),
            Landline = Flag('h'),
            Agreed = Flag('y'),
            ConsentAsked = Flag('k'),
            Consent = Flag('c') ? Known<ConsentChoice>(Number('c')) : null,
            WordsGiven = Flag('w'),
            End = Flag('e') ? Known<InterviewEnd>(Number('e')) : null,
            Silences = Number('t'),
            Wrongs = Number('i'),
            Replays = Number('p'),
            Explained = Flag('x'),
            Unheard = Number('u'),
            Reminded = Flag('d'),
        };
    }

    private static StoredAnswer ParseAnswer(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var how = text.Length > 0 ? "gni".IndexOf(text[^1], StringComparison.Ordinal) : -1;
        if (colon < 1 || how < 0 || text.Length < colon + 3)
            throw new FormatException("An answer of the stored interview position is damaged.");
        return new StoredAnswer(text[..colon], text[(colon + 1)..^1], (AnswerHow)how);
    }

    private static T Known<T>(int value)
        where T : struct, Enum
        => Enum.IsDefined((T)(object)value) ? (T)(object)value : throw new FormatException($"{typeof(T).Name} {value} is unknown.");

    /// <summary>Two positions are equal when their texts are.</summary>
    public bool Equals(InterviewPosition? other) => other is not null && ToText() == other.ToText();

    public override int GetHashCode() => ToText().GetHashCode(StringComparison.Ordinal);
}
