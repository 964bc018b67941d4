using System.Text.Json;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>How a launch ended: the running campaign, or what is missing; neither when the draft is gone.</summary>
internal sealed record LaunchEnd(long? CampaignId, int Respondents, IReadOnlyList<LaunchProblem> Missing);

/// <summary>What a clerk does with a round in preparation.</summary>
internal sealed class RoundDesk(OpenInstallation office, UploadShelf shelf, RehearsalDesk rehearsals, FrameQueries frames, IHostApplicationLifetime lifetime) : IDisposable
{
    /// <summary>Where the area code of the last list is kept for the next.</summary>
    private const string AreaCodeSetting = "round.area_code";

    private readonly SemaphoreSlim launching = new(1);

    private Database Database => office.Database;

    /// <summary>What an import or a launch goes on with when the browser is closed.</summary>
    private CancellationToken Stopping => lifetime.ApplicationStopping;

    internal IReadOnlyList<RoundDraft> All() => Database.Read(RoundDraftStore.All);

    internal RoundDraft? Find(long id) => Database.Read(connection => RoundDraftStore.Find(connection, id));

    /// <summary>A new draft, with what the office said in earlier rounds.</summary>
    /// <param name="name">Where no other round has it.</param>
    /// <param name="numbered">Else the name with a number.</param>
    internal Task<long> BeginAsync(string name, Func<string, int, string> numbered, string who)
    {
        var taken = Database.Read(connection => CampaignStore.Names(connection).Concat(RoundDraftStore.All(connection).Select(draft => draft.Plan.Name)).ToHashSet(StringComparer.Ordinal));
        for (var number = 2; taken.Contains(name); number++)
        {
            if (numbered(name, number) is var next && !taken.Contains(next)) name = next;
        }

        var (remembered, areaCode) = Database.Read(connection => (OfficeBlankStore.All(connection), SettingStore.Find(connection, AreaCodeSetting)));
        var last = frames.All().FirstOrDefault(frame => frame.LegalBasis.Length > 0);
        var plan = new RoundPlan
        {
            Name = name, Organiser = remembered.GetValueOrDefault("org") ?? "", AreaCode = areaCode ?? office.Dial.AreaCode ?? "", Source = last?.Source ?? "", LegalBasis = last?.LegalBasis ?? "",
        };
        return Database.WriteAsync(connection => RoundDraftStore.Insert(connection, plan, who, office.Clock.NowMillis()), Stopping);
    }

    /// <summary>False where the draft is gone.</summary>
    internal Task<bool> ChangeAsync(long id, Func<RoundPlan, RoundPlan> change, string who)
        => Database.WriteAsync(connection => RoundDraftStore.Change(connection, id, change, who, office.Clock.NowMillis()), Stopping);

    /// <summary>Forgets a draft and its upload; a list that was imported stays for other rounds.</summary>
    internal async Task DiscardAsync(RoundDraft draft)
    {
        await rehearsals.StopAsync(draft.Id);
        shelf.Remove(draft.Plan.Upload);
        await Database.WriteAsync(connection => RoundDraftStore.Delete(connection, draft.Id), Stopping);
    }

    internal async Task UploadAsync(RoundDraft draft, Stream list, string name, string who)
    {
        var upload = await shelf.PutAsync(list, Stopping);
        shelf.Remove(draft.Plan.Upload);
        await ChangeAsync(draft.Id, plan => plan with { Upload = upload, FileName = name, Columns = RoundPlanParts.None, HeaderRow = null, Imported = null }, who);
    }

    /// <summary>Null where no list waits to be imported.</summary>
    internal ListLook? Look(RoundPlan plan)
    {
        if (shelf.Open(plan.Upload) is not { } first) return null;
        first.Dispose();
        return ListReading.Look(() => shelf.Open(plan.Upload)!, plan);
    }

    /// <summary>Imports the list that waits.</summary>
    /// <returns>What became of it, or why it cannot be read; neither when nothing waits.</returns>
    internal async Task<(FrameImportResult? Result, FrameProblem? Problem)> ImportAsync(RoundDraft draft, string who, IProgress<FrameProgress>? progress)
    {
        if (shelf.Open(draft.Plan.Upload) is not { } stream) return (null, null);
        var (file, problem) = FrameReader.Open(stream, draft.Plan.FileName, ListReading.MappingOf(draft.Plan));
        if (file is null) return (null, problem);
        FrameImportResult result;
        using (file) result = await Import.RunAsync(file, ListReading.Request(draft.Plan, office.Dial), progress, Stopping);
        await Database.WriteAsync(
            connection =>
            {
                RoundDraftStore.Change(connection, draft.Id, plan => plan with { Upload = null, Imported = result.FrameId, Frames = [.. plan.Frames.Union([result.FrameId])], Rehearsal = null }, who, office.Clock.NowMillis());
                if (draft.Plan.AreaCode.Length > 0) SettingStore.Save(connection, AreaCodeSetting, draft.Plan.AreaCode);
            },
            Stopping);
        shelf.Remove(draft.Plan.Upload);
        return (result, null);
    }

    /// <summary>Takes the imported list back, so that it can be read with other columns. False where another round uses it.</summary>
    internal async Task<bool> TakeBackAsync(RoundDraft draft, string who)
    {
        if (draft.Plan.Imported is not { } frame) return true;
        if (!await new FrameRemoval(Database).RunAsync(frame, Stopping)) return false;
        await ChangeAsync(draft.Id, plan => plan with { Imported = null, FileName = "", Frames = [.. plan.Frames.Where(id => id != frame)], Rehearsal = null }, who);
        return true;
    }

    /// <inheritdoc cref="RowCorrection.CheckAsync"/>
    internal Task<bool> CorrectAsync(RoundPlan plan, long row, IReadOnlyDictionary<int, string> edits)
        => new RowCorrection(Database, office.Installation.Cipher, office.Clock).CheckAsync(plan.Imported!.Value, row, edits, ListReading.Request(plan, office.Dial), Stopping);

    internal IReadOnlyList<FlawedRow> Flawed(long frame, int most, System.Globalization.CultureInfo culture)
        => RejectedRows.ToCorrect(Database, office.Installation.Cipher, frame, most, culture);

    internal long CountFlawed(long frame) => RejectedRows.Count(Database, frame);

    /// <summary>What would be launched now.</summary>
    internal CampaignDraft Draft(RoundPlan plan)
        => plan.ToDraft(plan.Frames.Select(frames.Find).OfType<FrameView>().Select(frame => frame.Source), Remembered());

    /// <summary>What the office said before for the blanks of its texts.</summary>
    internal Dictionary<string, string> Remembered() => Database.Read(OfficeBlankStore.All);

    /// <summary>What is missing before the launch, by the one gate that commands use too.</summary>
    internal IReadOnlyList<LaunchProblem> Missing(RoundPlan plan) => office.Launch.Missing(Draft(plan));

    /// <summary>People of the round's lists whose language a template does not speak, by that language.</summary>
    internal IReadOnlyList<(string Language, long People)> Unspoken(RoundPlan plan, Template template) => office.Launch.Unspoken(template, plan.Frames);

    /// <summary>What the plan of a sample would draw now; null where everybody is called.</summary>
    internal SampleOutlook? Outlook(RoundPlan plan) => office.Launch.Outlook(Draft(plan));

    /// <summary>Makes the campaign and launches it, once however often it is asked; a launch that was cut short goes on.</summary>
    internal async Task<LaunchEnd> LaunchAsync(long id, string who)
    {
        await launching.WaitAsync(Stopping);
        try
        {
            if (Find(id) is not { } draft) return new LaunchEnd(null, 0, []);
            if (draft.CampaignId is not { } campaign)
            {
                if (Missing(draft.Plan) is { Count: > 0 } missing) return new LaunchEnd(null, 0, missing);
                campaign = await office.Launch.CreateAsync(Draft(draft.Plan), Stopping);
                await Database.WriteAsync(connection => RoundDraftStore.BecameCampaign(connection, id, campaign), Stopping);
                await RememberAsync(draft.Plan);
            }

            if (office.Launch.MissingNow(campaign) is { Count: > 0 } late) return new LaunchEnd(null, 0, late);
            var respondents = await office.Launch.LaunchAsync(campaign, who, null, Stopping);
            office.Wake();
            await DiscardAsync(draft);
            return new LaunchEnd(campaign, respondents ?? 0, []);
        }
        finally
        {
            launching.Release();
        }
    }

    /// <summary>Begins a rehearsal whose outcome is kept with the draft.</summary>
    internal void Rehearse(RoundDraft draft, int lines, string who, Func<string, string> failed)
        => rehearsals.Begin(
            draft.Id, new RehearsalWish(draft.Plan.Frames, draft.Plan.Template, lines, draft.Plan.Target, draft.Plan.Sample),
            outcome => ChangeAsync(draft.Id, plan => plan with { Rehearsal = JsonSerializer.Serialize(outcome, LocalJson.Plain.RehearsalOutcome) }, who), failed);

    /// <summary>The last rehearsal's outcome; null when none holds.</summary>
    internal static RehearsalOutcome? Rehearsed(RoundPlan plan)
        => plan.Rehearsal is { } json ? JsonSerializer.Deserialize(json, LocalJson.Plain.RehearsalOutcome) : null;

    public void Dispose() => launching.Dispose();

    private FrameImport Import => new(Database, office.Installation.Cipher, office.Clock);

    private Task RememberAsync(RoundPlan plan)
    {
        var template = office.Installation.Templates.Read(plan.Template)?.Template;
        var said = plan.Blanks.Append(KeyValuePair.Create("org", plan.Organiser)).DistinctBy(pair => pair.Key).ToDictionary(StringComparer.Ordinal);
        return template is null ? Task.CompletedTask : office.Launch.RememberAsync(said, template, Stopping);
    }
}

/// <summary>Parts of a plan that begin empty.</summary>
internal static class RoundPlanParts
{
    internal static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);
}
