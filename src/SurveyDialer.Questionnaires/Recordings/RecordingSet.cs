namespace SurveyDialer.Questionnaires;

/// <summary>One recorded prompt that can be played.</summary>
/// <param name="Step">The file's name up to <c>@</c> or its ending.</param>
/// <param name="Words">What is said in it, as the manifest tells.</param>
/// <param name="Sha256">Of the file; lower-case hexadecimal.</param>
public sealed record Recording(string Language, string Step, string Words, double Seconds, string Sha256, byte[] Bytes)
{
    /// <summary>Where it was found, for findings.</summary>
    internal string File { get; init; } = "";
}

/// <summary>
/// The recordings of a template. One is played exactly where its words are the words to be said, blanks filled: a text that was changed since, or
/// another office's name, is never covered by an old recording.
/// </summary>
public sealed class RecordingSet
{
    private readonly Dictionary<(string Language, string Words), Recording> byWords = [];

    internal RecordingSet(IReadOnlyList<Recording> all, IReadOnlyList<Finding> findings)
    {
        (All, Findings) = (all, findings);
        foreach (var recording in all) byWords.TryAdd((recording.Language, recording.Words), recording);
    }

    /// <summary>No recordings: everything is synthesised.</summary>
    public static RecordingSet Empty { get; } = new([], []);

    /// <summary>Those that can be played, by language and file name.</summary>
    public IReadOnlyList<Recording> All { get; }

    /// <summary>What is wrong with the folder: files, formats, manifests.</summary>
    internal IReadOnlyList<Finding> Findings { get; }

    /// <summary>Null where these words were not recorded in this language.</summary>
    public Recording? Find(string language, string words) => byWords.GetValueOrDefault((language, words));

    /// <summary>As the engine takes it.</summary>
    public string? Lookup(string step, string language, string text) => Find(language, text)?.Sha256;

    /// <summary>
    /// The values that the recordings have in place of the template's blanks, as <c>name.language</c>, so that a preview or rehearsal says what was
    /// recorded. Of several recordings of a step the first counts.
    /// </summary>
    public IReadOnlyDictionary<string, string> SpokenBlanks(Template template)
    {
        var spoken = new Dictionary<string, string>(StringComparer.Ordinal);
        if (All.Count == 0) return spoken;
        foreach (var line in PromptSheet.Of(template, new Dictionary<string, string>()).Where(line => BlankFilling.In(line.Text).Any()))
        {
            var pattern = new PromptPattern(line.Text);
            var values = All.Where(r => r.Language == line.Language && r.Step == line.Step).Select(r => pattern.Values(r.Words)).FirstOrDefault(v => v is not null);
            foreach (var (name, value) in values ?? new Dictionary<string, string>()) spoken.TryAdd($"{name}.{line.Language}", value);
        }

        return spoken;
    }

    /// <summary>What would be said in a language that has no voice, without a recording for it. Each sentence once.</summary>
    /// <param name="blanks">As they will be filled.</param>
    public IReadOnlyList<PromptLine> Unrecorded(Template template, IReadOnlyDictionary<string, string> blanks)
        => template.Languages.All(PromptSheet.HasVoice)
            ? []
            : [.. PromptSheet.Of(template, blanks)
                .Where(line => !PromptSheet.HasVoice(line.Language) && Find(line.Language, line.Text) is null)
                .DistinctBy(line => (line.Language, line.Text))];
}
