using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>What is asked about an uploaded list.</summary>
internal sealed record ListForm
{
    /// <summary>Column letter to role.</summary>
    public Dictionary<string, string?> Columns { get; init; } = [];

    public int? HeaderRow { get; init; }

    public string? Source { get; init; }

    public string? LegalBasis { get; init; }

    public string? Township { get; init; }

    public string? AreaCode { get; init; }

    public string? Population { get; init; }
}

/// <content>The second step: what the columns hold, and what is wrong with rows.</content>
internal sealed partial class IndexModel
{
    /// <summary>Rejected rows shown at a time.</summary>
    private const int FlawedAtOnce = 25;

    /// <summary>The list that waits to be imported; null when none does.</summary>
    public ListLook? Look { get; private set; }

    /// <summary>The list that was imported for this round; null before.</summary>
    public FrameView? Imported { get; private set; }

    public IReadOnlyList<FlawedRow> Flawed { get; private set; } = [];

    public long FlawedCount { get; private set; }

    /// <summary>The list is being imported, as the page shows it; null when it is not.</summary>
    public ListImport? Importing { get; private set; }

    public async Task<IActionResult> OnPostColumnsAsync(long id, ListForm form)
    {
        if (!Load(id)) return NotFound();
        if (imports.Going(id) is not null) return To(2);
        var chosen = form.Columns.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        var found = desk.Look(Plan with { Columns = RoundPlanParts.None, HeaderRow = null });
        var asFound = found is { Problem: null } && found.HeaderRow == (form.HeaderRow ?? found.HeaderRow)
            && found.Columns.All(column => (column.Role?.ToString() ?? "") == (chosen.GetValueOrDefault(column.Letter) ?? ""));
        await desk.ChangeAsync(
            id,
            plan => plan with
            {
                Columns = asFound ? RoundPlanParts.None : chosen, HeaderRow = asFound ? null : form.HeaderRow ?? found?.HeaderRow,
                Source = form.Source?.Trim() ?? "", LegalBasis = form.LegalBasis?.Trim() ?? "", Township = form.Township?.Trim() ?? "", AreaCode = form.AreaCode?.Trim() ?? "",
                Population = form.Population?.Trim() ?? "",
            },
            Who);
        Load(id);
        if (new[] { Plan.Source, Plan.LegalBasis, Plan.Township }.Any(text => text.Length == 0)) NotDone = T["List_FactsMissing"];
        else await BeginImportAsync(Draft!, Who);
        TellImported();
        return To(2);
    }

    /// <summary>How far the import is, as server-sent events, until it is over.</summary>
    public Task<IActionResult> OnGetImportingAsync(long id, CancellationToken cancellation)
        => FollowAsync(() => imports.Going(id) is { } going ? (going.Percent, T["Import_Rows", Show.Count(going.Rows)]) : null, cancellation);

    /// <summary>Looks at the first rows again, with another row taken for the header, or none (0).</summary>
    public async Task<IActionResult> OnPostHeaderAsync(long id, int headerRow)
    {
        if (imports.Going(id) is not null) return Redirect($"/new-round/{id}?step=2");
        await desk.ChangeAsync(id, plan => plan with { HeaderRow = Math.Max(0, headerRow), Columns = RoundPlanParts.None }, Who);
        return Load(id) ? To(2) : NotFound();
    }

    /// <summary>Checks one corrected row; the answer is the row as it stands now, or the whole page where there are no scripts.</summary>
    public async Task<IActionResult> OnPostCorrectAsync(long id, long row, Dictionary<int, string?> cells)
    {
        if (!Load(id) || Plan.Imported is not { } frame) return NotFound();
        var good = await desk.CorrectAsync(Plan, row, cells.ToDictionary(pair => pair.Key, pair => pair.Value ?? ""));
        if (good) Done = T["Row_Good", row];
        else NotDone = T["Row_StillBad", row];
        return Redirect($"{StepAddress(2)}#rejected");
    }

    public async Task<IActionResult> OnPostTakeBackAsync(long id)
    {
        if (!Load(id)) return NotFound();
        if (imports.Going(id) is not null) return Redirect($"/new-round/{id}?step=2");
        if (await desk.TakeBackAsync(Draft!, Who)) Done = T["TakenBack"];
        else NotDone = T["TakeBack_Used"];
        return Redirect($"/new-round/{id}?step=1");
    }

    /// <summary>The rejected rows as a workbook; that it was taken is written down.</summary>
    public async Task<IActionResult> OnPostRejectedAsync(long id, CancellationToken cancellation)
    {
        if (!Load(id) || Plan.Imported is not { } frame) return NotFound();
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(T["Rejected_File", frame] + ".xlsx");
        Response.Headers.ContentDisposition = disposition.ToString();
        Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        HttpContext.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        await exports.WriteRejectedRowsAsync(frame, true, Who, Response.Body, PageLanguage.Current, cancellation);
        return new EmptyResult();
    }

    private Task BeginImportAsync(RoundDraft draft, string who) => imports.BeginAsync(draft.Id, progress => desk.ImportAsync(draft, who, progress));

    /// <summary>What became of an import, the first time that anybody looks.</summary>
    /// <returns>False when there is nothing to tell.</returns>
    private bool TellImported()
    {
        if (imports.Ended(Draft!.Id) is not { } import) return false;
        if (import.Fault is StorageException told) NotDone = T["Import_Failed", told.Message];
        else if (import.Fault is { } fault) NotDone = T["Import_Failed", T["Import_Fault", fault.GetType().Name]];
        else if (import.Problem is { } problem) NotDone = problem.InWords(Culture);
        else if (import.Result is not { } result) NotDone = T["List_Gone"];
        else if (result.Failure is { } failure) NotDone = T["List_CutShort", result.Read, failure.InWords(Culture)];
        else Done = T[result.Repeated ? "List_Repeated" : "List_Imported", Show.Count(result.Imported), Show.Count(result.Known - result.Twice), Show.Count(result.Rejected), Show.Count(result.Twice)];
        return true;
    }

    private void LoadList()
    {
        if ((Importing = imports.Going(Draft!.Id)) is not null) return;
        if (Plan.Upload is not null && (Look = desk.Look(Plan)) is null) NotDone ??= T["List_Gone"];
        if (Look is not null || Plan.Imported is not { } frame) return;
        Imported = frames.Find(frame);
        Flawed = desk.Flawed(frame, FlawedAtOnce, Culture);
        FlawedCount = desk.CountFlawed(frame);
    }
}
