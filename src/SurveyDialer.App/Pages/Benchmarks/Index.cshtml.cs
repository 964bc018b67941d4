using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SurveyDialer.App.Web;
using SurveyDialer.Estimates;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Exports.Xlsx;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Pages.Benchmarks;

/// <summary>Official results of this and other places, typed in or brought in as a file, and what the indices are to reach.</summary>
[Needs(PageRight.Results)]
[RequestSizeLimit(LargestFile + 100_000)]
internal sealed class IndexModel(OfficialDesk desk) : SurveyPage("Benchmarks")
{
    /// <summary>Of an uploaded file, in bytes.</summary>
    public const int LargestFile = 2_000_000;

    /// <summary>What was typed, shown again where it cannot be kept.</summary>
    [BindProperty]
    public OfficialInput Input { get; set; } = new();

    public IReadOnlyDictionary<string, LocalText> Names { get; private set; } = new Dictionary<string, LocalText>(StringComparer.Ordinal);

    public IReadOnlyList<OfficialResult> Results { get; private set; } = [];

    public IReadOnlyList<IndexTarget> Targets { get; private set; } = [];

    public IReadOnlyList<OfficialDoubt> Doubts { get; private set; } = [];

    /// <summary>Of the last thing sent: what is wrong, in words.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    public void OnGet() => Load();

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancellation)
        => Answer([.. (await desk.SaveAsync(Input, Who, cancellation)).Select(problem => problem.InWords(Culture))], T["Saved"]);

    public async Task<IActionResult> OnPostTargetAsync(string? index, string? period, string? percent, string? rank, CancellationToken cancellation)
        => Answer(await desk.SaveTargetAsync(index, period, percent, rank, Who, cancellation) is { } problem ? [problem.InWords(Culture)] : [], T["TargetSaved"]);

    public async Task<IActionResult> OnPostImportAsync(IFormFile? file, CancellationToken cancellation)
    {
        if (file is null or { Length: 0 or > LargestFile }) return Answer([T["FileMissing", LargestFile / 1_000_000]], "");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        content.Position = 0;
        var import = await desk.ImportAsync(content, Who, Culture, cancellation);
        return Answer(
            import.Problem is { } whole ? [whole] : [.. import.Problems.Select(problem => T["RowProblem", problem.Row, problem.Words])],
            T["Imported", import.Taken], import.Taken);
    }

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken cancellation)
    {
        if (await desk.DeleteAsync(id, Who, cancellation)) Done = T["Deleted"];
        else NotDone = T["NotThere"];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDeleteTargetAsync(string tag, string period, CancellationToken cancellation)
    {
        if (await desk.DeleteTargetAsync(tag, period, Who, cancellation)) Done = T["Deleted"];
        else NotDone = T["NotThere"];
        return RedirectToPage();
    }

    /// <summary>All results as a workbook that can be filled further and brought back.</summary>
    public IActionResult OnPostDownload()
    {
        Load();
        Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(T["FileName"] + ".xlsx");
        Response.Headers.ContentDisposition = disposition.ToString();
        HttpContext.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        using var table = new XlsxTable(Response.Body, Now);
        table.Begin(T["FileName"], [.. OfficialDesk.Columns.Select(names => new TableColumn(PageLanguage.IsEnglish ? names[1] : names[0], 16))]);
        foreach (var result in Results)
        {
            table.Row(
                TableCell.Of(result.Tag), TableCell.Of(T[$"Level_{result.Level}"]), TableCell.Of(result.Name), TableCell.Of(result.Period.ToString()),
                TableCell.Of((double)result.Percent), TableCell.Of(result.N), TableCell.Of((long?)result.Rank), TableCell.Of((long?)result.Places), TableCell.Of(result.Source));
        }

        table.Complete();
        return new EmptyResult();
    }

    public string NameOf(string tag) => Names.TryGetValue(tag, out var name) ? IndexWords.Name(name, Culture) : tag;

    /// <summary>Doubts about one result.</summary>
    public IEnumerable<string> DoubtsOf(OfficialResult result) => Doubts.Where(doubt => doubt.Ids[0] == result.Id).Select(doubt => doubt.InWords(Culture));

    /// <summary>Where a result comes from, in one word for each level.</summary>
    public string LevelOf(OfficialResult result) => result.Name.Length == 0 ? T[$"Level_{result.Level}"] : $"{T[$"Level_{result.Level}"]} {result.Name}";

    private IActionResult Answer(IReadOnlyList<string> problems, string done, int taken = 0)
    {
        if (problems.Count == 0)
        {
            Done = done;
            return RedirectToPage();
        }

        Problems = problems;
        if (taken > 0) Problems = [done, .. problems];
        Load();
        return Page();
    }

    private void Load()
    {
        Title = T["Title"];
        (Names, Results, Targets) = (desk.Names(), desk.Results(), desk.Targets());
        Doubts = OfficialDoubts.Of(Results, DateOnly.FromDateTime(Now.UtcDateTime), Culture);
        if (Problems.Count > 0) NextIs(T["Next_Mend"]);
        else if (Results.Count == 0) NextIs(T["Next_Empty"]);
        else if (Doubts.Count > 0) NextIs(T["Next_Doubts", Doubts.Count]);
        else NextIs(T["Next_Compare"], T["Nav_Results"], "/results");
    }
}
