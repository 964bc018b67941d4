using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>Reads the folders <c>audio/LANGUAGE</c> of a template from disk.</summary>
internal static class RecordingFolder
{
    /// <summary>Far more than a prompt of a minute takes; of a longer file only so much is read, and refused as damaged.</summary>
    private const int LargestFile = 2 * 1024 * 1024;

    /// <param name="templates">The template's folders. A language is read whole from the first that has it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static RecordingSet Read(IEnumerable<string> templates)
    {
        var languages = templates
            .Select(template => (Template: template, Audio: Path.Combine(template, "audio")))
            .Where(found => Directory.Exists(found.Audio))
            .SelectMany(found => Directory.GetDirectories(found.Audio).Select(path => (found.Template, Path: path, Language: Path.GetFileName(path))))
            .DistinctBy(found => found.Language, StringComparer.Ordinal)
            .OrderBy(found => found.Language, StringComparer.Ordinal)
            .Select(found => Language(found.Path, found.Language, $"{Path.GetFileName(Path.GetFullPath(found.Template))}/audio/{found.Language}"))
            .ToList();
        return languages.Count == 0 ? RecordingSet.Empty : RecordingReader.Read(languages);
    }

    private static RecordedLanguage Language(string path, string language, string shownPath)
    {
        var manifest = Path.Combine(path, RecordingReader.ManifestName);
        return new RecordedLanguage(
            language, shownPath, File.Exists(manifest) ? TextFile.Read(manifest) : null,
            [
                .. Directory.GetFiles(path).Order(StringComparer.Ordinal).Select(file => (Name: Path.GetFileName(file), file))
                    .Where(entry => entry.Name != RecordingReader.ManifestName && !entry.Name.StartsWith('.'))
                    .Select(entry => (entry.Name, Start(entry.file))),
            ]);
    }

    private static byte[] Start(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        var bytes = new byte[Math.Min(stream.Length, LargestFile)];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
