using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SurveyDialer.App.Web;
using SurveyDialer.Exports;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Cases;

/// <summary>The follow-up list by due date. Everybody on it agreed to be contacted, satisfied or not; no score is on it.</summary>
[Needs(PageRight.FollowUp)]
[RequestSizeLimit(MostBytes)]
internal sealed class IndexModel(CaseQueries queries, FollowUpResults results, ExportDesk exports) : SurveyPage("Cases")
{
    public const int PageSize = 50;

    // A list of the largest round, filled in, is a few megabytes.
    private const long MostBytes = 20 << 20;

    public IReadOnlyList<CaseItem> Cases { get; private set; } = [];

    public CaseChoices Choices { get; private set; } = new([], [], [], []);

    public long Sealed { get; private set; }

    public bool More { get; private set; }

    /// <summary>Rounds whose list can be taken along.</summary>
    public IReadOnlyList<CaseRound> Rounds { get; private set; } = [];

    /// <summary>What came of a list that was just brought back; null otherwise.</summary>
    public FollowUpResultsTaken? Results { get; private set; }

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
        Rounds = queries.Rounds();
        Sealed = queries.CountSealed();
        var rows = queries.Page(Filter, Who, Skip, PageSize + 1);
        Cases = [.. rows.Take(PageSize)];
        More = rows.Count > PageSize;
        Decide();
    }

    /// <summary>The list as a workbook to work through and to fill in; that it was taken is written down, with how many persons are on it.</summary>
    public async Task<IActionResult> OnPostListAsync(long round, CancellationToken cancellation)
    {
        if (queries.Rounds().FirstOrDefault(one => one.Id == round) is not { } found) return NotFound();
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{found.Name}-{T["ListFile"]}-{TimeZoneInfo.ConvertTime(Now, Show.Zone(found.TimeZone)):yyyyMMdd-HHmm}.xlsx");
        Response.Headers.ContentDisposition = disposition.ToString();
        Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        // Writers of sheets flush without waiting; nothing is put aside on the disk in between.
        HttpContext.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        await exports.WriteFollowUpListAsync(round, Who, Response.Body, PageLanguage.Current, cancellation);
        return new EmptyResult();
    }

    /// <summary>Takes over what was filled in on an exported list.</summary>
    public async Task OnPostResultsAsync(IFormFile? file, CancellationToken cancellation)
    {
        if (file is null || file.Length == 0)
        {
            NotDone = T[file is null ? "ResultsNoFile" : "ResultsEmptyFile"];
        }
        else
        {
            var stream = file.OpenReadStream();
            var (list, problem) = FollowUpResults.Open(stream, Path.GetFileName(file.FileName));
            if (list is null)
            {
                await stream.DisposeAsync();
                NotDone = problem!.InWords(CultureInfo.CurrentUICulture);
            }
            else
            {
                using (list) Results = await results.TakeAsync(list, Who, cancellation);
                if (Results is null) NotDone = T["ResultsNotAList"];
            }
        }

        OnGet();
    }

    public string InWords(ResultProblem problem) => T[$"Result_{problem.Fault}", problem.Wrong];

    public string OutcomeNames() => string.Join(PageLanguage.IsEnglish ? ", " : "、", CaseDesk.Outcomes.Select(outcome => T[$"Outcome_{outcome}"]));

    public bool IsLate(CaseItem item) => item.DueAt < Now.ToUnixTimeMilliseconds() && item.State is not ("closed" or "withdrawn");

    public string Day(long millis, CaseItem item) => Show.Day(millis, Show.Zone(item.TimeZone), Now);

    public string Time(long millis, CaseItem item) => Show.Time(millis, Show.Zone(item.TimeZone), Now);

    public string PageAddress(int skip)
        => QueryString.Create(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["campaign"] = $"{Campaign}", ["area"] = $"{Area}", ["topic"] = Topic, ["language"] = Language, ["state"] = State, ["skip"] = $"{Math.Max(0, skip)}",
            }).ToString();

    private CaseFilter Filter => new(Campaign, Area, Blank(Topic), Blank(Language), Blank(State));

    private static string? Blank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    // Nobody is sent to a case that she may not open.
    private void Decide()
    {
        var now = Now.ToUnixTimeMilliseconds();
        var load = queries.Load(now, Who, Filter);
        var cases = Cases.Where(item => !item.Own).ToList();
        if (cases.Find(item => item.NextAt <= now && item.State is ("taken" or "contacted" or "visited")) is { } promised)
            NextIs(T["Next_Promised", promised.Id], T["OpenIt"], $"/cases/{promised.Id}");
        else if (load.Overdue > 0 && cases.Find(IsLate) is { } late)
            NextIs(T["Next_Overdue", load.Overdue, late.Id], T["OpenIt"], $"/cases/{late.Id}");
        else if (load.Untaken > 0 && cases.Find(item => item.State == "open") is { } open)
            NextIs(T["Next_Untaken", load.Untaken, open.Id], T["OpenIt"], $"/cases/{open.Id}");
        else if (load.Open > 0) NextIs(T["Next_Open", load.Open]);
        else NextIs(T[Cases.Any(item => item.Own && item.State is not ("closed" or "withdrawn")) ? "Next_OwnOnly" : Choices.Rounds.Count == 0 ? "Next_NoneYet" : "Next_None"]);
    }
}
