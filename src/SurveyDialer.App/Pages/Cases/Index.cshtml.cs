using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Cases;

/// <summary>The follow-up list by due date. Everybody on it agreed to be contacted, satisfied or not; no score is on it.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class IndexModel(CaseQueries queries) : SurveyPage("Cases")
{
    public const int PageSize = 50;

    public IReadOnlyList<CaseItem> Cases { get; private set; } = [];

    public CaseChoices Choices { get; private set; } = new([], [], []);

    public long Sealed { get; private set; }

    public bool More { get; private set; }

    [BindProperty(SupportsGet = true)]
    public long? Campaign { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Area { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Topic { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Language { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Skip { get; set; }

    public void OnGet()
    {
        Title = T["Title"];
        Skip = Math.Max(0, Skip);
        Choices = queries.Choices();
        Sealed = queries.CountSealed();
        var rows = queries.Page(new CaseFilter(Campaign, Area, Blank(Topic), Blank(Language), Blank(State)), Skip, PageSize + 1);
        Cases = [.. rows.Take(PageSize)];
        More = rows.Count > PageSize;
        Decide();
    }

    public bool IsLate(CaseItem item) => item.DueAt < Now.ToUnixTimeMilliseconds() && item.State is not ("closed" or "withdrawn");

    public string Day(long millis, CaseItem item) => Show.Day(millis, Show.Zone(item.TimeZone), Now);

    public string Time(long millis, CaseItem item) => Show.Time(millis, Show.Zone(item.TimeZone), Now);

    public string PageAddress(int skip)
        => QueryString.Create(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["campaign"] = $"{Campaign}", ["area"] = $"{Area}", ["topic"] = Topic, ["language"] = Language, ["state"] = State, ["skip"] = $"{Math.Max(0, skip)}",
            }).ToString();

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private void Decide()
    {
        var load = queries.Load(Now.ToUnixTimeMilliseconds());
        var now = Now.ToUnixTimeMilliseconds();
        if (Cases.FirstOrDefault(item => item.NextAt <= now && item.State is ("taken" or "contacted" or "visited")) is { } promised)
            NextIs(T["Next_Promised", promised.Id], T["OpenIt"], $"/cases/{promised.Id}");
        else if (load.Overdue > 0 && Cases.FirstOrDefault(IsLate) is { } late)
            NextIs(T["Next_Overdue", load.Overdue, late.Id], T["OpenIt"], $"/cases/{late.Id}");
        else if (load.Untaken > 0 && Cases.FirstOrDefault(item => item.State == "open") is { } open)
            NextIs(T["Next_Untaken", load.Untaken, open.Id], T["OpenIt"], $"/cases/{open.Id}");
        else if (load.Open > 0) NextIs(T["Next_Open", load.Open]);
        else NextIs(T["Next_None"]);
    }
}
