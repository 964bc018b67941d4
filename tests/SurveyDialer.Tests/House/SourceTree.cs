using System.Text.RegularExpressions;

namespace SurveyDialer.Tests.House;

/// <summary>The repository's files as the structure checks see them: without build output and downloaded packages.</summary>
internal static partial class SourceTree
{
    private static readonly HashSet<string> NotOurs = ["bin", "obj", "node_modules", "artifacts", "TestResults", ".git", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths of all files below a folder, relative to the root, with forward slashes, in a fixed order.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions)
    {
        var found = new List<string>();
        Collect(new DirectoryInfo(Path.Combine(Root, folder)), found);
        return [.. found.Where(file => extensions.Length == 0 || extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal)).Order(StringComparer.Ordinal)];
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Lines of code: what is a comment is blank, so that line numbers stay.</summary>
    public static IReadOnlyList<string> Code(string file) =>
        [.. Read(file).Split('\n').Select(line => CommentLine().IsMatch(line) ? "" : TrailingComment().Replace(line, ""))];

    /// <summary>The project folders below src/ and tests/.</summary>
    public static IReadOnlyList<string> Projects(string folder) => Files(folder, ".csproj");

    /// <summary>Top folders and files of the repository, without those that are build output.</summary>
    public static IReadOnlyList<string> Top() =>
        [.. new DirectoryInfo(Root).EnumerateFileSystemInfos().Select(entry => entry.Name).Where(name => !NotOurs.Contains(name)).Order(StringComparer.Ordinal)];

    /// <summary>Fails with all offences at once; also when nothing was looked at.</summary>
    public static void AssertClean(int lookedAt, IEnumerable<string> offences)
    {
        Assert.True(lookedAt > 0, "The check looked at nothing.");
        var list = offences.ToList();
        Assert.True(list.Count == 0, string.Join('\n', list));
    }

    private static void Collect(DirectoryInfo folder, List<string> found)
    {
        if (!folder.Exists)
            return;
        found.AddRange(folder.EnumerateFiles().Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/')));
        foreach (var below in folder.EnumerateDirectories().Where(below => !NotOurs.Contains(below.Name)))
            Collect(below, found);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SurveyDialer.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No SurveyDialer.sln above {AppContext.BaseDirectory}: these checks run from a working copy.");
    }

    [GeneratedRegex(@"^\s*(//|\*|/\*)")]
    private static partial Regex CommentLine();

    [GeneratedRegex(@"\s//\s.*$")]
    private static partial Regex TrailingComment();
}
