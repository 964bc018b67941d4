using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace SurveyDialer.App.Web;

/// <summary>What every page has: its texts, its visitor, its time, and an answer to "what do I do next?".</summary>
internal abstract class SurveyPage : PageModel
{
    protected SurveyPage(string? room = null) => T = room is null ? PageWords.Common : PageWords.Of(room);

    /// <summary>The page's texts.</summary>
    public PageWords T { get; }

    /// <summary>The first line of the page. Set by every handler that shows the page.</summary>
    public NextStep Next { get; protected set; } = null!;

    /// <summary>Title of the page and of the browser's tab.</summary>
    public string Title { get; protected set; } = "";

    /// <summary>The product's clock, which may run in virtual time.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>What the visitor is called in histories and the audit log.</summary>
    public string Who { get; private set; } = "";

    /// <summary>A sentence on what was just done; carried over a redirect, and told once.</summary>
    public string? Done { get; set; }

    /// <summary>A sentence on why something was not done; carried over a redirect, and told once.</summary>
    public string? NotDone { get; set; }

    // Without the attribute it would be taken for the handler of an HTTP method PAGE.
    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Now = HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        Who = HttpContext.Visitor().Name;

        // A form that this page does not have would otherwise show a page that nobody has filled.
        if (context.HandlerMethod is null) context.Result = NotFound();
        TakeUpSaid();
    }

    // What a page that is shown at once says has been told with it: only what a redirect leads to would otherwise not hear of it.
    [NonHandler]
    public override void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        if (context.Result is not (IKeepTempDataResult or LocalRedirectResult)) return;
        if (Done is not null) TempData[nameof(Done)] = Done;
        if (NotDone is not null) TempData[nameof(NotDone)] = NotDone;
    }

    /// <summary>Whether the visitor has a right: pages hide what they may not use.</summary>
    public bool May(PageRight right) => HttpContext.Visitor().Has(right);

    /// <summary>A form begins with nothing said; a fragment of an open page leaves what waits for the next page.</summary>
    private void TakeUpSaid()
    {
        var reads = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);
        if (reads && Request.Headers.ContainsKey("HX-Request")) return;
        var (done, notDone) = (TempData[nameof(Done)] as string, TempData[nameof(NotDone)] as string);
        TempData.Remove(nameof(Done));
        TempData.Remove(nameof(NotDone));
        if (reads) (Done, NotDone) = (done, notDone);
    }

    /// <summary>Says which line the page begins with.</summary>
    protected void NextIs(string text, string? linkText = null, string? link = null) => Next = new NextStep(text, linkText, link);
}

/// <summary>What to do next, with the place to do it where that is another page.</summary>
internal sealed record NextStep(string Text, string? LinkText, string? Link);
