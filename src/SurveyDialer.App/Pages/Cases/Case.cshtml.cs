using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;
using SurveyDialer.Phones;

namespace SurveyDialer.App.Pages.Cases;

/// <summary>One case: what the resident said in own words, and the steps that can be taken now.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class CaseModel(CaseQueries queries, CaseDesk desk, RecordingSounds sounds, CaseWordsDesk words) : SurveyPage("Cases")
{
    /// <summary>Attempts in vain from which on another way is advised.</summary>
    private const int ManyAttempts = 3;

    public CaseDetail Detail { get; private set; } = null!;

    /// <summary>The whole number, right after a reason was given for it.</summary>
    public string? ShownNumber { get; private set; }

    /// <summary>What was typed for a recording and could not be kept.</summary>
    public (long Recording, string Text)? Unkept { get; private set; }

    /// <summary>Recordings that are here, or on their way, and wait to be written down.</summary>
    public IEnumerable<CaseRecording> Waiting => Detail.Recordings.Where(one => one.State is RecordingState.Announced or RecordingState.Fetched);

    [BindProperty]
    public CaseEvent? Step { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    /// <summary>With the close: the resident has been told.</summary>
    [BindProperty(Name = "told")]
    public bool TellsResult { get; set; }

    /// <summary>A local time where the case is.</summary>
    [BindProperty]
    public DateTime? NextLocal { get; set; }

    /// <summary>The step that usually comes next.</summary>
    public CaseEvent? Suggested => Detail.Item switch
    {
        { State: "taken" or "contacted", PreferredWay: "visit" } => CaseEvent.Visit,
        { State: "taken" } => CaseEvent.Contact,
        { State: "contacted" or "visited" } => CaseEvent.Close,
        { State: "closed" } when CanTell => CaseEvent.Tell,
        _ => null,
    };

    /// <summary>What can be done now, what usually comes next first, what cannot be taken back last.</summary>
    public IReadOnlyList<CaseEvent> Steps
        => [.. Detail.Item.Possible.Where(step => step != CaseEvent.Tell || CanTell).OrderBy(step => step == Suggested ? 0 : step switch { CaseEvent.HandOver => 2, CaseEvent.Withdraw => 3, _ => 1 })];

    /// <summary>The resident can be told, and has not been.</summary>
    private bool CanTell => Detail is { Told: false, Number: not null, Item.Outcome: not "unreachable" };

    /// <summary>The resident told it to the visitor in an interview: somebody else follows it up, and nothing of it is shown.</summary>
    public bool Own { get; private set; }

    public IActionResult OnGet(long id) => Load(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostStepAsync(long id, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        if (Step is not { } step) return BadRequest();
        DateTimeOffset? next = NextLocal is { } local ? Show.Instant(local, Show.Zone(Detail.Item.TimeZone)) : null;
        var taken = new CaseStep { CaseId = id, Event = step, Who = Who, Note = Note, NextAt = next, Outcome = Outcome };
        CaseStep[] steps = step == CaseEvent.Close && TellsResult && Outcome != "unreachable" ? [taken, taken with { Event = CaseEvent.Tell, Outcome = null }] : [taken];
        if (await desk.TakeStepsAsync(steps, cancellation) is { } problem)
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

    /// <summary>The sound of a recording; browsers ask for parts of it.</summary>
    public async Task<IActionResult> OnGetSoundAsync(long id, long recording, CancellationToken cancellation)
        => !desk.IsOwnInterview(id, Who) && await sounds.OfCaseAsync(id, recording, Who, Sound.FromStart(Request), cancellation) is { } sound ? Sound.Answer(HttpContext, sound) : NotFound();

    public async Task<IActionResult> OnPostWriteAsync(long id, long recording, string? text, CancellationToken cancellation)
    {
        if (!Load(id) || Own) return NotFound();
        var problem = await words.WriteDownAsync(id, recording, Who, text, cancellation);
        return Kept(id, problem, "Done_Written", text is null ? null : (recording, text));
    }

    public async Task<IActionResult> OnPostUnclearAsync(long id, long recording, CancellationToken cancellation)
    {
        if (!Load(id) || Own) return NotFound();
        return Kept(id, await words.GiveUpAsync(id, recording, Who, T["NotUnderstood"], cancellation), "Done_Unclear", null);
    }

    public string Time(long millis) => Show.Time(millis, Show.Zone(Detail.Item.TimeZone), Now);

    public string Day(long millis) => Show.Day(millis, Show.Zone(Detail.Item.TimeZone), Now);

    private IActionResult Kept(long id, WordsProblem? problem, string done, (long Recording, string Text)? text)
    {
        if (problem is { } why)
        {
            // What was typed stays on the page, beside what somebody else may have written meanwhile.
            Load(id);
            Unkept = text;
            NotDone = T[$"Words_{why}"];
            return Page();
        }

        Done = T[done];
        return RedirectToPage(new { id });
    }

    private bool Load(long id)
    {
        if (queries.Find(id) is not { } found) return false;
        Detail = found;
        Title = T["CaseNumber", id];
        Own = desk.IsOwnInterview(id, Who);
        if (Own)
        {
            NextIs(T["Problem_OwnInterview"], T["Title"], "/cases");
            return true;
        }

        var way = T[$"Way_{found.Item.PreferredWay}"];
        if (found.Item is { ToWriteDown: true, State: not "open" }) NextIs(T["NextOne_Listen"]);
        else if (found.Item is { NextAt: { } next, State: "taken" or "contacted" or "visited" }) NextIs(T["NextOne_Date", Time(next), way]);
        else if (found is { NotReached: >= ManyAttempts, Item.State: "taken" or "contacted" or "visited" }) NextIs(T["NextOne_NotReached", found.NotReached]);
        else if (found.Item.State == "closed" && CanTell) NextIs(T["NextOne_Tell"]);
        else NextIs(T[$"NextOne_{found.Item.State}", way, Time(found.Item.DueAt)]);
        return true;
    }
}
