using System.Text;
using System.Text.RegularExpressions;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.TestKit;

/// <summary>A questionnaire in a made-up dialect, recorded completely: the short one, with what is English there taken for the dialect.</summary>
public static partial class DialectTemplate
{
    public const string Id = "yunxi";
    public const string Language = "cmn-x-yunxi";

    [GeneratedRegex(@"\ben:")]
    private static partial Regex English { get; }

    /// <summary>Writes <c>yunxi/</c> with a tone of 0.3 seconds for every sentence.</summary>
    /// <param name="source">Text of the short questionnaire.</param>
    /// <returns>Folder of the recordings.</returns>
    public static string Write(string templates, string source)
    {
        var folder = Directory.CreateDirectory(Path.Combine(templates, Id)).FullName;
        var yaml = English.Replace(source, Language + ":")
            .Replace("id: short-keys", "id: " + Id, StringComparison.Ordinal)
            .Replace("languages: [zh-CN, en]", $"languages: [{Language}, zh-CN]", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "template.yaml"), yaml);
        var template = TemplateReader.Read(yaml, Id).Template!;
        var audio = Directory.CreateDirectory(Path.Combine(folder, "audio", Language)).FullName;
        var manifest = new StringBuilder();
        var lines = PromptSheet.Of(template, BlankFilling.Examples(template)).Where(line => line.Language == Language).DistinctBy(line => line.Text);
        foreach (var (pitch, line) in lines.Index())
        {
            File.WriteAllBytes(Path.Combine(audio, line.Step + ".wav"), Waves.Tone(0.3, pitch));
            manifest.AppendLine($"{line.Step}.wav: \"{line.Text}\"");
        }

        File.WriteAllText(Path.Combine(audio, RecordingReader.ManifestName), manifest.ToString());
        return audio;
    }
}
