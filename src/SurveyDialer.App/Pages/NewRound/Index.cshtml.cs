using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Exports;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>A new round in five steps: list, columns, template, texts, rehearsal and launch. What was said is stored with every step.</summary>
[Needs(PageRight.RunRounds)]
[RequestSizeLimit(2L * UploadShelf.LargestFile)]
[RequestFormLimits(MultipartBodyLengthLimit = 2L * UploadShelf.LargestFile, MemoryBufferThreshold = 2 * UploadShelf.LargestFile)] // Never in clear on the disk.
internal sealed partial class IndexModel(
    RoundDesk desk, ListImports imports, RehearsalDesk rehearsals, FrameQueries frames, TemplateLibrary library, IndexSetLibrary indices, ExportDesk exports, IOptions<SurveyPagesOptions> options) : SurveyPage("NewRound")
{
    /// <summary>Number of steps.</summary>
    public const int Steps = 5;

    /// <summary>Null before the first step is done.</summary>
    public RoundDraft? Draft { get; private set; }

    public RoundPlan Plan => Draft?.Plan ?? new RoundPlan();

    public int Step { get; private set; } = 1;

    /// <summary>The last step that may be opened now.</summary>
    public int Reached => Plan switch
    {
        { Frames.Count: 0, Upload: null } => 1,
        { Frames.Count: 0 } or { Upload: not null } => 2,
        { Template: "" } => 3,
        { Organiser: "" } => 4,
        _ => Steps,
    };

    /// <summary>Other rounds in preparation.</summary>
    public IReadOnlyList<RoundDraft> Others { get; private set; } = [];

    /// <summary>Lists that were imported before.</summary>
    public IReadOnlyList<FrameView> Lists { get; private set; } = [];

    /// <summary>What is missing before the launch; found once the texts have been filled in.</summary>
    public IReadOnlyList<MissingField> Missing { get; private set; } = [];

    /// <summary>What stands beside a field; null when nothing is wrong with it.</summary>
    public string? MissingAt(string anchor) => Missing.FirstOrDefault(field => field.Step == Step && field.Anchor == anchor)?.Words;

    public string StepAddress(int step) => $"/new-round/{Draft?.Id}?step={step}";

    public IActionResult OnGet(long? id, int? step)
    {
        if (id is { } wanted && (Draft = desk.Find(wanted)) is null) return NotFound();
        if (Draft is not null && TellImported()) return To(2);
        Step = Math.Clamp(step ?? Reached, 1, Reached);
        return Shown();
    }

    /// <summary>Takes a list, or the ones that were imported before.</summary>
    public async Task<IActionResult> OnPostFileAsync(long? id, IFormFile? list, long[] frames)
    {
        if (id is { } wanted && (Draft = desk.Find(wanted)) is null) return NotFound();
        if (Draft is { } busy && imports.Going(busy.Id) is not null) return To(2);
        if (list is { Length: > UploadShelf.LargestFile }) NotDone = T["File_TooLarge", UploadShelf.LargestFile >> 20];
        else if (list is { Length: 0 }) NotDone = T["File_Empty"];
        else if (list is null && frames.Length == 0) NotDone = T["File_None"];
        else if (list is not null && Unreadable(list) is { } problem) NotDone = T["File_Unreadable", Path.GetFileName(list.FileName), problem.InWords(Culture)];
        if (NotDone is not null) return Redirect($"/new-round/{id}");
        var draft = Draft?.Id ?? await desk.BeginAsync(T["DefaultName", Now.Year, Now.Month], (name, number) => T["DefaultName_Number", name, number], Who);
        await desk.ChangeAsync(draft, plan => plan with { Frames = [.. frames.Concat(plan.Imported is { } own ? [own] : []).Distinct()], Rehearsal = null }, Who);
        if (list is not null)
        {
            await using var content = list.OpenReadStream();
            await desk.UploadAsync(desk.Find(draft)!, content, Path.GetFileName(list.FileName), Who);
        }

        return Redirect($"/new-round/{draft}?step={(list is null && Draft?.Plan.Imported is null ? 3 : 2)}");
    }

    /// <summary>What no choice of columns can mend; null where there is nothing of the kind.</summary>
    private static FrameProblem? Unreadable(IFormFile list)
    {
        using var stream = list.OpenReadStream();
        var (file, problem) = FrameReader.Open(stream, list.FileName, null);
        using (file)
            return problem?.Fault is FrameFault.HeaderMissing or FrameFault.HeaderAbsent or FrameFault.PhoneColumnMissing or FrameFault.ColumnTwice ? null : problem;
    }

    public async Task<IActionResult> OnPostDiscardAsync(long id)
    {
        if (desk.Find(id) is not { } draft) return NotFound();
        if (imports.Going(id) is not null) return Redirect($"/new-round/{id}?step=2");
        await desk.DiscardAsync(draft);
        Done = T["Discarded"];
        return Redirect("/new-round");
    }

    /// <summary>The page with the step that is chosen.</summary>
    private PageResult Shown()
    {
        Title = Draft is null || Plan.Name.Length == 0 ? T["Title"] : Plan.Name;
        Lists = frames.All();
        Others = Draft is null ? desk.All() : [];
        if (Step == 2) LoadList();
        if (Step >= 3) LoadTemplates();
        if (Step >= 4) LoadTexts();
        if (Step == Steps)
        {
            LoadSample();
            LoadRehearsal();
        }

        NextIs(Step == Steps && Missing.Count > 0 ? T["Next_Missing", Missing.Count] : T[$"Next_{Step}{NextKind()}"]);
        return Page();
    }

    /// <summary>Steps that have more than one thing to be done in them.</summary>
    private string NextKind() => Step switch
    {
        2 when Importing is not null => "_Importing",
        2 when Look is { Problem.Fault: FrameFault.HeaderAbsent } => "_NoHeader",
        2 when Look is { Problem: not null } => "_Unread",
        2 when Look is null && FlawedCount > 0 => "_Flawed",
        2 when Look is null => "_Done",
        5 when Outcome is null && Rehearsing is not { Over: false } => "_First",
        5 when Outcome is not null => "_Rehearsed",
        _ => "",
    };

    /// <summary>Loads the draft of a handler that changes it; false where it is gone.</summary>
    private bool Load(long id) => (Draft = desk.Find(id)) is not null;

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private RedirectResult To(int step) => Redirect(StepAddress(step));
}
