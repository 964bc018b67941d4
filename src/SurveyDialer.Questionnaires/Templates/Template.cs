using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Questionnaires;

/// <summary>
/// A questionnaire with everything that a campaign needs to hold it: texts in every language, blanks, skip and flag rules, follow-up
/// consent and dialling policy. Immutable; a campaign stores it as canonical JSON (<see cref="TemplateJson"/>) and never reads the file again.
/// </summary>
public sealed record Template
{
    /// <summary>Folder name under <c>campaign-templates/</c>: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>Raised by hand whenever a text or rule changes; from 1.</summary>
    public required int Version { get; init; }

    public required LocalText Name { get; init; }

    /// <summary>BCP 47; the first is the main language. Every text exists in each of them.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>How the template may be used.</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }

    /// <summary>The blanks of the texts, written <c>{name}</c>. <c>{minutes}</c> is filled by the engine.</summary>
    public required IReadOnlyList<Blank> Blanks { get; init; }

    public required Introduction Introduction { get; init; }

    /// <summary>Asked first, of everybody; without an answer the interview does not go on.</summary>
    public required IReadOnlyList<Question> Screening { get; init; }

    /// <summary>In the order in which they are asked; skips only lead forward.</summary>
    public required IReadOnlyList<Question> Questions { get; init; }

    /// <summary>How key-press interviews are split over respondents; null: everybody is asked everything.</summary>
    public ModuleDraw? Draw { get; init; }

    public required CompletionRule Completion { get; init; }

    public required FollowUp FollowUp { get; init; }

    public required Closing Closing { get; init; }

    public required Phrases Phrases { get; init; }

    /// <summary>Which answers mark a dissatisfied respondent.</summary>
    public required IReadOnlyList<FlagRule> Flags { get; init; }

    public required DiallingPolicy Policy { get; init; }

    /// <summary>Text that announces the first call; empty: none is sent.</summary>
    public LocalText AdvanceNotice { get; init; } = LocalText.Empty;

    /// <summary>Whom it suits, in a sentence for staff who choose one; null: nothing is said.</summary>
    public LocalText? About { get; init; }

    /// <summary>What residents are told before and beside the calls; null, or what it lacks: the common texts.</summary>
    public Notices? Notices { get; init; }

    /// <summary>Screening and questions, in order.</summary>
    internal IEnumerable<Question> AllQuestions => Screening.Concat(Questions);

    /// <summary>An adult of the household is chosen, who may be away.</summary>
    internal bool ChoosesOfHousehold => AllQuestions.Any(question => question.Skips.Any(skip => skip.To == SkipTarget.Appointment));
}

/// <summary>
/// Public texts about a round. Beside the template's blanks they may use <c>{org}</c>, <c>{township}</c>, <c>{verify_phone}</c>, <c>{approval_no}</c>,
/// <c>{frame_name}</c>, <c>{delete_days}</c>, <c>{caller_number}</c>, <c>{first_day}</c>, <c>{last_day}</c>, <c>{hours}</c> and <c>{opt_out}</c>, what to do in a call never to be called again.
/// </summary>
public sealed record Notices
{
    /// <summary>What every round can fill in, whatever the template's own blanks.</summary>
    public static IReadOnlyList<string> Blanks { get; } =
        ["org", "township", "verify_phone", "approval_no", "frame_name", "delete_days", "caller_number", "first_day", "last_day", "hours", "opt_out"];

    /// <summary>These texts, and from others what they lack, in some languages only.</summary>
    public static Notices? Together(Notices? own, Notices? others, IReadOnlyList<string> languages)
    {
        if (own is null && others is null) return null;
        LocalText? Join(LocalText? first, LocalText? second)
        {
            var all = (first ?? LocalText.Empty).Concat(second ?? LocalText.Empty).Where(text => languages.Contains(text.Key, StringComparer.Ordinal)).DistinctBy(text => text.Key).ToList();
            return all.Count == 0 ? null : new LocalText(all);
        }

        return new Notices { Title = Join(own?.Title, others?.Title), Board = Join(own?.Board, others?.Board), Loudspeaker = Join(own?.Loudspeaker, others?.Loudspeaker) };
    }

    /// <summary>Heading of the notice for the village board.</summary>
    public LocalText? Title { get; init; }

    /// <summary>The notice for the village board; a line is a paragraph.</summary>
    public LocalText? Board { get; init; }

    /// <summary>What the village loudspeaker says.</summary>
    public LocalText? Loudspeaker { get; init; }
}

/// <summary>For whom a blank has one value.</summary>
public enum BlankScope
{
    /// <summary>The whole office.</summary>
    Office,

    /// <summary>Each township of the campaign.</summary>
    Area,

    /// <summary>Each round (campaign).</summary>
    Round,
}

/// <param name="Name">Stands in the texts as <c>{name}</c>; lower-case letters and underscores.</param>
/// <param name="Meaning">What staff are asked, once.</param>
/// <param name="Example">A realistic value, for length checks and rehearsals.</param>
public sealed record Blank(string Name, BlankScope Scope, LocalText Meaning, LocalText Example);

/// <summary>Who calls, why, and whether the respondent agrees.</summary>
public sealed record Introduction
{
    /// <summary>Who is calling; about three seconds, not interruptible.</summary>
    public LocalText Identity { get; init; } = LocalText.Empty;

    /// <summary>What it is and is not.</summary>
    public LocalText About { get; init; } = LocalText.Empty;

    /// <summary>The keys: 1 take part, 2 decline, 9 never again, 7 notice, * repeat.</summary>
    public LocalText Ask { get; init; } = LocalText.Empty;

    /// <summary>The same question as a live interviewer asks it.</summary>
    public LocalText AskLive { get; init; } = LocalText.Empty;

    /// <summary>Full notice, on 7.</summary>
    public LocalText Notice { get; init; } = LocalText.Empty;

    /// <summary>In each language the offer of that language on 3, spoken after an introduction in another one.</summary>
    public LocalText LanguageOffer { get; init; } = LocalText.Empty;

    /// <summary>Follows the identity when a broken-off interview goes on in a later call.</summary>
    public LocalText Resume { get; init; } = LocalText.Empty;

    /// <summary>The invitation by text.</summary>
    public LocalText Message { get; init; } = LocalText.Empty;

    /// <summary>Follows the identity for whoever calls the number back: why we called, how to check, 9 for never again.</summary>
    public LocalText? Incoming { get; init; }

    /// <summary><see cref="Resume"/> as a live interviewer says it, to whom no key is of use; null: the same words.</summary>
    public LocalText? ResumeLive { get; init; }

    /// <summary>What follows the identity in a later call by this channel.</summary>
    internal LocalText ResumeBy(Channel channel) => channel == Channel.Live ? ResumeLive ?? Resume : Resume;
}

/// <summary>What a complete and a partial interview is. AAPOR leaves the cut to the researcher; it is printed in every report.</summary>
/// <param name="KeyQuestion">Id of the question without which nothing is partial.</param>
/// <param name="PartialPercent">Answered share of the applicable core items from which an interview is partial, inclusive.</param>
public sealed record CompletionRule(string KeyQuestion, int PartialPercent);

/// <param name="Modules">How many modules are drawn for each key-press interview; questions without a module are always asked.</param>
/// <param name="ReverseHalf">Half of the interviews hear the scales of all rating questions from the negative end; answers are stored by the unreversed key.</param>
public sealed record ModuleDraw(int Modules, bool ReverseHalf);

/// <summary>Raised when the question with this tag was answered with one of the keys.</summary>
/// <param name="Id">Stands in the answer ledger.</param>
public sealed record FlagRule(string Id, string Tag, IReadOnlyList<string> Keys, LocalText Name);
