using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>A launched campaign with what changes no more (its template, schedule and the values of its blanks) and what seldom does.</summary>
internal sealed class ActiveCampaign
{
    private readonly FrozenDictionary<string, string> blanks;
    private readonly FrozenDictionary<(string Language, string Words), string> recordings;

    internal ActiveCampaign(CampaignRow row, IReadOnlyDictionary<(string Language, string Words), string> recordings, CalendarBook calendars)
    {
        Row = row;
        Template = TemplateJson.Read(row.TemplateJson);
        Schedule = calendars.ScheduleOf(Template.Policy);
        SendsTexts = Template.Policy.Channels.Any(step => step.Kind != ContactKind.Call);
        this.recordings = recordings.ToFrozenDictionary();
        blanks = JsonSerializer.Deserialize(row.Blanks, BlanksJson.Default.DictionaryStringString)!.ToFrozenDictionary();
        WordsKept = WordsRetention.Of(blanks);
        Plan = row.SamplePlan is { } plan ? SamplePlan.FromJson(plan) : null;
        CountyKey = row.CountyKey is { } pem ? CountyKey.Read(pem).Key : null;
    }

    /// <summary>As loaded; the state may have changed since.</summary>
    internal CampaignRow Row { get; }

    internal Template Template { get; }

    internal CallingSchedule Schedule { get; }

    /// <summary>Whether its sequence of channels has anything that goes out as a text.</summary>
    internal bool SendsTexts { get; }

    /// <summary>How its sample is drawn and released; null: everybody of its lists.</summary>
    internal SamplePlan? Plan { get; }

    /// <summary>How long own words are kept that nobody has written down.</summary>
    internal TimeSpan WordsKept { get; }

    /// <summary>What concerns a unit is sealed to it; null: everything stays in the office.</summary>
    internal CountyKey? CountyKey { get; }

    /// <summary>Whether matters of a topic go to the county, and to nobody here.</summary>
    internal bool SealsTopic(string topicId)
        => CountyKey is not null && Template.FollowUp.Topics.Any(topic => topic.Id == topicId && topic.Concerns.Count > 0);

    /// <summary>The last day on which anybody is contacted; null before the launch where none was chosen.</summary>
    internal DateOnly? LastDay => Instants.Day(Row.LastDay);

    /// <summary>Calendar date of an instant where the respondents live, as days since 1970.</summary>
    internal long DayOf(DateTimeOffset instant) => Instants.Day(Schedule.DayOf(instant));

    /// <summary>The values of the texts' blanks for a respondent of one township.</summary>
    internal IReadOnlyDictionary<string, string> BlanksOf(long townshipId, string townshipName) => CampaignBlanks.Of(blanks, townshipId, townshipName);

    /// <summary>For somebody of whom no township is known: what has a value for townships only has that of the first.</summary>
    internal IReadOnlyDictionary<string, string> BlanksOfStranger()
    {
        var values = new Dictionary<string, string>(BlanksOf(0, Row.Organiser), StringComparer.Ordinal);
        foreach (var (name, value) in blanks.Where(pair => pair.Key.Contains('@', StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            values.TryAdd(name[..name.IndexOf('@', StringComparison.Ordinal)], value);
        return values;
    }

    /// <summary>The language that the list names for a respondent where the template speaks it, else the template's first.</summary>
    internal string LanguageFor(string? wanted)
        => wanted is not null && Template.Languages.Contains(wanted, StringComparer.Ordinal) ? wanted : Template.Languages[0];

    /// <summary>The recording of these words, as the engine asks for it; null where they are synthesised.</summary>
    internal string? Audio(string step, string language, string text) => recordings.GetValueOrDefault((language, text));
}

/// <summary>The values that a campaign has for the blanks of its texts: <c>name</c>, or <c>name@area id</c> for one township.</summary>
internal static class CampaignBlanks
{
    /// <summary>As they are for one township.</summary>
    internal static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> blanks, long townshipId, string townshipName)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["township"] = townshipName };
        var own = $"@{townshipId}";
        foreach (var (name, value) in blanks)
        {
            if (!name.Contains('@', StringComparison.Ordinal)) values.TryAdd(name, value);
            else if (name.EndsWith(own, StringComparison.Ordinal)) values[name[..^own.Length]] = value;
        }

        return values;
    }
}

/// <summary>Campaigns; a launched one is read and parsed once.</summary>
internal sealed class CampaignBook(CalendarBook calendars)
{
    private readonly ConcurrentDictionary<long, ActiveCampaign> known = new();

    internal ActiveCampaign Get(SqliteConnection connection, long id)
    {
        if (known.TryGetValue(id, out var campaign)) return campaign;
        var read = Read(connection, id);
        // Before the launch its days are still open.
        return read.Row.LaunchedAt is null ? read : known.GetOrAdd(id, read);
    }

    /// <summary>In the story that changed it: who reads what was before at this moment does not put it back.</summary>
    internal void Renew(SqliteConnection connection, long id)
    {
        if (Read(connection, id) is { Row.LaunchedAt: not null } read) known[id] = read;
    }

    private ActiveCampaign Read(SqliteConnection connection, long id)
    {
        var row = CampaignStore.Find(connection, id) ?? throw new InvalidOperationException($"There is no campaign {id}.");
        return new ActiveCampaign(row, PromptAudioStore.Of(connection, id), calendars);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class BlanksJson : System.Text.Json.Serialization.JsonSerializerContext;
