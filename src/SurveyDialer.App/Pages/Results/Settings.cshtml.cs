using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Pages.Results;

/// <summary>What the figures of a round are made with: its place in the series, its indices, the population that it is weighted to.</summary>
[Needs(PageRight.Results)]
[RequestSizeLimit(LargestFile + 100_000)]
internal sealed class SettingsModel(RoundSeries series, CampaignQueries queries, IndexSetDesk sets, PopulationMargins margins, SurveyDialer.Storage.Database database) : SurveyPage("Results")
{
    /// <summary>Of an uploaded file, in bytes.</summary>
    public const int LargestFile = 1_000_000;

    public Round Round { get; private set; } = null!;

    public IReadOnlyList<Round> Others { get; private set; } = [];

    public IndexSet Set { get; private set; } = null!;

    public Template Template { get; private set; } = null!;

    /// <summary>Id and name of what can be chosen.</summary>
    public IReadOnlyList<(string Id, string Name, string? About)> Choices { get; private set; } = [];

    public IReadOnlyList<MarginQuestion> Questions { get; private set; } = [];

    public IReadOnlyList<PopulationMargin> Margins { get; private set; } = [];

    /// <summary>Of the last thing sent: what is wrong, in words.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>What the set names and the questionnaire lacks.</summary>
    public IReadOnlyList<string> Lacks
    {
        get
        {
            var lacks = IndexFit.Check(Set, Template);
            var missing = Set.Indices.Where(index => IndexFit.QuestionOf(Template, index.Tag) is null).Select(index => Name(index.Name)).ToList();
            return
            [
                .. missing.Count > 0 ? [T["LacksTags", string.Join(PageLanguage.IsEnglish ? ", " : "、", missing)]] : Array.Empty<string>(),
                .. lacks.Where(lack => lack.Key != IndexProblem.NotAsked).Select(lack => lack.InWords(Culture)),
            ];
        }
    }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    public IActionResult OnGet(long id) => Load(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRoundAsync(long id, string? number, string? period, long? predecessor, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        if (!RoundPeriod.TryRead(period, out var when)) return Answer(id, [T["PeriodUnknown", period ?? ""]], "");
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) place = 0;
        return Answer(id, await series.ChangeAsync(id, place, when, predecessor, Who, cancellation) is { } problem ? [problem.InWords(Culture)] : [], T["RoundSaved"]);
    }

    public async Task<IActionResult> OnPostIndicesAsync(long id, string? set, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        return Answer(id, await sets.ExchangeAsync(id, set ?? "", Who, cancellation) is { } problem ? [problem.InWords(Culture)] : [], T["IndicesSaved"]);
    }

    public async Task<IActionResult> OnPostMarginsAsync(long id, string? tag, CancellationToken cancellation)
    {
        if (!Load(id) || Questions.FirstOrDefault(question => question.Tag == tag) is not { } question) return NotFound();
        var typed = question.Options.ToDictionary(option => option.Key, option => (string?)Request.Form[$"people-{option.Key}"].ToString(), StringComparer.Ordinal);
        return Answer(id, await margins.SaveAsync(id, question, typed, Who, cancellation) is { } problem ? [problem.InWords(Culture)] : [], T["MarginsSaved"]);
    }

    public async Task<IActionResult> OnPostMarginsFileAsync(long id, IFormFile? file, CancellationToken cancellation)
    {
        if (!Load(id)) return NotFound();
        if (file is null or { Length: 0 or > LargestFile }) return Answer(id, [T["FileMissing", LargestFile / 1_000_000]], "");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        content.Position = 0;
        var import = await margins.ImportAsync(id, Template, content, Who, Culture, cancellation);
        return Answer(id, import.Problem is { } whole ? [whole] : [.. import.Problems.Select(problem => T["RowProblem", problem.Row, problem.Words])], T["MarginsSaved"]);
    }

    public static string Name(LocalText text) => IndexWords.Name(text, Culture);

    public string People(MarginQuestion question, string key)
        => Margins.FirstOrDefault(margin => margin.Tag == question.Tag && margin.Key == key) is { } margin ? margin.Population.ToString(CultureInfo.InvariantCulture) : "";

    private IActionResult Answer(long id, IReadOnlyList<string> problems, string done)
    {
        if (problems.Count == 0)
        {
            Done = done;
            return RedirectToPage(new { id });
        }

        Problems = problems;
        Load(id);
        return Page();
    }

    private bool Load(long id)
    {
        if (series.Find(id) is not { } round || queries.TemplateJson(id) is not { } template) return false;
        (Round, Template) = (round, TemplateJson.Read(template));
        Others = [.. series.All().Where(other => other.CampaignId != id && other.Practice == round.Practice && other.Population == round.Population)];
        Set = IndexSets.Of(database, id);
        Choices =
        [
            .. sets.Library.Sets.Select(set => (set.Id, Name(set.Name), set.About is { } about ? Name(about) : null)),
            (IndexFit.AllId, Name(IndexFit.AllOf(Template).Name), null),
        ];
        (Questions, Margins) = (PopulationMargins.Questions(Template), margins.Of(id));
        Title = T["SettingsTitle", round.Name];
        NextIs(Problems.Count > 0 ? T["Next_Mend"] : T["Next_Settings"], T["ToResults"], $"/results/{id}");
        return true;
    }
}
