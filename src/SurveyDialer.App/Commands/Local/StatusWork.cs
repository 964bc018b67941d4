using System.Globalization;
using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.FollowUps;
using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands.Local;

/// <summary>How campaigns stand: totals only, nobody by name; counts of dissatisfied persons from one to four are not told.</summary>
internal sealed class StatusWork(OpenInstallation office, AnswerSheet sheet)
{
    internal LocalAnswer Show(long id)
    {
        if (new CampaignQueries(office.Database).Find(id) is not { } progress) return sheet.Refuse(ExitCodes.WrongUse, "campaign_unknown", id);
        var (campaign, tally) = (progress.Campaign, progress.Tally);
        var chain = new ChainQueries(office.Database).Find(id);
        var shown = chain.Display();
        sheet.Say("status_head", campaign.Id, campaign.Name, State(campaign.State), campaign.Organiser);
        if (campaign.Cause is { } cause) sheet.Line(cause.InWords(sheet.Culture));
        sheet.Say("status_progress", tally.Finished, tally.Members, tally.Completes, campaign.Target?.ToString(CultureInfo.InvariantCulture) ?? "–");
        sheet.Say("status_calls", progress.CallsInProgress, progress.CallsUnclear, progress.NextDueAt is { } due ? Local(due) : "–");
        TellDays(campaign);
        if (Forecast.For(progress, office.Clock.GetUtcNow()) is { } forecast)
        {
            if (forecast.TooLate) sheet.Say("status_too_late", Day(forecast.LastDay));
            if (forecast.ReadyAt is { } ready) sheet.Say("status_ready", Local(ready.ToUnixTimeMilliseconds()));
            if (forecast.SampleTooSmall) sheet.Say("status_sample_small", forecast.ExpectedCompletes ?? 0);
        }

        sheet.Say(
            "status_chain", Web.Show.Persons(chain.Flagged, shown.Flagged), Web.Show.Persons(chain.Asked, shown.Asked),
            Web.Show.Persons(chain.AgreedPhone, shown.AgreedPhone), Web.Show.Persons(chain.AgreedVisit, shown.AgreedVisit),
            Web.Show.Persons(chain.Voices, shown.Voices), chain.AreaVisits);
        sheet.Say(
            "status_cases", Web.Show.Persons(chain.Cases), Web.Show.Persons(chain.Contacted), Web.Show.Persons(chain.Visited), Web.Show.Persons(chain.Solved),
            Web.Show.Persons(chain.Told));
        TellSealed(id);
        sheet.Columns("table_code", "table_outcome", "table_respondents");
        foreach (var (code, members) in tally.ByCode) sheet.Row(code, DispositionTexts.Name(Disposition.Of(code), sheet.Culture), Number(members));
        if (tally.Open > 0) sheet.Row("–", Words.SayIn(sheet.Culture, "status_open"), Number(tally.Open));
        var figures = new CampaignFigures
        {
            CampaignId = id,
            Name = campaign.Name,
            State = campaign.State,
            Members = tally.Members,
            Finished = tally.Finished,
            Completes = tally.Completes,
            Target = campaign.Target,
            MaxLines = campaign.MaxLines,
            MaxStarts = campaign.MaxStarts,
            LastDay = campaign.LastDayDate,
            CallsInProgress = progress.CallsInProgress,
            CallsUnclear = progress.CallsUnclear,
            Outcomes = tally.ByCode,
            Chain = Figures(chain, shown),
        };
        return sheet.End(ExitCodes.Done, JsonSerializer.Serialize(figures, LocalJson.Plain.CampaignFigures));
    }

    private void TellSealed(long id)
    {
        if (office.Database.Read(connection => CampaignStore.Find(connection, id))!.CountyKey is { } pem)
            sheet.Say("status_sealed", Web.Show.Persons(new CaseQueries(office.Database, office.Installation.Cipher).CountSealed(id)), CountyKey.Read(pem).Key!.Fingerprint);
    }

    /// <summary>The limits of the round, its last day, and the official survey that holds it up.</summary>
    private void TellDays(CampaignView campaign)
    {
        if (campaign.LimitsInWords(sheet.Culture) is { } limits) sheet.Say("status_limits", limits);
        if (campaign.LastDayDate is { } last) sheet.Say("status_last_day", Day(last));
        if (campaign.State == "running" && office.Installation.Calendars.OfficialSurveyAt(campaign, office.Clock.GetUtcNow()) is { } official)
            sheet.Say("status_official_survey", sheet.Culture.Name == "en" ? official.Survey.English : official.Survey.Chinese, Day(official.Until));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal LocalAnswer List()
    {
        var campaigns = new CampaignQueries(office.Database).List();
        if (campaigns.Count == 0) sheet.Say("campaign_none");
        else sheet.Columns("list_id", "list_name", "list_state", "list_carrier", "list_finished", "list_completes");
        foreach (var (campaign, tally) in campaigns)
        {
            sheet.Row(
                Number(campaign.Id), campaign.Name, State(campaign.State), campaign.Carrier, $"{Number(tally.Finished)}/{Number(tally.Members)}", Number(tally.Completes));
        }

        var list = new CampaignList([.. campaigns.Select(one => new CampaignLine(
            one.Campaign.Id, one.Campaign.Name, one.Campaign.State, one.Campaign.Carrier, one.Tally.Members, one.Tally.Finished, one.Tally.Completes))]);
        return sheet.End(ExitCodes.Done, JsonSerializer.Serialize(list, LocalJson.Plain.CampaignList));
    }

    /// <summary>Persons are null where they are not shown; places are told as they are.</summary>
    private static Dictionary<string, long?> Figures(Chain chain, ChainDisplay shown) => new(StringComparer.Ordinal)
    {
        ["flagged"] = Persons(chain.Flagged, shown.Flagged),
        ["asked"] = Persons(chain.Asked, shown.Asked),
        ["agreed_phone"] = Persons(chain.AgreedPhone, shown.AgreedPhone),
        ["agreed_visit"] = Persons(chain.AgreedVisit, shown.AgreedVisit),
        ["voices"] = Persons(chain.Voices, shown.Voices),
        ["area_visits"] = chain.AreaVisits,
        ["cases"] = Persons(chain.Cases),
        ["contacted"] = Persons(chain.Contacted),
        ["visited"] = Persons(chain.Visited),
        ["solved"] = Persons(chain.Solved),
        ["told"] = Persons(chain.Told),
    };

    private static long? Persons(long count) => Web.Show.IsSmall(count) ? null : count;

    private static long? Persons(long count, CellDisplay display) => display == CellDisplay.Shown ? count : null;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Local(long millis)
        => DateTimeOffset.FromUnixTimeMilliseconds(millis).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private string State(string state) => Words.SayIn(sheet.Culture, $"state_{state}");
}

/// <summary>One campaign, for <c>campaign status --json</c>.</summary>
internal sealed record CampaignFigures
{
    public required long CampaignId { get; init; }

    public required string Name { get; init; }

    public required string State { get; init; }

    /// <summary>Respondents in the sample.</summary>
    public required long Members { get; init; }

    /// <summary>Respondents with a final code.</summary>
    public required long Finished { get; init; }

    public required long Completes { get; init; }

    public required long? Target { get; init; }

    /// <summary>Lines and calls a second of the round itself; null: those of the account.</summary>
    public required long? MaxLines { get; init; }

    public required double? MaxStarts { get; init; }

    /// <summary>Null before the launch where none was chosen.</summary>
    public required DateOnly? LastDay { get; init; }

    public required long CallsInProgress { get; init; }

    public required long CallsUnclear { get; init; }

    /// <summary>Final AAPOR code to respondents.</summary>
    public required IReadOnlyDictionary<string, long> Outcomes { get; init; }

    /// <summary>From a dissatisfied answer to a visit; null: one to four persons.</summary>
    public required IReadOnlyDictionary<string, long?> Chain { get; init; }
}

/// <summary>All campaigns, for <c>campaign list --json</c>.</summary>
internal sealed record CampaignList(IReadOnlyList<CampaignLine> Campaigns);

/// <summary>One campaign of the list.</summary>
internal sealed record CampaignLine(long Id, string Name, string State, string Carrier, long Members, long Finished, long Completes);
