using System.Globalization;
using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Cases;

namespace SurveyDialer.Statistics.Calc;

/// <summary><c>case</c>: rates of case handling from totals, or the due date of a number of working days.</summary>
internal static class CaseCalc
{
    /// <summary>Days of one range of holidays.</summary>
    private const int LongestRange = 366;

    public static CalcOutcome Run(CalcInput input) => input.Has("start") ? DueDate(input) : Measures(input);

    private static CalcOutcome Measures(CalcInput input)
    {
        var opened = input.Number("opened", Bounds.NotNegative);
        var totals = new CaseTotals
        {
            Opened = opened,
            DueForContact = input.NumberOr("due_first_contact", opened, Bounds.NotNegative),
            ContactedOnTime = input.Number("first_contact_on_time", Bounds.NotNegative),
            Closed = input.Number("closed", Bounds.NotNegative),
            Solved = input.Number("resolved_yes", Bounds.NotNegative),
            PartlySolved = input.NumberOr("resolved_partly", 0, Bounds.NotNegative),
            NotSolved = input.Number("resolved_no", Bounds.NotNegative),
            Satisfied = input.Number("satisfied", Bounds.NotNegative),
            Dissatisfied = input.Number("dissatisfied", Bounds.NotNegative),
        };
        input.NumberOr("resolution_no_answer", 0, Bounds.NotNegative);
        input.NumberOr("satisfaction_no_answer", 0, Bounds.NotNegative);
        input.NotAbove("first_contact_on_time", totals.ContactedOnTime, "opened", opened);
        input.NotAbove("closed", totals.Closed, "opened", opened);
        var weights = input.Has("weights") ? input.Numbers("weights", Bounds.NotNegative) : null;
        if (weights is not null && input.Problem is null && weights.Count != 3) input.Refuse("LengthDiffers", "weights", $"{weights.Count}", "response, resolution, satisfaction", "3");
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        var measures = CaseMeasures.Of(totals);
        return CalcOutcome.Of(new JsonObject
        {
            ["response_rate"] = CalcJson.Number(measures.Response),
            ["resolution_rate"] = CalcJson.Number(measures.Resolution),
            ["satisfaction_rate"] = CalcJson.Number(measures.Satisfaction),
            ["close_rate"] = CalcJson.Number(measures.Closing),
            ["score"] = weights is null ? null : CalcJson.Number(measures.Score(weights)),
        });
    }

    private static CalcOutcome DueDate(CalcInput input)
    {
        var text = input.Text("start");
        var start = input.Date(text.Length > 10 ? text[..10] : text, "start");
        if (text.Length > 10 && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)) input.Refuse("NotADate", "start", text);
        var days = input.Whole("working_days", Bounds.Days);
        var calendar = new WorkingDays(Days(input, "holidays"), Days(input, "make_up_workdays"));
        if (input.Problem is { } problem) return CalcOutcome.Refused(problem);
        return calendar.Due(start, (int)days) is { } due
            ? CalcOutcome.Of(new JsonObject { ["due_date"] = due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })
            : CalcOutcome.Refused(new Problem("BeyondCalendar", "start", text, $"{days}"));
    }

    // Single days, and ranges "2025-10-01..2025-10-08" with both ends.
    private static HashSet<DateOnly> Days(CalcInput input, string name)
    {
        var days = new HashSet<DateOnly>();
        foreach (var text in input.TextsOrNone(name))
        {
            var parts = text.Split("..");
            DateOnly from = input.Date(parts[0], name), to = input.Date(parts[^1], name);
            if (parts.Length > 2) input.Refuse("NotADate", name, text);
            else if (to < from) input.Refuse("RangeReversed", name, text);
            else if (to.DayNumber - from.DayNumber > LongestRange) input.Refuse("RangeTooLong", name, text, $"{LongestRange}");
            for (var day = from; input.Problem is null && day <= to; day = day.AddDays(1)) days.Add(day);
        }

        return days;
    }
}
