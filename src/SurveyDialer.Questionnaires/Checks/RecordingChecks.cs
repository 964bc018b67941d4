namespace SurveyDialer.Questionnaires;

/// <summary>Whether the recordings are those of this template as it is now, and whether a dialect is complete.</summary>
internal static class RecordingChecks
{
    internal static IEnumerable<Finding> Check(Template template, RecordingSet recordings)
    {
        if (recordings.All.Count == 0 && recordings.Findings.Count == 0 && template.Languages.All(PromptSheet.HasVoice)) return [];
        var sheet = PromptSheet.Of(template, new Dictionary<string, string>())
            .Select(line => (Line: line, Pattern: new PromptPattern(line.Text))).ToLookup(entry => entry.Line.Language);
        return
        [
            .. recordings.Findings,
            .. recordings.All.SelectMany(recording => Known(template, recording, sheet[recording.Language])),
            .. template.Languages.Where(language => !PromptSheet.HasVoice(language))
                .SelectMany(language => Missing(template, language, recordings, sheet[language])),
        ];
    }

    private static IEnumerable<Finding> Known(Template template, Recording recording, IEnumerable<(PromptLine Line, PromptPattern Pattern)> sheet)
    {
        var ofStep = sheet.Where(entry => entry.Line.Step == recording.Step).ToArray();
        if (!template.Languages.Contains(recording.Language))
            yield return Of(FindingSeverity.Error, recording, "recording_language", recording.Language, string.Join(", ", template.Languages));
        else if (ofStep.Length == 0)
            yield return Of(FindingSeverity.Error, recording, "recording_step", recording.Step);
        else if (!ofStep.Any(entry => entry.Pattern.Fits(recording.Words)))
            yield return Of(FindingSeverity.Warning, recording, "recording_outdated", recording.Words, ofStep[0].Line.Text);
    }

    private static IEnumerable<Finding> Missing(
        Template template, string language, RecordingSet recordings, IEnumerable<(PromptLine Line, PromptPattern Pattern)> sheet)
    {
        var said = recordings.All.Where(recording => recording.Language == language).ToArray();
        return sheet.Where(entry => !Array.Exists(said, recording => entry.Pattern.Fits(recording.Words))).DistinctBy(entry => entry.Line.Text)
            .Select(entry => new Finding(
                FindingSeverity.Error, $"{template.Id}/audio/{language}/{entry.Line.Step}.wav", 0, entry.Line.Step, "recording_missing",
                [entry.Line.Text, language, template.Id]));
    }

    private static Finding Of(FindingSeverity severity, Recording recording, string problem, params string[] arguments)
        => new(severity, recording.File, 0, recording.Step, problem, arguments);
}
