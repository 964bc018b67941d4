using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SurveyDialer.Tests.House;

/// <summary>Which project may know which; and that every project is built like the others.</summary>
public sealed partial class ReferencesTests
{
    private const string Hangfire = "SurveyDialer.Hangfire";

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["SurveyDialer.Questionnaires"] = [],
        ["SurveyDialer.Statistics"] = [],
        ["SurveyDialer"] = ["SurveyDialer.Questionnaires", "SurveyDialer.Statistics"],
        ["SurveyDialer.Twilio"] = ["SurveyDialer", "SurveyDialer.Questionnaires"],
        ["SurveyDialer.Simulator"] = [],
        [Hangfire] = ["SurveyDialer"],
        ["SurveyDialer.App"] =
            ["SurveyDialer", "SurveyDialer.Questionnaires", "SurveyDialer.Statistics", "SurveyDialer.Twilio", "SurveyDialer.Simulator", Hangfire],
    };

    [Fact]
    public void Every_project_below_src_has_its_line_in_the_table()
    {
        var projects = SourceTree.Projects("src").Select(Name).ToList();
        SourceTree.AssertClean(projects.Count, projects.Where(project => !Allowed.ContainsKey(project)).Select(project => $"{project} is not in the table."));
    }

    [Fact]
    public void Projects_reference_only_what_the_table_allows()
    {
        var references = SourceTree.Projects("src").SelectMany(project => References(project).Select(to => (From: Name(project), To: to))).ToList();
        SourceTree.AssertClean(references.Count, references.Where(r => !Allowed[r.From].Contains(r.To)).Select(r => $"{r.From} must not reference {r.To}."));
    }

    [Fact]
    public void Sources_name_only_projects_that_the_table_allows()
    {
        var lookedAt = 0;
        var offences = new List<string>();
        foreach (var (project, allowed) in Allowed)
        {
            foreach (var file in SourceTree.Files($"src/{project}", ".cs", ".cshtml", ".razor"))
            {
                lookedAt++;
                offences.AddRange(SourceTree.Code(file).SelectMany(line => ProjectName().Matches(line)).Select(match => match.Value).Distinct()
                    .Where(named => named != project && Allowed.ContainsKey(named) && !allowed.Contains(named))
                    .Select(named => $"{file} names {named}."));
            }
        }

        SourceTree.AssertClean(lookedAt, offences);
    }

    [Fact]
    public void Built_assemblies_reference_only_what_the_table_allows()
    {
        var assemblies = new[] { typeof(SurveyDialer.Scheduling.ITimeline).Assembly, typeof(SurveyDialer.Questionnaires.InterviewInput).Assembly };
        var ours = assemblies.SelectMany(assembly => assembly.GetReferencedAssemblies().Select(to => (From: Plain(assembly.GetName().Name!), To: Plain(to.Name!))))
            .Where(r => Allowed.ContainsKey(r.To)).ToList();
        SourceTree.AssertClean(ours.Count, ours.Where(r => !Allowed[r.From].Contains(r.To)).Select(r => $"{r.From} uses {r.To}."));

        static string Plain(string assembly) => assembly == "SurveyDialer.Core" ? "SurveyDialer" : assembly;
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_a_lock_file()
    {
        var solution = SourceTree.Read("SurveyDialer.sln").Replace('\\', '/');
        var projects = SourceTree.Projects("src").Concat(SourceTree.Projects("tests")).Where(project => !Name(project).StartsWith(Hangfire, StringComparison.Ordinal)).ToList();
        SourceTree.AssertClean(
            projects.Count,
            projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)).Select(project => $"{project} is not in the solution.")
                .Concat(projects.Where(project => !File.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(project)!, "packages.lock.json"))).Select(project => $"{project} has no lock file.")));
        Assert.DoesNotContain(Hangfire, solution, StringComparison.Ordinal);
    }

    [Fact]
    public void Package_versions_stand_in_one_file_and_are_exact()
    {
        var versions = XDocument.Parse(SourceTree.Read("src/Directory.Packages.props")).Descendants("PackageVersion").ToList();
        SourceTree.AssertClean(
            versions.Count,
            versions.Where(version => !ExactVersion().IsMatch((string?)version.Attribute("Version") ?? "")).Select(version => $"{version.Attribute("Include")} has no exact version.")
                .Concat(SourceTree.Projects("src").Concat(SourceTree.Projects("tests")).Where(project => !Name(project).StartsWith(Hangfire, StringComparison.Ordinal))
                    .Where(project => XDocument.Parse(SourceTree.Read(project)).Descendants("PackageReference").Attributes("Version").Any()).Select(project => $"{project} names a version.")));
    }

    [Fact]
    public void Banned_symbols_reach_every_project()
    {
        var banned = SourceTree.Read("src/BannedSymbols.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        SourceTree.AssertClean(banned.Length, banned.Where(line => !BannedSymbol().IsMatch(line)).Select(line => $"Not 'kind:symbol;reason': {line}"));
        Assert.Contains(banned, line => line.StartsWith("P:System.DateTime.UtcNow;", StringComparison.Ordinal));
        var props = SourceTree.Read("src/Directory.Build.props");
        Assert.Contains("BannedSymbols.txt", props, StringComparison.Ordinal);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", props, StringComparison.Ordinal);
        Assert.Contains("../src/Directory.Build.props", SourceTree.Read("tests/Directory.Build.props"), StringComparison.Ordinal);
    }

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project);

    private static IEnumerable<string> References(string project) =>
        XDocument.Parse(SourceTree.Read(project)).Descendants("ProjectReference").Select(reference => Name(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    [GeneratedRegex(@"(?<![\w.])SurveyDialer\.[A-Z]\w+")]
    private static partial Regex ProjectName();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?$")]
    private static partial Regex ExactVersion();

    [GeneratedRegex(@"^[TMPFE]:[\w.#`(),{}]+;.+$")]
    private static partial Regex BannedSymbol();
}
