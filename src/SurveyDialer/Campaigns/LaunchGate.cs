using System.Globalization;
using System.Resources;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>Something that must be mended before a round is launched. Key and arguments; put into words at the edge.</summary>
public sealed record LaunchProblem(string Key, params IReadOnlyList<string> Arguments)
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Campaigns.CampaignTexts", typeof(LaunchProblem).Assembly);

    /// <summary>One sentence that says what to do.</summary>
    public string InWords(CultureInfo culture) => Say(Key, culture, [.. Arguments]);

    /// <summary>Why a file is not the county's key.</summary>
    public static LaunchProblem Of(CountyKeyProblem problem) => new(problem switch
    {
        CountyKeyProblem.NotAKey => "county_key_none",
        CountyKeyProblem.PrivateKey => "county_key_private",
        CountyKeyProblem.WrongKind => "county_key_wrong_kind",
    });

    /// <summary>A text of this room.</summary>
    internal static string Say(string key, CultureInfo culture, params object[] arguments) => string.Format(culture, Texts.GetString(key, culture)!, arguments);
}

/// <summary>What the lists of a draft hold.</summary>
/// <param name="Anybody">Whether there is a respondent in them.</param>
/// <param name="Sources">Where each comes from, as was said at its import.</param>
/// <param name="Townships">Where their respondents live.</param>
/// <param name="Populations">Whom each is about.</param>
internal sealed record SampleFacts(bool Anybody, IReadOnlyList<string> Sources, IReadOnlyList<(long Id, string Name)> Townships, IReadOnlyList<string>? Populations = null);

/// <summary>
/// What a round needs before anybody is called: who asks, by which right, from which list, how to check it, for how long data are kept, in which
/// words. The one gate of pages and commands.
/// </summary>
internal static class LaunchGate
{
    private static readonly string[] Carriers = ["twilio", "simulator", "desk-phone"];
    private const string VerifyPhone = "verify_phone";

    /// <summary>Letters and digits.</summary>
    private const int ShortestApproval = 4;

    private static readonly string[] Required = [VerifyPhone, WordsRetention.Blank];

    /// <summary>All that is missing; empty when the round may be launched.</summary>
    /// <param name="sample">What the draft's lists hold.</param>
    /// <param name="reading">The template as read; null when there is none of that name.</param>
    internal static IReadOnlyList<LaunchProblem> Missing(
        CampaignDraft draft, SampleFacts sample, TemplateReading? reading, RecordingSet recordings, CalendarBook calendars, DateTimeOffset now)
    {
        var problems = new List<LaunchProblem>();
        void Need(bool there, string key, params string[] arguments)
        {
            if (!there) problems.Add(new LaunchProblem(key, arguments));
        }

        Need(draft.Name.Trim().Length > 0, "name_missing");
        Need(Carriers.Contains(draft.Carrier, StringComparer.Ordinal), "carrier_unknown", draft.Carrier);
        Need(draft.Organiser.Trim().Length > 0, "organiser_missing");
        Need(draft.OrganiserKind is "township" or "department", "organiser_kind_unknown", draft.OrganiserKind);
        Need(draft.Approval.Trim().Length > 0, "approval_missing");
        Need(draft.Approval.Trim().Length == 0 || IsApprovalNumber(draft.Approval) || !string.IsNullOrWhiteSpace(draft.ApprovalSignedBy), "approval_unsigned", draft.Approval.Trim());
        Need(draft.Frames.Count > 0, "frame_missing");
        Need(draft.Frames.Count == 0 || sample.Anybody, "frame_empty");
        Need(sample.Sources.All(source => source.Trim().Length > 0), "source_missing");
        var populations = (sample.Populations ?? []).Distinct(StringComparer.Ordinal).ToList();
        Need(populations.Count <= 1, "population_mixed", string.Join("、", populations));
        Need(draft.Target is null or > 0, "target_not_positive");
        Need(draft.MaxLines is null or > 0, "lines_not_positive");
        Need(draft.MaxStarts is null or (>= 0.01 and <= 1000), "starts_out_of_range");
        Need(reading is not null, "template_unknown", draft.TemplateId);
        if (reading is null) return problems;
        var errors = TemplateCheck.Check(reading, recordings).Count(finding => finding.Severity == FindingSeverity.Error);
        Need(errors == 0, "template_has_errors", draft.TemplateId, errors.ToString(CultureInfo.InvariantCulture));
        if (reading.Template is not { } template) return problems;
        Need(template.Channels.Contains(Channel.Live) || !(draft.LiveCallers || draft.Carrier == "desk-phone"), "template_not_live", draft.TemplateId);
        Need(calendars.Find(template.Policy.Calendar) is not null, "calendar_unknown", template.Policy.Calendar);
        if (errors == 0) problems.AddRange(Days(template.Policy, draft.LastDay, calendars, now));
        problems.AddRange(template.Blanks.Select(blank => blank.Name).Union(Required, StringComparer.Ordinal).Select(blank => Blank(draft, sample, blank)).OfType<LaunchProblem>());
        if (errors == 0) problems.AddRange(Wording(draft, template));
        foreach (var (blank, value) in draft.Blanks.Where(pair => pair.Value.Trim().Length > 0))
        {
            if (IsFor(blank, WordsRetention.Blank)) Need(WordsRetention.Days(value) is not null, "delete_days_not_a_number", value);
            if (IsFor(blank, VerifyPhone)) Need(CanBeRung(value), "verify_phone_not_a_number", value);
        }

        problems.AddRange(Units(draft, template));
        return problems;
    }

    /// <summary>A number names its issuer, year and place in a list; a digit alone is none.</summary>
    private static bool IsApprovalNumber(string approval) => approval.Any(char.IsDigit) && approval.Count(char.IsLetterOrDigit) >= ShortestApproval;

    /// <summary>Of the whole office, or of one township.</summary>
    private static bool IsFor(string key, string blank) => key.Split('@', 2)[0] == blank;

    /// <summary>Residents check us there: one or several whole numbers; 12345 and the like are such numbers too.</summary>
    private static bool CanBeRung(string value)
    {
        var read = PhoneParser.Parse(value, new DialDefaults());
        return read.Numbers.Count + read.Problems.Count > 0 && read.Problems.All(problem => problem.Fault == PhoneFault.ServiceNumber);
    }

    /// <summary>A blank has a value for the office, or one for each township that is called.</summary>
    private static LaunchProblem? Blank(CampaignDraft draft, SampleFacts sample, string blank)
    {
        bool Given(string name) => draft.Blanks.GetValueOrDefault(name)?.Trim().Length > 0;
        if (blank == "township" || Given(blank)) return null;
        var without = sample.Townships.Where(township => !Given($"{blank}@{township.Id}")).Select(township => township.Name).ToList();
        return without.Count == 0 && sample.Townships.Count > 0 ? null
            : without.Count == sample.Townships.Count ? new LaunchProblem("blank_missing", blank)
            : new LaunchProblem("blank_missing_for", blank, string.Join("、", without));
    }

    private static IEnumerable<LaunchProblem> Wording(CampaignDraft draft, Template template)
        => WordingCheck.Check(template, draft.Blanks).Select(finding => finding.Blank is { } blank
            ? new LaunchProblem("blank_coaches", blank, finding.Hit.Words)
            : new LaunchProblem("text_coaches", finding.Key, finding.Hit.Words));

    /// <summary>A unit mistyped would pass for one that no topic concerns; and what concerns the organiser needs the county's key.</summary>
    private static IEnumerable<LaunchProblem> Units(CampaignDraft draft, Template template)
    {
        var topics = template.FollowUp.Topics;
        var known = topics.SelectMany(topic => topic.Concerns).Append("township").Append(CampaignDraft.OtherUnit).Distinct(StringComparer.Ordinal).ToList();
        if (!known.Contains(draft.OrganiserUnit, StringComparer.Ordinal)) yield return new LaunchProblem("organiser_unit_unknown", draft.OrganiserUnit, string.Join(", ", known));
        var own = topics.Where(topic => topic.Concerns.Contains(draft.OrganiserUnit, StringComparer.Ordinal)).Select(topic => topic.Text.In(template.Languages[0])).ToList();
        if (draft.CountyKey is { } text)
        {
            if (CountyKey.Read(text).Problem is { } problem) yield return LaunchProblem.Of(problem);
        }
        else if (own.Count > 0)
        {
            yield return new LaunchProblem("organiser_concerned", string.Join("、", own));
        }
    }

    /// <summary>What keeps a round that is launched now from being held within its days.</summary>
    /// <param name="policy">Of a template without errors.</param>
    internal static IReadOnlyList<LaunchProblem> Days(DiallingPolicy policy, DateOnly? lastDay, CalendarBook calendars, DateTimeOffset now)
        => calendars.Find(policy.Calendar) is { } calendar
            ? RoundDays.Problems(calendars.ScheduleOf(policy), calendar, calendars, lastDay, now)
            : [];
}
