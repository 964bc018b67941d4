using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SurveyDialer.App.Pages.NewRound;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>The pages' texts: both languages complete, and every key that a page names is there.</summary>
public sealed partial class TextsTests
{
    [GeneratedRegex("\\bT\\[\"([A-Za-z0-9_-]+)\"")]
    private static partial Regex Named { get; }

    [GeneratedRegex("\\{\\d+\\}")]
    private static partial Regex Blank { get; }

    [GeneratedRegex(@"(?<![-<!])--[a-z]|\bREADME\b|\bsurveydialer \w|\b(?:run|运行) ?(?:backup|template|indices|chmod)\b|\bcampaign (?:create|change|launch)\b|\btemplate (?:check|script)\b")]
    private static partial Regex Command { get; }

    [GeneratedRegex(@"\b(?:backup|campaign(?!-templates)|template|serve)\b")]
    private static partial Regex EnglishWord { get; }

    private static string App => Path.GetFullPath(Path.Combine(SampleTownship.TemplatesFolder, "..", "src", "SurveyDialer.App"));

    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_blanks()
    {
        var files = Directory.GetFiles(App, "*Texts.resx", SearchOption.AllDirectories).Where(IsSource).ToList();
        Assert.True(files.Count >= 9, "The text files of the pages were expected to be found.");
        foreach (var file in files)
        {
            var chinese = Read(file);
            var english = Read(Path.ChangeExtension(file, ".en.resx"));
            Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
            Assert.All(chinese.Keys, key => Assert.True(Blanks(chinese[key]).SetEquals(Blanks(english[key])), $"{file}: {key}"));
            Assert.All(english, text => Assert.False(Regex.IsMatch(text.Value, "\\p{IsCJKUnifiedIdeographs}") && text.Value != "中文", $"{file}: {text.Key} is not English."));
        }
    }

    [Fact]
    public void Every_key_that_a_page_names_has_a_text()
    {
        var shared = Read(Path.Combine(App, "Web", "WebTexts.resx"));
        var looked = 0;
        foreach (var file in Directory.GetFiles(App, "*.cs*", SearchOption.AllDirectories).Where(IsSource))
        {
            var room = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(Path.GetDirectoryName(file)!) + "Texts.resx");
            var own = File.Exists(room) ? Read(room) : [];
            foreach (Match match in Named.Matches(File.ReadAllText(file)))
            {
                looked++;
                var key = match.Groups[1].Value;
                Assert.True(own.ContainsKey(key) || shared.ContainsKey(key), $"{file} names the text {key}, which is not there.");
            }
        }

        Assert.True(looked > 200, $"Only {looked} keys were found.");
    }

    /// <summary>An office has no command line; what a page asks for can be done on a page.</summary>
    [Fact]
    public void No_page_speaks_of_commands_options_or_files_that_only_a_developer_has()
    {
        var looked = 0;
        foreach (var file in Directory.GetFiles(Path.Combine(App, "Pages"), "*Texts*.resx", SearchOption.AllDirectories).Where(IsSource))
        {
            foreach (var (key, text) in Read(file))
            {
                looked++;
                Assert.False(Command.IsMatch(text), $"{file}: {key} names a command: {text}");
                Assert.False(!file.EndsWith(".en.resx", StringComparison.Ordinal) && EnglishWord.IsMatch(text), $"{file}: {key} has an English word: {text}");
            }
        }

        foreach (var file in Directory.GetFiles(App, "*.cshtml", SearchOption.AllDirectories).Where(IsSource))
        {
            looked++;
            Assert.DoesNotContain("campaign create", File.ReadAllText(file), StringComparison.Ordinal);
        }

        Assert.True(looked > 1000, $"Only {looked} texts were found.");
    }

    [Fact]
    public void What_is_missing_before_a_launch_is_said_without_commands()
    {
        var texts = PageWords.Of("NewRound");
        var keys = Read(Path.Combine(App, "..", "SurveyDialer", "Campaigns", "CampaignTexts.resx")).Keys.Where(key => !key.StartsWith("pause_", StringComparison.Ordinal) && !key.StartsWith("limit_", StringComparison.Ordinal)).ToList();
        Assert.True(keys.Count > 30);
        foreach (var culture in (string[])["zh-CN", "en"])
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            foreach (var key in keys)
            {
                var words = Assert.Single(MissingField.Of([new LaunchProblem(key, "甲", "乙", "丙", "丁", "戊", "己")], texts, blank => blank)).Words;
                Assert.False(Command.IsMatch(words), $"{key}: {words}");
                Assert.DoesNotContain(".yaml", words, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_check_up_names_its_own_buttons_and_no_command()
    {
        var texts = PageWords.Of("Health");
        var looked = 0;
        foreach (var culture in (string[])["", ".en"])
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture.Length == 0 ? "zh-CN" : "en");
            foreach (var (key, text) in Read(Path.Combine(App, "Health", $"HealthTexts{culture}.resx")).Where(pair => pair.Key.StartsWith("health_", StringComparison.Ordinal)))
            {
                looked++;
                var shown = texts.Find(key.Replace("health_", "Finding_", StringComparison.Ordinal)) ?? text;
                Assert.False(Command.IsMatch(shown) || shown.Contains("run backup", StringComparison.Ordinal) || shown.Contains("serve ", StringComparison.Ordinal), $"{key}: {shown}");
            }
        }

        Assert.True(looked > 40, $"Only {looked} findings were found.");
    }

    private static bool IsSource(string file) => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal);

    private static HashSet<string> Blanks(string text) => [.. Blank.Matches(text).Select(match => match.Value)];

    private static Dictionary<string, string> Read(string file)
        => XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);
}
