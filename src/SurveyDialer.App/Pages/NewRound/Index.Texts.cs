using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>A template as it is offered.</summary>
/// <param name="Template">Null where the file cannot be used.</param>
/// <param name="Minutes">Length of an interview.</param>
/// <param name="Findings">Of its check; with an error among them it cannot be launched.</param>
internal sealed record TemplateCard(string Id, Template? Template, int Minutes, IReadOnlyList<Finding> Findings)
{
    internal bool HasErrors => Template is null || Findings.Any(finding => finding.Severity == FindingSeverity.Error);
}

/// <summary>One blank of the texts.</summary>
/// <param name="Name">As <see cref="RoundPlan.Blanks"/> names it.</param>
/// <param name="Numeric">A whole number.</param>
internal sealed record BlankField(string Name, string Label, string Example, string Value, bool Numeric)
{
    internal string Anchor => "blank-" + Name.Replace('@', '-');
}

/// <summary>What is asked about a round.</summary>
internal sealed record TextsForm
{
    public string? Name { get; init; }

    public string? Organiser { get; init; }

    public string? Unit { get; init; }

    public string? Approval { get; init; }

    public string? SignedBy { get; init; }

    public string? CountyKey { get; init; }

    public DateOnly? LastDay { get; init; }

    public string? Indices { get; init; }

    public Dictionary<string, string?> Blanks { get; init; } = [];
}

/// <content>The third and fourth steps: the template, and the blanks of its texts.</content>
internal sealed partial class IndexModel
{
    private const string DefaultTemplate = "standard";
    private const string AreaBlank = "verify_phone";
    private const string DaysBlank = "delete_days";
    private const string SinceBlank = "date_from";
    private const string CallerBlank = "caller_number";

    public IReadOnlyList<TemplateCard> Templates { get; private set; } = [];

    public IReadOnlyList<BlankField> Blanks { get; private set; } = [];

    /// <summary>What the round can report, with its name and what it is for; the first, with an empty name, is what the questionnaire suggests.</summary>
    public IReadOnlyList<(string Id, string Name, string? About)> IndexChoices { get; private set; } = [];

    /// <summary>Units that a topic of the template concerns.</summary>
    public IReadOnlyList<string> Units { get; private set; } = [];

    /// <summary>The texts with the blanks filled, as residents hear them first.</summary>
    public IReadOnlyList<(string Key, string Text)> Heard { get; private set; } = [];

    /// <summary>The line that is set up; null while there are only desk telephones.</summary>
    public string? LineCarrier => options.Value.Carrier;

    public string ChosenTemplate => Plan.Template.Length > 0 ? Plan.Template : Templates.Any(card => card.Id == DefaultTemplate) ? DefaultTemplate : Templates.Select(card => card.Id).FirstOrDefault() ?? "";

    public string ChosenCarrier => Plan.Carrier.Length > 0 ? Plan.Carrier : "desk-phone";

    /// <summary>Whether the chosen telephones can hold the interviews of a template.</summary>
    public bool Fits(TemplateCard card) => !card.HasErrors && (LineCarrier is not null || card.Template!.Channels.Contains(Channel.Live));

    /// <summary>Whom a template would address in a language that is not theirs; null where nobody.</summary>
    public string? Unspoken(Template? template)
        => template is not null && desk.Unspoken(Plan, template) is { Count: > 0 } others
            ? T["Unspoken", Show.Count(others.Sum(one => one.People)), string.Join(T["Comma"], others.Select(one => $"{TopicWords.Language(one.Language)} {Show.Count(one.People)}")), TopicWords.Language(template.Languages[0])]
            : null;

    public async Task<IActionResult> OnPostTemplateAsync(long id, string? template, string? carrier)
    {
        if (!Load(id)) return NotFound();
        LoadTemplates();
        var card = Templates.FirstOrDefault(card => card.Id == template);
        if (card is null || (carrier != "desk-phone" && carrier != LineCarrier)) NotDone = T["Template_None"];
        else if (carrier == "desk-phone" && card.Template?.Channels.Contains(Channel.Live) != true) NotDone = T["Template_NotLive"];
        if (NotDone is not null) return To(3);
        await desk.ChangeAsync(id, plan => plan with { Template = template!, IndexSet = plan.Template == template ? plan.IndexSet : "", Carrier = carrier!, Rehearsal = plan.Template == template ? plan.Rehearsal : null }, Who);
        return Redirect($"/new-round/{id}?step=4");
    }

    public async Task<IActionResult> OnPostTextsAsync(long id, TextsForm form)
    {
        if (!Load(id)) return NotFound();
        await desk.ChangeAsync(
            id,
            plan => plan with
            {
                Name = form.Name?.Trim() ?? "", Organiser = form.Organiser?.Trim() ?? "", OrganiserUnit = form.Unit ?? "township", Approval = form.Approval?.Trim() ?? "",
                SignedBy = form.SignedBy?.Trim() ?? "", CountyKey = form.CountyKey?.Trim() ?? "", LastDay = form.LastDay, IndexSet = form.Indices?.Trim() ?? "",
                Blanks = form.Blanks.ToDictionary(pair => pair.Key, pair => pair.Value?.Trim() ?? "", StringComparer.Ordinal),
            },
            Who);
        Load(id);
        LoadTexts();
        var open = Missing.Any(field => field.Step == 4);
        if (open) NotDone = T["Texts_Missing", Missing.Count(field => field.Step == 4)];
        return Redirect($"/new-round/{id}?step={(open ? 4 : 5)}");
    }

    private void LoadTemplates() => Templates = [.. library.Ids.Select(Card)];

    private TemplateCard Card(string id)
    {
        var reading = library.Read(id);
        var findings = reading is null ? [] : TemplateCheck.Check(reading, library.Recordings(id));
        return reading?.Template is { } template && !findings.Any(finding => finding.Severity == FindingSeverity.Error)
            ? new TemplateCard(id, template, PromptSeconds.Of(template, template.Channels[0], template.Languages[0]).Minutes, findings)
            : new TemplateCard(id, reading?.Template, 0, findings);
    }

    private void LoadTexts()
    {
        if (library.Read(Plan.Template)?.Template is not { } template) return;
        var remembered = desk.Remembered();
        Blanks = [.. Fields(template, remembered)];
        Units = [.. template.FollowUp.Topics.SelectMany(topic => topic.Concerns).Prepend("township").Append(CampaignDraft.OtherUnit).Distinct(StringComparer.Ordinal)];
        IndexChoices = [.. Choices(template)];
        // Before the clerk has said anything, everything would be missing.
        if (Plan.Organiser.Length == 0 && Plan.Blanks.Count == 0) return;
        Missing = MissingField.Of(desk.Missing(Plan), T, name => Label(template, name));
        var language = template.Languages.Contains(PageLanguage.Current, StringComparer.Ordinal) ? PageLanguage.Current : template.Languages[0];
        var values = new Dictionary<string, string>(desk.Draft(Plan).Blanks, StringComparer.Ordinal);
        values.TryAdd("township", frames.Townships(Plan.Frames).Select(township => township.Name).FirstOrDefault() ?? "");
        values.TryAdd("minutes", $"{PromptSeconds.Of(template, template.Channels[0], language).Minutes}");
        var first = template.Introduction;
        Heard = [.. new (string Key, LocalText Text)[] { ("Heard_First", first.Identity), ("Heard_About", first.About), ("Heard_Message", first.Message), ("Heard_Notice", first.Notice) }
            .Where(said => !said.Text.IsEmpty).Select(said => (said.Key, BlankFilling.Fill(said.Text, language, values)))];
    }

    /// <summary>The sets that <c>campaign create --indices</c> takes for this questionnaire.</summary>
    private IEnumerable<(string Id, string Name, string? About)> Choices(Template template)
    {
        var sets = indices.Sets;
        yield return ("", T["Indices_Default", Said(IndexFit.Default(sets, template).Name) ?? ""], null);
        foreach (var set in sets.Where(set => set.Indices.Any(index => IndexFit.QuestionOf(template, index.Tag) is not null)))
            yield return (set.Id, Said(set.Name) ?? set.Id, Said(set.About));
        yield return (IndexFit.AllId, Said(IndexFit.AllOf(template).Name) ?? IndexFit.AllId, null);
    }

    private IEnumerable<BlankField> Fields(Template template, Dictionary<string, string> remembered)
    {
        string Value(string name, string otherwise) => Plan.Blanks.GetValueOrDefault(name) ?? remembered.GetValueOrDefault(name) ?? otherwise;
        var townships = frames.Townships(Plan.Frames);
        foreach (var name in template.Blanks.Select(blank => blank.Name).Union([AreaBlank, DaysBlank, CallerBlank, "supervisor_phone"], StringComparer.Ordinal))
        {
            if (name == "township" || DraftBlanks.Implied.Contains(name, StringComparer.Ordinal)) continue;
            var blank = template.Blanks.FirstOrDefault(blank => blank.Name == name);
            var label = Label(template, name);
            var otherwise = name switch
            {
                DaysBlank => "30",
                SinceBlank => HalfYearAgo(),
                CallerBlank => options.Value.CallerNumber ?? "",
                _ => "",
            };
            yield return new BlankField(name, label, T.Find($"Blank_{name}_About") ?? Said(blank?.Example) ?? "", Value(name, otherwise), name == DaysBlank);
            if (name != AreaBlank || townships.Count < 2) continue;
            foreach (var (township, called) in townships)
                yield return new BlankField($"{name}@{township}", T["Blank_ForTownship", label, called], T["Blank_ForTownship_About"], Value($"{name}@{township}", ""), false);
        }
    }

    /// <summary>What the page calls a blank, be it one of its own fields or said elsewhere on it.</summary>
    private string Label(Template template, string blank) => blank.Split('@')[0] switch
    {
        "org" => T["Organiser"],
        "approval_no" => T["Approval"],
        "frame_name" => T["Source"],
        "township" => T["Township"],
        var name => T.Find($"Blank_{name}") ?? Said(template.Blanks.FirstOrDefault(known => known.Name == name)?.Meaning) ?? name,
    };

    private string HalfYearAgo()
    {
        var day = TimeZoneInfo.ConvertTime(Now, Show.Zone("Asia/Shanghai")).AddMonths(-6);
        return $"{day.Month}月{day.Day}日";
    }

    private static string? Said(LocalText? text) => text is null ? null : text.Find(PageLanguage.Current) ?? text.Find("zh-CN");
}
