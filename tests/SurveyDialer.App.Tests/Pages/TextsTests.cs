using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>The pages' texts: both languages complete, and every key that a page names is there.</summary>
public sealed partial class TextsTests
{
    [GeneratedRegex("\\bT\\[\"([A-Za-z0-9_-]+)\"")]
    private static partial Regex Named { get; }

    [GeneratedRegex("\\{\\d+\\}")]
    private static partial Regex Blank { get; }

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

    private static bool IsSource(string file) => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal);

    private static HashSet<string> Blanks(string text) => [.. Blank.Matches(text).Select(match => match.Value)];

    private static Dictionary<string, string> Read(string file)
        => XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);
}
