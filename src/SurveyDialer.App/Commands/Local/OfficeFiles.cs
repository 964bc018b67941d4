using System.IO.Compression;

namespace SurveyDialer.App.Commands.Local;

/// <summary>
/// What an office has put into its data folder beside the database: its own templates with their recordings, calendars, official surveys. Not
/// <c>settings.json</c>, which holds the carrier's token.
/// </summary>
internal static class OfficeFiles
{
    private static readonly string[] Folders = ["templates", "calendars"];
    private static readonly string[] Files = ["official-surveys.yaml"];

    /// <summary>Writes them into one zip, under their paths in the folder.</summary>
    /// <param name="file">Must not exist; is not made when there is nothing to write.</param>
    /// <returns>Files written.</returns>
    internal static int Write(string root, string file)
    {
        var found = Folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Files.Select(name => Path.Combine(root, name)).Where(File.Exists))
            .Order(StringComparer.Ordinal).ToList();
        if (found.Count == 0) return 0;
        using var zip = new ZipArchive(OwnFile.Create(file), ZipArchiveMode.Create);
        foreach (var path in found) zip.CreateEntryFromFile(path, Path.GetRelativePath(root, path).Replace('\\', '/'));
        return found.Count;
    }
}
