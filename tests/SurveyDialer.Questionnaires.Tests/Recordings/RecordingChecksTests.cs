using System.Globalization;
using SurveyDialer.TestKit;

namespace SurveyDialer.Questionnaires.Tests;

public sealed class RecordingChecksTests
{
    private const string Language = "cmn-x-yunxi";
    private const string Folder = "short-keys/audio/" + Language;

    private static readonly TemplateReading Reading = Dialect();

    private static readonly Dictionary<string, (string Words, byte[] Bytes)> Complete = Recorded();

    [Fact]
    public void A_dialect_with_a_recording_for_every_sentence_has_nothing_to_mend()
    {
        Assert.True(Complete.Count > 30);
        Assert.Empty(TemplateCheck.Check(Reading, Read(Complete)));
    }

    [Fact]
    public void A_dialect_without_recordings_is_an_error_for_every_sentence_that_can_be_said()
    {
        var missing = TemplateCheck.Check(Reading);
        Assert.All(missing, finding => Assert.Equal((FindingSeverity.Error, "recording_missing"), (finding.Severity, finding.Problem)));
        Assert.Equal(Complete.Count, missing.Count);
        var told = missing.Single(finding => finding.Key == "question.Q2").InWords(CultureInfo.GetCultureInfo("zh-CN"));
        Assert.StartsWith($"{Folder}/question.Q2.wav question.Q2: ", told, StringComparison.Ordinal);
        Assert.Contains("8000 Hz", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Languages_with_a_voice_need_no_recording() => Assert.Empty(TemplateCheck.Check(Shipped.Reading("short-keys")));

    [Fact]
    public void A_text_changed_since_is_found_and_its_recording_no_longer_counts()
    {
        var (words, bytes) = Complete["question.Q2.wav"];
        Assert.Equal(["recording_missing", "recording_outdated"], Problems(Complete, ("question.Q2.wav", (words + " Really?", bytes))).Order());
    }

    [Fact]
    public void Another_office_in_the_blanks_is_the_same_text()
    {
        var (words, bytes) = Complete["identity.wav"];
        Assert.Contains("Ping'an", words, StringComparison.Ordinal);
        Assert.Empty(Problems(Complete, ("identity@二镇.wav", (words.Replace("Ping'an", "Erzhen", StringComparison.Ordinal), [.. Waves.Tone(0.2, 999)]))));
    }

    [Fact]
    public void The_real_length_counts()
    {
        var (words, _) = Complete["question.Q2.wav"];
        Assert.Equal(["prompt_too_long"], Problems(Complete, ("question.Q2.wav", (words, Waves.Tone(31, 3)))));
    }

    [Fact]
    public void Wrong_names_copies_and_files_without_words_are_found()
    {
        var (words, bytes) = Complete["question.Q2.wav"];
        Assert.Equal(["recording_step"], Problems(Complete, ("question.Q99.wav", (words, bytes))));
        Assert.Equal(["recording_copied"], Problems(Complete, ("question.Q3.wav", (Complete["question.Q3.wav"].Words, bytes))));
        Assert.Equal(["recording_missing", "wav_rate"], Problems(Complete, ("question.Q2.wav", (words, Waves.Make(bytes, rate: 16_000)))).Order());
        Assert.Equal(["recording_missing", "wav_other_kind"], Problems(Complete, ("question.Q2.wav", (words, "OggS"u8.ToArray()))).Order());
        var stray = Folders(Complete) with { Files = [.. Folders(Complete).Files, ("notes.docx", [1])] };
        Assert.Equal(["recording_unlisted"], Found(RecordingReader.Read([stray])));
        var absent = Folders(Complete) with { Files = [.. Folders(Complete).Files.Where(file => file.Name != "hint.wav")] };
        Assert.Equal(["recording_file_missing", "recording_missing"], Found(RecordingReader.Read([absent])));
        Assert.Equal(["recording_language"], Found(RecordingReader.Read([Folders(Complete), new RecordedLanguage("fr", "short-keys/audio/fr", "identity.wav: Bonjour", [("identity.wav", Waves.Tone(0.1, 777))])])));
    }

    [Theory]
    [InlineData(null, "manifest_missing")]
    [InlineData("- a\n", "not_a_mapping")]
    [InlineData("a.wav: [1]\n", "not_a_text")]
    [InlineData("a.wav: \"open", "not_yaml")]
    public void A_manifest_that_cannot_be_read_is_a_finding(string? manifest, string problem)
        => Assert.Contains(problem, Found(RecordingReader.Read([new RecordedLanguage(Language, Folder, manifest, [])])));

    [Fact]
    public void The_values_in_the_recordings_are_found_again()
    {
        var spoken = Read(Complete).SpokenBlanks(Reading.Template!);
        Assert.Equal("the Ping'an township government", spoken["org." + Language]);
        Assert.Equal("0851-01234567", spoken["verify_phone." + Language]);
        Assert.Empty(Read(Complete).Unrecorded(Reading.Template!, BlankFilling.Examples(Reading.Template!)));
        var elsewhere = new Dictionary<string, string>(BlankFilling.Examples(Reading.Template!)) { ["org." + Language] = "somebody else" };
        var missing = Read(Complete).Unrecorded(Reading.Template!, elsewhere);
        Assert.Contains(missing, line => line.Step == "identity");
        Assert.All(missing, line => Assert.Contains("somebody else", line.Text, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Problems(
        Dictionary<string, (string Words, byte[] Bytes)> complete, params (string Name, (string Words, byte[] Bytes) Content)[] changes)
    {
        var changed = new Dictionary<string, (string Words, byte[] Bytes)>(complete);
        foreach (var (name, content) in changes) changed[name] = content;
        return Found(Read(changed));
    }

    private static IReadOnlyList<string> Found(RecordingSet set)
    {
        var findings = TemplateCheck.Check(Reading, set);
        Assert.All(findings, finding => Assert.NotEmpty(finding.InWords(CultureInfo.GetCultureInfo("zh-CN")) + finding.InWords(CultureInfo.GetCultureInfo("en"))));
        return [.. findings.Select(finding => finding.Problem)];
    }

    private static RecordingSet Read(Dictionary<string, (string Words, byte[] Bytes)> recorded) => RecordingReader.Read([Folders(recorded)]);

    private static RecordedLanguage Folders(Dictionary<string, (string Words, byte[] Bytes)> recorded) => new(
        Language, Folder, string.Join('\n', recorded.Select(entry => $"{entry.Key}: \"{entry.Value.Words}\"")), [.. recorded.Select(entry => (entry.Key, entry.Value.Bytes))]);

    private static TemplateReading Dialect() => TemplateReader.Read(
        System.Text.RegularExpressions.Regex.Replace(Shipped.Yaml("short-keys"), @"\ben:", Language + ":").Replace("languages: [zh-CN, en]", $"languages: [{Language}, zh-CN]", StringComparison.Ordinal),
        "short-keys/template.yaml");

    private static Dictionary<string, (string Words, byte[] Bytes)> Recorded()
    {
        var template = Reading.Template!;
        return PromptSheet.Of(template, BlankFilling.Examples(template)).Where(line => line.Language == Language).DistinctBy(line => line.Text).Index()
            .ToDictionary(entry => entry.Item.Step + ".wav", entry => (entry.Item.Text, Waves.Tone(0.1, entry.Index)));
    }
}
