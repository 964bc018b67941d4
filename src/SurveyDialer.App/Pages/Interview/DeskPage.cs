using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Dispositions;
using SurveyDialer.Fieldwork;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Pages.Interview;

/// <summary>A caller's screen, in a real call and in practice: what its parts show, and how what she entered comes back to her.</summary>
internal abstract class DeskPage() : SurveyPage("Interview")
{
    /// <summary>Where its forms go.</summary>
    public abstract string Address { get; }

    /// <summary>The caller; null until she has said her name, which at a door nobody is asked for.</summary>
    public string? Caller { get; protected set; }

    public bool ByDoor => HttpContext.Visitor().ByDoor;

    public DeskCase? Case { get; protected set; }

    public DeskQueue? Queue { get; protected set; }

    public DeskReply.Over? Over { get; private set; }

    /// <summary>How the caller ended the call; null where the interview came to its own end.</summary>
    public DeskOutcome? Ended { get; private set; }

    /// <summary>When it was agreed to call again, where the caller ended it so.</summary>
    private DateTimeOffset? agreed;

    /// <summary>Why what was just done was not taken; null when it was.</summary>
    public string? Notice { get; protected set; }

    /// <summary>Own words that were too long to be kept.</summary>
    public string? Unkept { get; private set; }

    /// <summary>An appointment was asked for and could not be made: its form stays open.</summary>
    public bool Appointing { get; private set; }

    /// <summary>Danger was reported: whom to ring stands on top.</summary>
    public bool Urgent { get; protected set; }

    /// <summary>Only the part that changes is asked for.</summary>
    public bool IsFragment => Request.Headers.ContainsKey("HX-Request");

    /// <summary>A practised call, as it travels with the forms; null in a real one.</summary>
    public virtual string? Ticket => null;

    [BindProperty]
    public long Attempt { get; set; }

    [BindProperty]
    public long Fence { get; set; }

    [BindProperty]
    public long Turn { get; set; }

    /// <summary>A local time where the respondents live.</summary>
    [BindProperty]
    public DateTime? At { get; set; }

    public TimeZoneInfo Zone => Show.Zone(Case?.TimeZone ?? "Asia/Shanghai");

    public DateTime LocalNow => TimeZoneInfo.ConvertTime(Now, Zone).DateTime;

    /// <summary>What the template names as the number, as it is dialled.</summary>
    public string Number => PhoneNumber.TryRead(Case!.Number, out var read) ? read.Display : Case!.Number;

    private protected DeskHold Hold => new(Caller ?? "", Attempt, Fence);

    public string Time(DateTimeOffset instant) => Show.Time(instant.ToUnixTimeMilliseconds(), Zone, Now);

    /// <summary>What became of the call, in the words of the key that ended it; without one, the name of its code.</summary>
    public string Result => this switch
    {
        { Ended: DeskOutcome.Later } when agreed is { } at => T["EndedLater", Time(at)],
        { Ended: { } ended } => T[$"Outcome_{ended}"],
        _ => DispositionTexts.Name(Disposition.Of(Over!.Code), CultureInfo.CurrentUICulture),
    };

    /// <summary>What is asked before a key ends the call; null where it ends it at once. In the middle of an interview a slip would end it for good.</summary>
    public string? Question(DeskOutcome outcome) => outcome switch
    {
        DeskOutcome.NeverAgain or DeskOutcome.Deceased => T[$"Ask_{outcome}"],
        _ when Case is { Stage: DeskStage.Asking, Card: { Part: not CardPart.Introduction } card } => T["Ask_Ending", card.Answered, T[$"Outcome_{outcome}"]],
        _ => null,
    };

    /// <summary>What a turn's form says.</summary>
    private protected static DeskEntry Entry(string? key, string[]? chosen, string? words) => key switch
    {
        "answered" => new DeskEntry.Answered(),
        "back" => new DeskEntry.Back(),
        "language" => new DeskEntry.OtherLanguage(),
        "words" => new DeskEntry.Words(words ?? ""),
        "no-words" => new DeskEntry.Words(""),
        "several" => new DeskEntry.Keys(string.Join(',', chosen ?? [])),
        _ => new DeskEntry.Keys(key ?? ""),
    };

    /// <summary>The appointment that the form names.</summary>
    private protected static DateTimeOffset? Appointment(DateTime? local, DeskCase? held)
        => local is { } at && held is not null ? Show.Instant(at, Show.Zone(held.TimeZone)) : null;

    /// <summary>Puts what came of a deed on the screen.</summary>
    /// <param name="outcome">How the caller ended the call; null for anything else.</param>
    /// <param name="at">The appointment that she entered.</param>
    /// <returns>False when it was not taken: the same step stands.</returns>
    private protected bool Tell(DeskReply reply, DeskOutcome? outcome = null, DateTimeOffset? at = null)
    {
        switch (reply)
        {
            case DeskReply.Going going:
                Case = going.Case;
                return going.Taken;
            case DeskReply.Not not:
                Case = not.Case;
                Appointing = true;
                Notice = not.Problem.Possible is { } possible ? T["Appointment_closed", Time(possible)] : T[$"Appointment_{not.Problem.Key}"];
                return true;
            case DeskReply.Over over:
                Case = null;
                Over = over;
                (Ended, agreed) = (outcome, at);
                return true;
            default:
                Case = null;
                Notice = T["Gone"];
                return true;
        }
    }

    /// <summary>Why a turn was not taken; null where nothing needs to be said.</summary>
    private protected string? WhyNotTaken(string? key, string? words)
    {
        if (key is "answered") return null;
        if (words is { Length: > CallerDesk.LongestWords })
        {
            Unkept = words;
            return T["WordsTooLong", CallerDesk.LongestWords];
        }

        if (Turn != Case!.Turn) return T["Repeated"];
        return key switch { "7" or "*" => null, "back" => T["NoWayBack"], _ => T["NoSuchKey"] };
    }

    /// <summary>What to do at the step that stands; null when nobody is taken. Danger comes first, also when the page is opened anew.</summary>
    private protected string? StepLine() => Case switch
    {
        null => null,
        { Danger: true, SupervisorLine: { } line } => T["Next_DangerLine", line],
        { Danger: true } => T["Next_Danger"],
        { Stage: DeskStage.Taken } => T["Next_Taken"],
        { Stage: DeskStage.Dialling } => T[Ticket is null ? "Next_Dialling" : "Practice_Dialling"],
        { Card: { TakenBack: true } } => T["Next_TakenBack"],
        { Card: { } card } => T[card.Words ? "Next_Words" : card.Several ? "Next_Several" : $"Next_{card.Part}"],
        _ => null,
    };
}
