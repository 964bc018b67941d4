using System.Runtime.CompilerServices;

namespace SurveyDialer.Questionnaires.Tests;

/// <summary>The templates that ship with the product, and settings to hold interviews with them.</summary>
internal static class Shipped
{
    public static readonly string[] Ids = ["short-keys", "standard", "text"];

    public static TemplateReading Reading(string id) => TemplateReader.Read(Yaml(id), $"{id}/template.yaml");

    public static Template Template(string id) => Reading(id).Template ?? throw new InvalidOperationException(
        string.Join('\n', Reading(id).Findings.Select(f => f.InWords(System.Globalization.CultureInfo.GetCultureInfo("en")))));

    public static string Yaml(string id) => File.ReadAllText(Path.Combine(TestFolder(), "..", "..", "campaign-templates", id, "template.yaml"));

    public static InterviewEngine Engine(string id, Channel channel, string language = "zh-CN", ulong seed = 1, AudioLookup? audio = null, bool landline = false)
        => Engine(Template(id), channel, language, seed, audio, landline);

    public static InterviewEngine Engine(
        Template template, Channel channel, string language = "zh-CN", ulong seed = 1, AudioLookup? audio = null, bool landline = false)
        => new(template, new InterviewSetting
        {
            Channel = channel, Language = language, Blanks = BlankFilling.Examples(template), DrawSeed = seed, Audio = audio, Landline = landline,
        });

    public static string TestFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
