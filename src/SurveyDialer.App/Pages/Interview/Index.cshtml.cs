using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Attempts;
using SurveyDialer.Fieldwork;
using SurveyDialer.People;

namespace SurveyDialer.App.Pages.Interview;

/// <summary>
/// Interviewing from a desk telephone, by keyboard alone. Everything stands in the database: what the page shows depends on nothing that a
/// power cut could take.
/// </summary>
[Needs(PageRight.FollowUp)]
internal sealed class IndexModel(CallerDesk desk) : DeskPage
{
    public override string Address => "/interview";

    public IActionResult OnGet()
    {
        Caller = CallerName.Calling(HttpContext);
        var held = Caller is null ? null : desk.Find(Caller);
        Urgent = held is { Danger: true };
        return Screen(held);
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

    public async Task<IActionResult> OnPostDialAsync(CancellationToken cancellation) => (await Do(() => desk.ShowNumberAsync(Hold, cancellation))).Screen;

    public async Task<IActionResult> OnPostBackAsync(CancellationToken cancellation)
    {
        Caller = CallerName.Calling(HttpContext);
        if (Caller is not null) await desk.GiveBackAsync(Hold, cancellation);
        return Screen(Caller is null ? null : desk.Find(Caller));
    }

    public async Task<IActionResult> OnPostTurnAsync(string? key, string[]? chosen, string? words, CancellationToken cancellation)
    {
        var (answer, taken) = await Do(() => desk.EnterAsync(Hold, Turn, Entry(key, chosen, words), cancellation));
        if (Case is not { Stage: DeskStage.Asking } || taken) return answer;
        Notice = WhyNotTaken(key, words);
        if (!IsFragment && Notice is { } notice) NotDone = notice;
        return answer;
    }

    public async Task<IActionResult> OnPostEndAsync(DeskOutcome? outcome, CancellationToken cancellation)
    {
        if (outcome is not { } chosen || !Enum.IsDefined(chosen)) return BadRequest();
        var appointment = At is null ? null : Appointment(At, desk.Find(CallerName.Calling(HttpContext) ?? ""));
        return (await Do(() => desk.EndAsync(Hold, chosen, appointment, cancellation), chosen, appointment)).Screen;
    }

    public async Task<IActionResult> OnPostUrgentAsync(CancellationToken cancellation)
    {
        Caller = CallerName.Calling(HttpContext);
        if (Caller is not null) await desk.UrgentAsync(Hold, cancellation);
        Urgent = true;
        return Screen(Caller is null ? null : desk.Find(Caller));
    }

    private async Task<(IActionResult Screen, bool Taken)> Do(Func<Task<DeskReply>> deed, DeskOutcome? outcome = null, DateTimeOffset? at = null)
    {
        Caller = CallerName.Calling(HttpContext);
        if (Caller is null) return (Screen(null), true);
        var reply = await deed();
        var taken = Tell(reply, outcome, at);
        if (Over is not null && !IsFragment) Done = T["StoredAs", Result];
        return (Screen(reply is DeskReply.Gone ? desk.Find(Caller) : Case), taken);
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
        { Case: not null } => StepLine() ?? T["Next_Unknown"],
        { Queue: { State: DeskQueueState.Waiting } queue } => T["Next_Waiting", queue.Waiting >= HandOut.MostCounted ? $"{HandOut.MostCounted}+" : queue.Waiting],
        { Queue: { State: DeskQueueState.Later, At: { } at, Closed: { } closed } } => T["Next_Closed", Time(at), T[$"Closed_{closed}"]],
        { Queue: { State: DeskQueueState.Later, At: { } at } queue } => T["Next_Later", Time(at), ReasonInWords(queue.Reason)],
        { Queue: { State: DeskQueueState.Later } } => T["Next_Unknown"],
        { Queue: { } queue } => T[$"Next_{queue.State}"],
        _ => T["Next_Empty"],
    };

    private string ReasonInWords(string? reason) => reason is not null && AttemptTexts.Find(reason, CultureInfo.CurrentUICulture) is { } words ? words : T["Reason_Resting"];
}
