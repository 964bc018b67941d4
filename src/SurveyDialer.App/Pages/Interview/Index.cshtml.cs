using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Attempts;
using SurveyDialer.Dispositions;
using SurveyDialer.Fieldwork;
using SurveyDialer.People;
using SurveyDialer.Phones;

namespace SurveyDialer.App.Pages.Interview;

/// <summary>
/// Interviewing from a desk telephone, by keyboard alone. Everything stands in the database: what the page shows depends on nothing that a
/// power cut could take.
/// </summary>
[Needs(PageRight.FollowUp)]
internal sealed class IndexModel(CallerDesk desk) : SurveyPage("Interview")
{
    /// <summary>The caller; null until she has said her name, which at a door nobody is asked for.</summary>
    public string? Caller { get; private set; }

    public bool ByDoor => HttpContext.Visitor().ByDoor;

    public DeskCase? Case { get; private set; }

    public DeskQueue? Queue { get; private set; }

    public DeskReply.Over? Over { get; private set; }

    /// <summary>Why what was just done was not taken; null when it was.</summary>
    public string? Notice { get; private set; }

    /// <summary>Own words that were too long to be kept.</summary>
    public string? Unkept { get; private set; }

    /// <summary>An appointment was asked for and could not be made: its form stays open.</summary>
    public bool Appointing { get; private set; }

    /// <summary>Danger was reported: whom to ring stands on top.</summary>
    public bool Urgent { get; private set; }

    /// <summary>Only the part that changes is asked for.</summary>
    public bool IsFragment => Request.Headers.ContainsKey("HX-Request");

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

    private bool notTaken;

    private DeskHold Hold => new(Caller ?? "", Attempt, Fence);

    public IActionResult OnGet()
    {
        Caller = CallerName.Calling(HttpContext);
        return Screen(Caller is null ? null : desk.Find(Caller));
    }

    public IActionResult OnPostName(string? name)
    {
        if (ByDoor) return BadRequest();
        Caller = PersonName.Clean(name);
        if (Caller is null) Notice = T["NameWanted", PersonName.Longest];
        else CallerName.Keep(HttpContext, Caller);
        return Screen(Caller is null ? null : desk.Find(Caller));
    }

    public IActionResult OnPostLeave()
    {
        if (ByDoor) return BadRequest();
        if (CallerName.Calling(HttpContext) is { } caller && desk.Find(caller) is { } held)
        {
            Caller = caller;
            Notice = T["FirstEnd"];
            return Screen(held);
        }

        CallerName.Forget(HttpContext);
        return Screen(null);
    }

    public async Task<IActionResult> OnPostNextAsync(CancellationToken cancellation)
    {
        Caller = CallerName.Calling(HttpContext);
        return Screen(Caller is null ? null : await desk.TakeNextAsync(Caller, cancellation));
    }

    public Task<IActionResult> OnPostDialAsync(CancellationToken cancellation) => Do(() => desk.ShowNumberAsync(Hold, cancellation));

    public async Task<IActionResult> OnPostBackAsync(CancellationToken cancellation)
    {
        Caller = CallerName.Calling(HttpContext);
        if (Caller is not null) await desk.GiveBackAsync(Hold, cancellation);
        return Screen(Caller is null ? null : desk.Find(Caller));
    }

    public async Task<IActionResult> OnPostTurnAsync(string? key, string[]? chosen, string? words, CancellationToken cancellation)
    {
        DeskEntry entry = key switch
        {
            "answered" => new DeskEntry.Answered(),
            "language" => new DeskEntry.OtherLanguage(),
            "words" => new DeskEntry.Words(words ?? ""),
            "no-words" => new DeskEntry.Words(""),
            "several" => new DeskEntry.Keys(string.Join(',', chosen ?? [])),
            _ => new DeskEntry.Keys(key ?? ""),
        };
        var answer = await Do(() => desk.EnterAsync(Hold, Turn, entry, cancellation));
        if (Case is not { Stage: DeskStage.Asking } || !notTaken) return answer;
        Notice = WhyNotTaken(key, words);
        if (!IsFragment && Notice is { } notice) NotDone = notice;
        return answer;
    }

    public async Task<IActionResult> OnPostEndAsync(DeskOutcome? outcome, CancellationToken cancellation)
    {
        if (outcome is not { } chosen || !Enum.IsDefined(chosen)) return BadRequest();
        DateTimeOffset? appointment = null;
        if (At is { } local && desk.Find(CallerName.Calling(HttpContext) ?? "") is { } held)
            appointment = new DateTimeOffset(local, Show.Zone(held.TimeZone).GetUtcOffset(local));
        return await Do(() => desk.EndAsync(Hold, chosen, appointment, cancellation));
    }

    public async Task<IActionResult> OnPostUrgentAsync(CancellationToken cancellation)
    {
        Caller = CallerName.Calling(HttpContext);
        if (Caller is not null) await desk.UrgentAsync(Hold, cancellation);
        Urgent = true;
        return Screen(Caller is null ? null : desk.Find(Caller));
    }

    public string Time(DateTimeOffset instant) => Show.Time(instant.ToUnixTimeMilliseconds(), Zone, Now);

    /// <summary>The name of an AAPOR code.</summary>
    public static string CodeName(string code) => DispositionTexts.Name(Disposition.Of(code), CultureInfo.CurrentUICulture);

    private async Task<IActionResult> Do(Func<Task<DeskReply>> deed)
    {
        Caller = CallerName.Calling(HttpContext);
        if (Caller is null) return Screen(null);
        switch (await deed())
        {
            case DeskReply.Going going:
                notTaken = !going.Taken;
                return Screen(going.Case);
            case DeskReply.Not not:
                Appointing = true;
                Notice = not.Problem.Possible is { } possible ? T["Appointment_closed", Time(possible)] : T[$"Appointment_{not.Problem.Key}"];
                return Screen(not.Case);
            case DeskReply.Over over:
                Over = over;
                if (!IsFragment) Done = T["StoredAs", CodeName(over.Code)];
                return Screen(null);
            default:
                Notice = T["Gone"];
                return Screen(desk.Find(Caller));
        }
    }

    private string? WhyNotTaken(string? key, string? words)
    {
        if (key is "answered") return null;
        if (words is { Length: > CallerDesk.LongestWords })
        {
            Unkept = words;
            return T["WordsTooLong", CallerDesk.LongestWords];
        }

        if (Turn != Case!.Turn) return T["Repeated"];
        return key is "7" or "*" ? null : T["NoSuchKey"];
    }

    private IActionResult Screen(DeskCase? held)
    {
        Title = T["Title"];
        Case = held;
        if (Caller is not null && held is null && Over is null) Queue = desk.Queue();
        NextIs(NextLine());
        if (IsFragment) return Partial("_Desk", this);
        if (HttpMethods.IsGet(Request.Method)) return Page();
        if (Notice is { } notice) NotDone = notice;
        return RedirectToPage();
    }

    private string NextLine() => this switch
    {
        { Caller: null } => T["Next_Name"],
        { Over: not null } => T["Next_Over"],
        { Case: { Stage: DeskStage.Taken } } => T["Next_Taken"],
        { Case: { Stage: DeskStage.Dialling } } => T["Next_Dialling"],
        { Case.Card: { } card } => T[card.Words ? "Next_Words" : card.Several ? "Next_Several" : $"Next_{card.Part}"],
        { Queue: { State: DeskQueueState.Waiting } queue } => T["Next_Waiting", queue.Waiting >= HandOut.MostCounted ? $"{HandOut.MostCounted}+" : queue.Waiting],
        { Queue: { State: DeskQueueState.Later, At: { } at, Closed: { } closed } } => T["Next_Closed", Time(at), T[$"Closed_{closed}"]],
        { Queue: { State: DeskQueueState.Later, At: { } at } queue } => T["Next_Later", Time(at), ReasonInWords(queue.Reason)],
        { Queue: { State: DeskQueueState.Later } } => T["Next_Unknown"],
        { Queue: { } queue } => T[$"Next_{queue.State}"],
        _ => T["Next_Empty"],
    };

    private string ReasonInWords(string? reason) => reason is not null && AttemptTexts.Find(reason, CultureInfo.CurrentUICulture) is { } words ? words : T["Reason_Resting"];
}
