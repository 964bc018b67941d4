using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;
using SurveyDialer.Phones;

namespace SurveyDialer.App.Pages.Cases;

/// <summary>One case: what the resident said in own words, and the steps that can be taken now.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class CaseModel(CaseQueries queries, CaseDesk desk) : SurveyPage("Cases")
{
    public CaseDetail Detail { get; private set; } = null!;

    /// <summary>The whole number, right after a reason was given for it.</summary>
    public string? ShownNumber { get; private set; }

    [BindProperty]
    public CaseEvent? Step { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    /// <summary>A local time where the case is.</summary>
    [BindProperty]
    public DateTime? NextLocal { get; set; }

    /// <summary>The step that usually comes next.</summary>
    public CaseEvent? Suggested => Detail.Item switch
    {
        { State: "taken" or "contacted", PreferredWay: "visit" } => CaseEvent.Visit,
        { State: "taken" } => CaseEvent.Contact,
        { State: "contacted" or "visited" } => CaseEvent.Close,
        _ => null,
    };

    /// <summary>What can be done now, what usually comes next first, what cannot be taken back last.</summary>
    public IReadOnlyList<CaseEvent> Steps
        => [.. Detail.Item.Possible.OrderBy(step => step == Suggested ? 0 : step switch { CaseEvent.HandOver => 2, CaseEvent.Withdraw => 3, _ => 1 })];

    public IActionResult OnGet(long id) => Load(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostStepAsync(long id, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        if (Step is not { } step) return BadRequest();
        DateTimeOffset? next = NextLocal is { } local ? new DateTimeOffset(local, Show.Zone(Detail.Item.TimeZone).GetUtcOffset(local)) : null;
        var taken = new CaseStep { CaseId = id, Event = step, Who = Who, Note = Note, NextAt = next, Outcome = Outcome };
        if (await desk.TakeStepAsync(taken, cancellation) is { } problem)
        {
            // What was typed stays on the page.
            NotDone = T[$"Problem_{problem}"];
            return Page();
        }

        Done = T[$"Done_{step}"];
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostNumberAsync(long id, string? reason, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        var (number, problem) = await desk.ShowNumberAsync(id, Who, reason, cancellation);
        if (problem is { } why) NotDone = T[$"Problem_{why}"];
        ShownNumber = PhoneNumber.TryRead(number, out var read) ? read.Display : null;
        return Page();
    }

    public string Time(long millis) => Show.Time(millis, Show.Zone(Detail.Item.TimeZone), Now);

    private bool Load(long id)
    {
        if (queries.Find(id) is not { } found) return false;
        Detail = found;
        Title = T["CaseNumber", id];
        var way = T[$"Way_{found.Item.PreferredWay}"];
        if (found.Item is { NextAt: { } next, State: "taken" or "contacted" or "visited" }) NextIs(T["NextOne_Date", Time(next), way]);
        else NextIs(T[$"NextOne_{found.Item.State}", way, Time(found.Item.DueAt)]);
        return true;
    }
}
