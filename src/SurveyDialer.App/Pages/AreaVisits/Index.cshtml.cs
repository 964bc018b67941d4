using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.AreaVisits;

/// <summary>Area × topic × voices: where an open round of visits is due. Never who spoke.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class IndexModel(AreaVisitQueries queries, AreaWordsQueries words) : SurveyPage("AreaVisits")
{
    public IReadOnlyList<AreaVisitItem> Visits { get; private set; } = [];

    /// <summary>Words that wait to be written down.</summary>
    public long Waiting { get; private set; }

    [BindProperty(SupportsGet = true)]
    public long? Campaign { get; set; }

    public void OnGet()
    {
        Title = T["Title"];
        Visits = queries.List(Campaign);
        Waiting = words.CountWaiting();
        if (Waiting > 0) NextIs(T["Next_Words", Waiting], T["WordsOpen"], "/area-visits/words");
        else if (Visits.FirstOrDefault(visit => visit.State == "planned") is { } planned)
            NextIs(T["Next_Planned", Visits.Count(visit => visit.State == "planned"), planned.Area], T["OpenIt"], $"/area-visits/{planned.Id}");
        else if (Visits.FirstOrDefault(visit => visit.State == "visited") is { } visited)
            NextIs(T["Next_Visited", visited.Area], T["OpenIt"], $"/area-visits/{visited.Id}");
        else NextIs(T[Visits.Count == 0 ? "Next_Empty" : "Next_Done"]);
    }
}
