using System.Globalization;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>Something that is missing before the launch, with the step and the field where it is said.</summary>
/// <param name="Anchor">Id of the field on the page.</param>
/// <param name="Wording">It is words that steer the answers.</param>
internal sealed record MissingField(int Step, string Anchor, string Words, bool Wording)
{
    /// <summary>Each field once, in the order of the steps.</summary>
    /// <param name="label">What the page calls a blank.</param>
    internal static IReadOnlyList<MissingField> Of(IEnumerable<LaunchProblem> problems, PageWords texts, Func<string, string> label)
        => [.. problems.Select(problem => Of(problem, texts, label)).DistinctBy(field => (field.Step, field.Anchor)).OrderBy(field => field.Step)];

    private static MissingField Of(LaunchProblem found, PageWords texts, Func<string, string> label)
    {
        var (step, anchor) = Place(found);
        var problem = found.Key.StartsWith("blank_", StringComparison.Ordinal) ? found with { Arguments = [label(found.Arguments[0]), .. found.Arguments.Skip(1)] } : found;
        var own = texts.Find($"Gate_{problem.Key}_{anchor}") ?? texts.Find($"Gate_{problem.Key}");
        return new MissingField(step, anchor, own is null ? problem.InWords(CultureInfo.CurrentUICulture) : string.Format(CultureInfo.InvariantCulture, own, [.. problem.Arguments]),
            problem.Key is "blank_coaches" or "text_coaches" or "template_has_errors");
    }

    private static (int Step, string Anchor) Place(LaunchProblem problem) => problem.Key switch
    {
        "frame_missing" => (1, "list"),
        "frame_empty" => (2, "rejected"),
        "source_missing" => (2, "source"),
        "template_unknown" or "template_has_errors" or "template_not_live" or "calendar_unknown" or "text_coaches" or "recordings_missing" => (3, "templates"),
        "carrier_unknown" => (3, "carrier"),
        "name_missing" => (4, "name"),
        "organiser_missing" => (4, "organiser"),
        "organiser_kind_unknown" or "organiser_unit_unknown" => (4, "unit"),
        "approval_missing" => (4, "approval"),
        "approval_unsigned" => (4, "signed-by"),
        "verify_phone_not_a_number" => (4, "blank-verify_phone"),
        "nobody_number_desk_only" => (3, "carrier"),
        "nobody_number_not_mobile" => (3, "templates"),
        _ when problem.Key.StartsWith("nobody_", StringComparison.Ordinal) => (1, "list"),
        "delete_days_not_a_number" => (4, "blank-delete_days"),
        "blank_missing" or "blank_missing_for" or "blank_coaches" => OfBlank(problem.Arguments[0]),
        "last_day_past" or "last_day_beyond_calendar" or "no_calling_day" or "official_surveys_cover" => (4, "last-day"),
        "population_mixed" => (1, "list"),
        "target_not_positive" => (5, "sample"),
        _ when problem.Key.StartsWith("plan_", StringComparison.Ordinal) => (5, "sample"),
        _ when problem.Key.StartsWith("index_", StringComparison.Ordinal) => (4, "indices"),
        _ => (4, "county-key"),
    };

    private static (int, string) OfBlank(string blank) => blank switch
    {
        "org" => (4, "organiser"),
        "approval_no" => (4, "approval"),
        "frame_name" => (2, "source"),
        _ => (4, "blank-" + blank.Replace('@', '-').Replace('.', '-')),
    };
}
