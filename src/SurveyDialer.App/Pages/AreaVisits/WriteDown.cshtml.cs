using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.AreaVisits;

/// <summary>One recording or text: heard or read here and nowhere else, then written down without names or put aside with a reason.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class WriteDownModel(AreaWordsQueries queries, AreaWordsDesk desk, RecordingSounds sounds) : SurveyPage("AreaVisits")
{
    public AreaWordsItem Item { get; private set; } = null!;

    /// <summary>As typed; null for a recording.</summary>
    public string? Raw { get; private set; }

    /// <summary>What was typed here and could not be kept.</summary>
    public string? Text { get; private set; }

    public Task<IActionResult> OnGetAsync(long id, CancellationToken cancellation) => ShowAsync(id, null, null, cancellation);

    /// <summary>The sound; browsers ask for parts of it.</summary>
    public async Task<IActionResult> OnGetSoundAsync(long id, CancellationToken cancellation)
        => await sounds.OfWordsAsync(id, Who, Sound.FromStart(Request), cancellation) is { } sound ? Sound.Answer(HttpContext, sound) : NotFound();

    public async Task<IActionResult> OnPostWriteAsync(long id, string? text, CancellationToken cancellation)
        => await FinishAsync(id, await desk.WriteDownAsync(id, Who, text, cancellation), "WordsDone", text, cancellation);

    public async Task<IActionResult> OnPostDiscardAsync(long id, string? reason, CancellationToken cancellation)
        => await FinishAsync(id, await desk.DiscardAsync(id, Who, reason, cancellation), "WordsDone_Aside", null, cancellation);

    public string Day(long millis) => Show.Day(millis, Show.Zone(Item.TimeZone), Now);

    private async Task<IActionResult> FinishAsync(long id, WordsProblem? problem, string done, string? text, CancellationToken cancellation)
    {
        if (problem is { } why) return await ShowAsync(id, why, text, cancellation);
        Done = T[done];
        return RedirectToPage("/AreaVisits/Words");
    }

    /// <summary>Shows the words with what was wrong; or the list, where they do not wait any more.</summary>
    private async Task<IActionResult> ShowAsync(long id, WordsProblem? problem, string? text, CancellationToken cancellation)
    {
        if (problem is { } why) NotDone = T[$"Words_{why}"];
        if (queries.Find(id) is not { } found)
        {
            NotDone ??= T["Words_NotThere"];
            return RedirectToPage("/AreaVisits/Words");
        }

        (Item, Text) = (found, text);
        if (!found.Recorded && (Raw = await desk.ReadAsync(id, Who, cancellation)) is null) return RedirectToPage("/AreaVisits/Words");
        Title = T["WordsOne"];
        NextIs(T[found.Recorded ? "WordsNext_Listen" : "WordsNext_Read"]);
        return Page();
    }
}
