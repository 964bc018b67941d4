namespace SurveyDialer.Questionnaires;

/// <summary>Whether a template makes a good interview: everything that is known before the first call. A campaign is launched only without errors.</summary>
public static class TemplateCheck
{
    /// <summary>The reader's findings and the check's own, by line; then those of the recordings.</summary>
    /// <param name="recordings">Of the template's folder; they count with their real length.</param>
    public static IReadOnlyList<Finding> Check(TemplateReading reading, RecordingSet recordings)
    {
        if (reading.Template is not { } template)
            return [.. reading.Findings.OrderBy(f => f.Line)];
        var log = new CheckLog(reading);
        TextChecks.Check(template, log);
        ReadAloudChecks.Check(template, log);
        QuestionChecks.Check(template, log);
        PathChecks.Check(template, log);
        LengthChecks.Check(template, recordings, log);
        PolicyChecks.Check(template.Policy, log);
        foreach (var text in TemplateTexts.All(template))
        {
            foreach (var (language, words) in text.Text)
            {
                foreach (var hit in CoachingLint.Check(words, language))
                    log.Error($"{text.Key}.{language}", "coaching", hit.Words, $"coaching.{hit.Rule}");
            }
        }

        return [.. reading.Findings.Concat(log.Findings).OrderBy(f => f.Line).ThenBy(f => f.Key, StringComparer.Ordinal), .. RecordingChecks.Check(template, recordings)];
    }

    /// <summary>The same for a template without recordings.</summary>
    public static IReadOnlyList<Finding> Check(TemplateReading reading) => Check(reading, RecordingSet.Empty);

    /// <summary>The same for a template that was not read from a file; lines are 0.</summary>
    public static IReadOnlyList<Finding> Check(Template template)
        => Check(new TemplateReading { File = template.Id, Template = template, Findings = [] });
}
