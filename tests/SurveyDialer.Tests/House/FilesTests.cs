using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SurveyDialer.Tests.House;

/// <summary>Budgets and manners of single files.</summary>
public sealed partial class FilesTests
{
    private const int MostLines = 400;

    private static readonly string[] Written = [".cs", ".cshtml", ".razor", ".sql", ".sh", ".js", ".ts", ".css", ".yaml", ".yml", ".md"];

    // Spelled in pieces, so that this file does not find itself.
    private static readonly Regex[] Foreign = [new(Regex.Escape("../" + "shared")), new("/work" + "/(main|wt|brief)"), new(@"(?i)\b(decision|issue) (?:#\s*)?" + @"\d+\b")];

    private static IReadOnlyList<string> Sources => [.. SourceTree.Files("src"), .. SourceTree.Files("tests"), .. SourceTree.Files("scripts"), .. SourceTree.Files("campaign-templates"), .. SourceTree.Files(".ci")];

    private static IReadOnlyList<string> WrittenFiles => [.. Sources.Where(file => Written.Contains(Path.GetExtension(file)) || Path.GetExtension(file).Length == 0)];

    [Fact]
    public void No_file_is_longer_than_the_budget()
    {
        var files = Sources.Where(file => Path.GetExtension(file) is ".cs" or ".cshtml" or ".razor" or ".sh" or ".js" or ".ts" or ".css").ToList();
        SourceTree.AssertClean(files.Count, files.Select(file => (file, Lines: SourceTree.Read(file).TrimEnd('\n').Count(c => c == '\n') + 1))
            .Where(f => f.Lines > MostLines).Select(f => $"{f.file} has {f.Lines} lines, {MostLines} are allowed."));
    }

    [Fact]
    public void Most_files_are_short()
    {
        var lengths = Sources.Where(file => Path.GetExtension(file) == ".cs").Select(file => SourceTree.Read(file).Count(c => c == '\n')).Order().ToList();
        Assert.InRange(lengths.Count, 100, int.MaxValue);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 200);
    }

    [Fact]
    public void No_folder_is_named_after_nothing()
    {
        string[] forbidden = ["Common", "Helpers", "Utils", "Models", "Services", "Managers"];
        var folders = Sources.SelectMany(file => file.Split('/').SkipLast(1)).Distinct().ToList();
        SourceTree.AssertClean(folders.Count, folders.Where(folder => forbidden.Contains(folder, StringComparer.OrdinalIgnoreCase)).Select(folder => $"A folder is called {folder}."));
    }

    [Fact]
    public void The_top_level_is_as_agreed()
    {
        string[] agreed = ["src", "tests", "scripts", "campaign-templates", "SurveyDialer.sln", "README.md", "LICENSE"];
        var top = SourceTree.Top();
        SourceTree.AssertClean(top.Count, top.Where(name => name[0] != '.' && !agreed.Contains(name)).Select(name => $"{name} does not belong at the top level."));
        Assert.Subset(top.ToHashSet(), new HashSet<string> { "src", "tests", "scripts", "campaign-templates", "SurveyDialer.sln", "README.md", "LICENSE", ".editorconfig", ".ci" });
    }

    [Fact]
    public void No_file_mentions_what_is_outside_the_repository()
    {
        var files = WrittenFiles;
        SourceTree.AssertClean(files.Count, files.SelectMany(file => SourceTree.Read(file).Split('\n').Select((line, i) => (file, line, Number: i + 1)))
            .Where(at => Foreign.Any(word => word.IsMatch(at.line))).Select(at => $"{at.file}:{at.Number}: {at.line.Trim()}"));
    }

    [Fact]
    public void A_suppression_carries_its_reason()
    {
        var lines = Sources.Where(file => Path.GetExtension(file) == ".cs").SelectMany(file => SourceTree.Read(file).Split('\n').Select((line, i) => (file, line, Number: i + 1))).ToList();
        SourceTree.AssertClean(
            lines.Count,
            lines.Where(at => Suppression().IsMatch(at.line) && !Reason().IsMatch(at.line)).Select(at => $"{at.file}:{at.Number}: {at.line.Trim()}"));
    }

    [Fact]
    public void Every_text_exists_in_Chinese_and_English_with_the_same_blanks()
    {
        var neutral = SourceTree.Files("src", ".resx").Where(file => !IsEnglish(file)).ToList();
        var english = SourceTree.Files("src", ".resx").Where(IsEnglish).ToList();
        var offences = english.Where(file => !neutral.Contains(file.Replace(".en.resx", ".resx", StringComparison.Ordinal))).Select(file => $"{file} has no Chinese twin.").ToList();
        var keys = 0;
        foreach (var file in neutral)
        {
            var twin = file.Replace(".resx", ".en.resx", StringComparison.Ordinal);
            if (!english.Contains(twin))
            {
                offences.Add($"{file} has no English twin.");
                continue;
            }

            var chinese = Texts(file);
            var other = Texts(twin);
            keys += chinese.Count;
            offences.AddRange(chinese.Keys.Except(other.Keys).Select(key => $"{twin} lacks {key}."));
            offences.AddRange(other.Keys.Except(chinese.Keys).Select(key => $"{file} lacks {key}."));
            offences.AddRange(chinese.Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => $"{file}: {text.Key} is empty."));
            offences.AddRange(chinese.Where(text => other.TryGetValue(text.Key, out var twinText) && Blanks(text.Value) != Blanks(twinText))
                .Select(text => $"{file}: {text.Key} has other blanks than its English twin: {Blanks(text.Value)} and {Blanks(other[text.Key])}."));
        }

        SourceTree.AssertClean(keys, offences);
    }

    [Fact]
    public void Public_types_are_documented()
    {
        var lookedAt = 0;
        var offences = new List<string>();
        foreach (var file in SourceTree.Files("src", ".cs"))
        {
            var lines = SourceTree.Read(file).Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (PublicType().Match(lines[i]) is not { Success: true } type)
                    continue;
                lookedAt++;
                var above = i - 1;
                while (above >= 0 && lines[above].StartsWith('['))
                    above--;
                if (above < 0 || !lines[above].StartsWith("///", StringComparison.Ordinal))
                    offences.Add($"{file}:{i + 1}: {type.Groups[1].Value} has no documentation.");
            }
        }

        SourceTree.AssertClean(lookedAt, offences);
    }

    private static bool IsEnglish(string file) => file.EndsWith(".en.resx", StringComparison.Ordinal);

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Parse(SourceTree.Read(file)).Root!.Elements("data").ToDictionary(data => (string)data.Attribute("name")!, data => (string?)data.Element("value") ?? "", StringComparer.Ordinal);

    private static string Blanks(string text) => string.Join(' ', Blank().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|partial|readonly|ref|unsafe) )*(?:class|interface|enum|struct|delegate|record(?: struct| class)?) (\w+)")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^\s*#pragma warning disable|\[(assembly: )?(\w+\.)*SuppressMessage\(")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"//\s*\S+|Justification\s*=\s*""[^""]+""")]
    private static partial Regex Reason();
}
