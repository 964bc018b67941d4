using System.IO.Compression;

namespace SurveyDialer.Storage;

/// <summary>
/// What an office has put into its data folder beside the database: its own templates with their recordings, calendars, official surveys. Not
/// <c>settings.json</c>, which holds the carrier's token.
/// </summary>
public static class OfficeFiles
{
    private static readonly string[] Folders = ["templates", "calendars"];
    private static readonly string[] Files = ["official-surveys.yaml"];

    /// <summary>Writes them into one zip, under their paths in the folder.</summary>
    /// <param name="file">Must not exist; is not made when there is nothing to write.</param>
    /// <returns>Files written.</returns>
    public static int Write(string root, string file)
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

    /// <summary>Puts them back. What lies there already stays; what an office's own files do not include is not taken from the zip.</summary>
    /// <returns>Files written.</returns>
    /// <exception cref="InvalidDataException">The file is no zip.</exception>
    public static int PutBack(string file, string root)
    {
        using var zip = ZipFile.OpenRead(file);
        var written = 0;
        foreach (var entry in zip.Entries.Where(entry => IsOurs(entry.FullName)))
        {
            var path = Path.Combine(root, entry.FullName);
            if (File.Exists(path)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path);
            written++;
        }

        return written;
    }

    private static bool IsOurs(string name)
        => !name.EndsWith('/') && !name.Split('/', '\\').Contains("..") && (Files.Contains(name) || Folders.Any(folder => name.StartsWith(folder + "/", StringComparison.Ordinal)));
}
