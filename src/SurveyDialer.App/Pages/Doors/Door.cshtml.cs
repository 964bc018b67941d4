using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Pages.Doors;

/// <summary>Behind a door, or before one: who one is here, where to begin, and how to leave.</summary>
[Needs(PageRight.None)]
internal sealed class DoorModel : SurveyPage
{
    public DoorModel() : base("Doors")
    {
    }

    public Visitor Visitor => HttpContext.Visitor();

    /// <summary>A cookie that opens nothing (any more).</summary>
    public bool Shut => Visitor.Kind == VisitorKind.Stranger && DoorCookie.Of(HttpContext) is not null;

    /// <summary>
    /// The cookie was set by the answer before this one, and the browser came from another site: it is not sent until a page of ours asks.
    /// </summary>
    public bool Entering { get; private set; }

    public void OnGet(string? tell)
    {
        Title = T["Door_Title"];
        Entering = tell == "entered" && Visitor.Kind == VisitorKind.Stranger && !Shut;
        if (Entering) Response.Headers["Refresh"] = "0; url=/door";
        switch (Visitor.Kind)
        {
            case VisitorKind.Staff:
                NextIs(T["Door_Next_Staff"], T["Nav_Campaigns"], "/campaigns");
                break;
            case VisitorKind.Caller:
                NextIs(T["Door_Next_Caller"], T["Nav_Interview"], "/interview");
                break;
            case VisitorKind.Supervisor:
                NextIs(T["Door_Next_Supervisor"], T["Nav_Supervisor"], "/supervisor");
                break;
            case VisitorKind.Administrator:
                NextIs(T["Door_Next_Administrator"], T["Nav_Doors"], "/doors");
                break;
            case VisitorKind.Stranger:
                NextIs(T[Entering ? "Door_Next_Entering" : Shut ? "Door_Next_Shut" : tell == "refused" ? "Door_Next_Refused" : "Door_Next_Stranger"]);
                break;
        }
    }

    public IActionResult OnPostLeave()
    {
        DoorCookie.Forget(HttpContext);
        return RedirectToPage();
    }
}
