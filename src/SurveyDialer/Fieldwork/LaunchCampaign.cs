using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Makes a campaign from a draft, and launches it: its sample is written in slices, in an order drawn by the campaign's seed.</summary>
public sealed class LaunchCampaign
{
    private const int Slice = 100;

    private const string SelectAnybody = "SELECT EXISTS (SELECT 1 FROM frame_person WHERE frame_id IN @frames);";

    private const string SelectPopulations = "SELECT population FROM frame WHERE id IN @frames ORDER BY id;";

    private const string SelectFrameSources = "SELECT source FROM frame WHERE id IN @frames ORDER BY id;";

    /// <summary>Without these being mended the planner cannot be asked: no hours, no carrier, no days.</summary>
    private static readonly string[] PreventsPlanning = ["template_has_errors", "calendar_unknown", "carrier_unknown", "frame_missing", "last_day_past", "last_day_beyond_calendar", "no_calling_day", "official_surveys_cover"];

    private readonly Database database;
    private readonly TemplateLibrary templates;
    private readonly CalendarBook calendars;
    private readonly KeyRing keys;
    private readonly TimeProvider clock;
    private readonly DrawSample draw;
    private readonly ReleaseSample release;
    private readonly ReachGate reach;

    internal LaunchCampaign(Database database, TemplateLibrary templates, CalendarBook calendars, KeyRing keys, TimeProvider clock)
    {
        this.database = database;
        this.templates = templates;
        this.calendars = calendars;
        this.keys = keys;
        this.clock = clock;
        draw = new DrawSample(database, new FieldCipher(keys), clock);
        release = new ReleaseSample(database, new CampaignBook(calendars), clock);
        reach = new ReachGate(database, calendars);
    }

    /// <summary>What is missing before this draft may be launched; empty when nothing is.</summary>
    /// <exception cref="IOException">A file of the template cannot be read.</exception>
    public IReadOnlyList<LaunchProblem> Missing(CampaignDraft draft) => MissingIn(draft, Read(draft.TemplateId), templates.Recordings(draft.TemplateId));

    /// <summary>What the draft's plan would draw now; null without a plan, or while its template or lists are not known.</summary>
    public SampleOutlook? Outlook(CampaignDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft is { Sample: { } plan, Frames.Count: > 0 } && Read(draft.TemplateId)?.Template is { } template && calendars.Find(template.Policy.Calendar) is not null
            ? draw.Look(plan, draft.Frames, template.Policy, calendars.ScheduleOf(template.Policy))
            : null;
    }

    /// <summary>People whose lists name a language that the template does not speak, by that language: they are called in the template's first one.</summary>
    public IReadOnlyList<(string Language, long People)> Unspoken(CampaignDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return Read(draft.TemplateId)?.Template is { } template ? Unspoken(template, draft.Frames) : [];
    }

    /// <inheritdoc cref="Unspoken(CampaignDraft)"/>
    public IReadOnlyList<(string Language, long People)> Unspoken(Template template, IReadOnlyList<long> frames)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(frames);
        return frames.Count == 0 ? [] : database.Read(connection => FramePeople.Languages(connection, frames)).FindAll(one => !template.Languages.Contains(one.Language, StringComparer.Ordinal));
    }

    /// <summary>Stores the draft with the template and its recordings as they are now. Nobody is called yet.</summary>
    /// <returns>The campaign's id.</returns>
    /// <exception cref="InvalidOperationException">Something is missing: ask <see cref="Missing"/> first.</exception>
    public async Task<long> CreateAsync(CampaignDraft draft, CancellationToken cancellation)
    {
        var (reading, recordings) = (Read(draft.TemplateId), templates.Recordings(draft.TemplateId));
        if (MissingIn(draft, reading, recordings) is [var first, ..]) throw new InvalidOperationException(first.Key);
        var template = reading!.Template!;
        var indices = Indices(draft, template).Set!;
        var linkKey = keys.CreateLinkKey();
        var source = string.Join("；", database.Read(connection => connection.Query<string>(SelectFrameSources, new { frames = draft.Frames }).Distinct()));
        var row = new CampaignRow
        {
            Name = draft.Name.Trim(),
            Carrier = draft.Carrier,
            TemplateId = template.Id,
            TemplateHash = TemplateJson.Hash(template),
            TemplateJson = TemplateJson.Write(template),
            EngineVersion = InterviewEngine.Version,
            Blanks = JsonSerializer.Serialize(new Dictionary<string, string>(draft.Blanks, StringComparer.Ordinal), BlanksJson.Default.DictionaryStringString),
            Organiser = draft.Organiser.Trim(),
            OrganiserKind = draft.OrganiserKind,
            OrganiserUnit = draft.OrganiserUnit,
            Approval = draft.ApprovalInFull,
            CountyKey = draft.CountyKey is { } key ? CountyKey.Read(key).Key!.Pem : null,
            LiveCallers = draft.LiveCallers || draft.Carrier == "desk-phone" ? 1 : 0,
            FrameSource = source,
            TimeZone = template.Policy.TimeZone,
            Seed = draft.Seed,
            Target = draft.Sample?.Interviews ?? draft.Target,
            Population = database.Read(connection => connection.Query<string>(SelectPopulations, new { frames = draft.Frames }).First()),
            SamplePlan = draft.Sample is { } plan ? (plan with { Seed = plan.Seed ?? draft.Seed }).ToJson() : null,
            MaxLines = draft.MaxLines,
            MaxStarts = draft.MaxStarts,
            LastDay = draft.LastDay is { } last ? Instants.Day(last) : null,
            LinkKeyId = linkKey,
            CreatedAt = clock.NowMillis(),
        };
        var played = recordings.All.Where(recording => template.Languages.Contains(recording.Language, StringComparer.Ordinal)).ToList();
        foreach (var recording in played)
            await database.WriteAsync(connection => PromptAudioStore.Keep(connection, recording), cancellation, WriteUrgency.Background);
        return await database.WriteAsync(
            connection =>
            {
                var id = CampaignStore.Insert(connection, row);
                CampaignFrameStore.Add(connection, id, draft.Frames);
                IndexSets.Save(connection, id, indices);
                RoundSeries.Propose(connection, id);
                foreach (var recording in played) PromptAudioStore.Add(connection, id, recording);
                return id;
            },
            cancellation);
    }

    /// <summary>Keeps of given blanks what holds for more than one round.</summary>
    /// <param name="given">Blank, with or without <c>@area id</c>, to value.</param>
    public Task RememberAsync(IReadOnlyDictionary<string, string> given, Template template, CancellationToken cancellation)
    {
        var ofRound = template.Blanks.Where(blank => blank.Scope == BlankScope.Round).Select(blank => blank.Name).ToHashSet(StringComparer.Ordinal);
        var lasting = given.Where(pair => pair.Value.Trim().Length > 0 && !ofRound.Contains(pair.Key.Split('@', '.')[0])).ToList();
        return database.WriteAsync(
            connection =>
            {
                foreach (var (blank, value) in lasting) OfficeBlankStore.Save(connection, blank, value);
            },
            cancellation);
    }

    /// <summary>What keeps a campaign that was made before from being launched now: days have passed, or others became known. Empty when nothing does.</summary>
    public IReadOnlyList<LaunchProblem> MissingNow(long campaignId)
        => database.Read(connection => CampaignStore.Find(connection, campaignId)) is { State: "draft" or "ready" } campaign
            ? MissingNow(campaign, TemplateJson.Read(campaign.TemplateJson))
            : [];

    /// <summary>Writes the sample from the lists that the draft named, and starts the campaign. A launch that was cut short goes on where it stopped.</summary>
    /// <param name="progress">Respondents written so far and in all.</param>
    /// <returns>Respondents in the sample; null when the campaign cannot be launched in its state or on its days (<see cref="MissingNow(long)"/>).</returns>
    public async Task<int?> LaunchAsync(long campaignId, string who, IProgress<(int Done, int All)>? progress, CancellationToken cancellation)
    {
        var (campaign, frames) = database.Read(connection => (CampaignStore.Find(connection, campaignId), CampaignFrameStore.Of(connection, campaignId)));
        if (campaign is not { State: "draft" or "ready" }) return null;
        var template = TemplateJson.Read(campaign.TemplateJson);
        if (MissingNow(campaign, template).Count > 0) return null;
        if (campaign.State == "draft") await MoveAsync(campaignId, CampaignEvent.Checked, who, cancellation);
        int people;
        if (campaign.SamplePlan is not null)
        {
            if (await DrawAndReleaseAsync(campaignId, progress, cancellation) is not { } released) return null;
            people = released;
        }
        else
        {
            people = await TakeEverybodyAsync(campaign, frames, FirstChannel(template.Policy, campaign.Carrier), progress, cancellation);
        }

        await StartAsync(campaign, template, who, cancellation);
        return people;
    }

    /// <summary>The sample of a round with a plan: drawn once, and released as far as its interviews are expected to need it.</summary>
    /// <returns>Respondents with attempts; null where the lists cannot give the sample any more.</returns>
    private async Task<int?> DrawAndReleaseAsync(long campaignId, IProgress<(int Done, int All)>? progress, CancellationToken cancellation)
    {
        var (campaign, frames) = database.Read(connection => (new CampaignBook(calendars).Get(connection, campaignId), CampaignFrameStore.Of(connection, campaignId)));
        if ((await draw.RunAsync(campaign.Row, campaign.Plan!, frames, campaign.Template.Policy, campaign.Schedule, cancellation)).Count > 0) return null;
        await release.ReleaseAsync(campaign, progress, cancellation);
        return (int)database.Read(connection => SampleStratumStore.Of(connection, campaignId)).Sum(stratum => stratum.Released);
    }

    private async Task<int> TakeEverybodyAsync(
        CampaignRow campaign, List<long> frames, string channel, IProgress<(int Done, int All)>? progress, CancellationToken cancellation)
    {
        var respondents = database.Read(connection => FramePeople.Of(connection, frames));
        var strata = Strata(respondents);
        await database.WriteAsync(connection => SampleStratumStore.Write(connection, campaign.Id, strata.Values), cancellation);
        respondents.Sort((one, other) => Order(campaign.Seed, one.Id).CompareTo(Order(campaign.Seed, other.Id)));
        var now = clock.NowMillis();
        for (var from = 0; from < respondents.Count; from += Slice)
        {
            var slice = respondents.GetRange(from, Math.Min(Slice, respondents.Count - from));
            await database.WriteAsync(connection => Write(connection, campaign.Id, slice, strata, channel, now), cancellation, WriteUrgency.Background);
            progress?.Report((from + slice.Count, respondents.Count));
        }

        return respondents.Count;
    }

    private IReadOnlyList<LaunchProblem> MissingIn(CampaignDraft draft, TemplateReading? reading, RecordingSet recordings)
    {
        var missing = LaunchGate.Missing(draft, Facts(draft.Frames), reading, recordings, calendars, clock.GetUtcNow());
        // A template with errors may have no hours to count days by.
        if (!missing.Any(problem => problem.Key == "template_has_errors") && Outlook(draft) is { Problems.Count: > 0 } outlook) missing = [.. missing, .. outlook.Problems];
        if (reading?.Template is { } asked && !missing.Any(problem => PreventsPlanning.Contains(problem.Key)))
            missing = [.. missing, .. reach.Missing(draft.Carrier, draft.LiveCallers, draft.Frames, asked.Policy, draft.LastDay, clock.GetUtcNow())];
        if (missing.Count > 0) return missing;
        return Indices(draft, reading!.Template!).Problem is { } problem
            ? [new LaunchProblem($"index_{problem.Key}", problem.Arguments)]
            : new RecordingGate(database).Missing(draft, reading.Template!, recordings);
    }

    private (IndexSet? Set, IndexProblem? Problem) Indices(CampaignDraft draft, Template template) => new IndexSetLibrary(templates.Roots).Choose(draft.IndexSet, template);

    private TemplateReading? Read(string id)
        => templates.Read(id) is { } reading ? reading.Template is { } template ? reading with { Template = templates.WithNotices(template) } : reading : null;

    private SampleFacts Facts(IReadOnlyList<long> frames) => frames.Count == 0 ? new SampleFacts(false, [], [], []) : database.Read(connection => new SampleFacts(
        connection.ExecuteScalar<long>(SelectAnybody, new { frames }) == 1,
        connection.Query<string>(SelectFrameSources, new { frames }).AsList(),
        FrameTownships.Of(connection, frames),
        connection.Query<string>(SelectPopulations, new { frames }).AsList()));

    private Task StartAsync(CampaignRow campaign, Template template, string who, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var last = Instants.Day(RoundDays.LastDay(calendars.ScheduleOf(template.Policy), now, Instants.Day(campaign.LastDay)));
        return database.WriteAsync(
            connection =>
            {
                CampaignStore.SetLastDay(connection, campaign.Id, last);
                CampaignStore.Move(connection, campaign.Id, CampaignEvent.Launched, "", who, now);
            },
            cancellation);
    }

    private IReadOnlyList<LaunchProblem> MissingNow(CampaignRow campaign, Template template)
    {
        var days = LaunchGate.Days(template.Policy, Instants.Day(campaign.LastDay), calendars, clock.GetUtcNow());
        var frames = database.Read(connection => CampaignFrameStore.Of(connection, campaign.Id));
        if (days.Count == 0) days = reach.Missing(campaign.Carrier, campaign.LiveCallers == 1, frames, template.Policy, Instants.Day(campaign.LastDay), clock.GetUtcNow());
        if (campaign.SamplePlan is not { } plan || database.Read(connection => SampleDrawStore.Find(connection, campaign.Id)) is not null) return days;
        return [.. days, .. draw.Look(SamplePlan.FromJson(plan), frames, template.Policy, calendars.ScheduleOf(template.Policy)).Problems];
    }

    /// <summary>Channel of a respondent's first attempt, as stored.</summary>
    internal static string FirstChannel(DiallingPolicy policy, string carrier) => carrier == "desk-phone"
        ? "live"
        : policy.Channels[0].Kind switch
        {
            ContactKind.AdvanceNotice => "notice",
            ContactKind.Call => "voice",
            ContactKind.Text => "text",
        };

    /// <summary>Township and kind of number: what weights need at least.</summary>
    private static Dictionary<(long, string), SampleStratum> Strata(List<FramePerson> people)
        => people.GroupBy(person => (person.TownshipId, person.NumberKind)).OrderBy(group => group.Key.TownshipId).ThenBy(group => group.Key.NumberKind, StringComparer.Ordinal)
            .Select((group, index) => new SampleStratum
            {
                Number = index + 1, AreaId = group.Key.TownshipId, NumberKind = group.Key.NumberKind, Population = group.Count(), Drawn = group.Count(), Released = group.Count(),
            })
            .ToDictionary(stratum => (stratum.AreaId, stratum.NumberKind));

    private static void Write(
        SqliteConnection connection, long campaignId, List<FramePerson> slice, Dictionary<(long, string), SampleStratum> strata, string channel, long now)
    {
        foreach (var respondent in slice)
        {
            var stratum = strata[(respondent.TownshipId, respondent.NumberKind)].Number;
            if (SampleMemberStore.Add(connection, campaignId, respondent.Id, respondent.AreaId, 1, stratum))
                AttemptStore.Plan(connection, new NewAttempt { CampaignId = campaignId, RespondentId = respondent.Id, Ordinal = 1, Channel = channel, DueAt = now });
        }
    }

    /// <summary>The order in which people are called first, drawn by the round's seed.</summary>
    internal static ulong Order(long seed, long respondentId)
    {
        Span<byte> input = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(input, seed);
        BinaryPrimitives.WriteInt64BigEndian(input[8..], ~respondentId);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private Task MoveAsync(long campaignId, CampaignEvent happened, string who, CancellationToken cancellation)
        => database.WriteAsync(
            connection =>
            {
                CampaignStore.Move(connection, campaignId, happened, "", who, clock.GetUtcNow());
            },
            cancellation);
}
