using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports.Notices;

/// <summary>What residents of one township are told in public about a round: who calls, when, from which number, how to check, that one may refuse.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="Board">Paragraphs of the notice for the village board.</param>
/// <param name="Loudspeaker">Paragraphs for the village loudspeaker.</param>
/// <param name="Signed">Who issues it.</param>
/// <param name="Dated">The day on which it is issued, where the respondents live.</param>
/// <param name="Steers">Words in it that steer answers; with any it is not given out.</param>
public sealed record VillageNotice(
    long TownshipId, string Township, string Language, string Title, IReadOnlyList<string> Board, IReadOnlyList<string> Loudspeaker, string Signed, string Dated,
    IReadOnlyList<string> Steers);

/// <summary>Fills the public texts of a round for each township and language that has them.</summary>
public sealed class VillageNotices(Database database, TimeProvider clock)
{
    /// <summary>What is left for a pen.</summary>
    private const string Line = "＿＿＿＿＿＿＿＿";

    /// <summary>Empty where there is no such campaign, or its template has no public texts.</summary>
    public IReadOnlyList<VillageNotice> Of(long campaignId) => database.Read(connection => Of(connection, campaignId, clock.GetUtcNow()));

    internal static IReadOnlyList<VillageNotice> Of(SqliteConnection connection, long campaignId, DateTimeOffset now)
    {
        if (CampaignStore.Find(connection, campaignId) is not { } campaign) return [];
        var template = TemplateJson.Read(campaign.TemplateJson);
        if (template.Notices is not { } texts) return [];
        var townships = FrameTownships.Of(connection, CampaignFrameStore.Of(connection, campaignId));
        var blanks = JsonSerializer.Deserialize(campaign.Blanks, BlanksJson.Default.DictionaryStringString)!;
        return
        [
            .. from township in townships
               from language in template.Languages
               where texts.Board?.Find(language) is not null || texts.Loudspeaker?.Find(language) is not null
               select Notice(texts, township, language, Values(campaign, template, CampaignBlanks.Of(blanks, township.Id, township.Name), language, now), campaign.Organiser, now.DayIn(TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone))),
        ];
    }

    private static VillageNotice Notice(Questionnaires.Notices texts, (long Id, string Name) township, string language, Dictionary<string, string> values, string organiser, DateOnly day)
    {
        string Filled(LocalText? text) => BlankFilling.Fill(text ?? LocalText.Empty, language, values);
        var (title, board, loudspeaker) = (Filled(texts.Title), Filled(texts.Board), Filled(texts.Loudspeaker));
        var steers = CoachingLint.Check($"{title}\n{board}", language).Concat(CoachingLint.Check(loudspeaker, language)).Select(hit => hit.Words).Distinct(StringComparer.Ordinal);
        return new VillageNotice(township.Id, township.Name, language, title, Paragraphs(board), Paragraphs(loudspeaker), values.GetValueOrDefault($"org.{language}") ?? organiser,
            IsEnglish(language) ? $"{Day(day, language)} {day.Year}" : $"{day.Year}年{Day(day, language)}", [.. steers]);
    }

    private static string[] Paragraphs(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Dictionary<string, string> Values(
        CampaignRow campaign, Template template, IReadOnlyDictionary<string, string> blanks, string language, DateTimeOffset now)
    {
        var values = new Dictionary<string, string>(blanks, StringComparer.Ordinal);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(campaign.TimeZone);
        var first = campaign.LaunchedAt is { } launched ? Instants.FromMillis(launched) : now;
        values["first_day"] = Day(first.DayIn(zone), language);
        if (Instants.Day(campaign.LastDay) is { } last) values["last_day"] = Day(last, language);
        values["hours"] = Hours(template.Policy, language);
        values["opt_out"] = OptOut(campaign.Carrier, IsEnglish(language));
        values.TryAdd("org", campaign.Organiser);
        values.TryAdd("approval_no", campaign.Approval);
        values.TryAdd("frame_name", campaign.FrameSource);
        foreach (var name in Questionnaires.Notices.Blanks)
        {
            if (string.IsNullOrWhiteSpace(values.GetValueOrDefault(name))) values[name] = Line;
        }

        return values;
    }

    /// <summary>A person at a desk telephone takes it down; a call by keys has its key.</summary>
    private static string OptOut(string carrier, bool english) => (carrier == "desk-phone", english) switch
    {
        (true, false) => "接到电话时说一声",
        (true, true) => "say so during the call",
        (false, false) => "接通后按9",
        (false, true) => "press 9 during the call",
    };

    private static bool IsEnglish(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    private static string Day(DateOnly day, string language)
        => IsEnglish(language) ? day.ToString("d MMMM", CultureInfo.GetCultureInfo("en")) : string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日");

    private static string Hours(DiallingPolicy policy, string language)
    {
        var english = IsEnglish(language);
        var comma = english ? ", " : "、";
        var parts = policy.Windows.GroupBy(window => window.Days).Select(group =>
        {
            var name = (group.Key, english) switch
            {
                (DayKind.Workday, false) => "工作日",
                (DayKind.Restday, false) => "周末和节假日",
                (DayKind.Workday, true) => "working days ",
                (DayKind.Restday, true) => "weekends and holidays ",
            };
            return name + string.Join(comma, group.OrderBy(window => window.From).Select(window => string.Create(CultureInfo.InvariantCulture, $"{window.From:HH\\:mm}–{window.To:HH\\:mm}")));
        });
        return string.Join(english ? "; " : "，", parts);
    }
}
