using System.Globalization;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Campaigns;

/// <summary>The templates on disk: those of the product and the office's own, which win over one of the same name.</summary>
/// <param name="folders">Searched in order; each holds <c>ID/template.yaml</c>.</param>
public sealed class TemplateLibrary(params IReadOnlyList<string> folders)
{
    private const string CommonNotices = "notices.yaml";

    /// <summary>Where it looks, the office's own first.</summary>
    public IReadOnlyList<string> Roots => folders;

    /// <summary>Names of all templates, in alphabetical order.</summary>
    public IReadOnlyList<string> Ids =>
    [
        .. folders.Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .Where(folder => File.Exists(Path.Combine(folder, "template.yaml")))
            .Select(folder => Path.GetFileName(folder)!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a template and checks its form. Null when there is none of that name.</summary>
    public TemplateReading? Read(string id)
    {
        var file = Folders(id).Select(folder => Path.Combine(folder, "template.yaml")).FirstOrDefault(File.Exists);
        return file is null ? null : ReadFile(file);
    }

    /// <summary>
    /// The recordings of a template, from <c>ID/audio/LANGUAGE</c> in any of the folders; of a language that lies in several, the first counts, so that an
    /// office can record a template of the product without copying it.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public RecordingSet Recordings(string id) => RecordingFolder.Read(Folders(id));

    /// <summary>The recordings beside a template's file.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RecordingSet RecordingsBeside(string file) => RecordingFolder.Read([Path.GetDirectoryName(Path.GetFullPath(file))!]);

    /// <summary>A template as a campaign stores it: with the common public texts where it has none of its own.</summary>
    /// <exception cref="InvalidDataException">The file of the common texts has mistakes; the message names them.</exception>
    public Template WithNotices(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (folders.Select(folder => Path.Combine(folder, CommonNotices)).FirstOrDefault(File.Exists) is not { } file) return template;
        var (common, findings) = TemplateReader.ReadCommonNotices(TextFile.Read(file), CommonNotices);
        if (common is null) throw new InvalidDataException(string.Join(' ', findings.Select(finding => finding.InWords(CultureInfo.CurrentUICulture))));
        return template with { Notices = Notices.Together(template.Notices, common, template.Languages) };
    }

    /// <summary>Reads a template from any file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TemplateReading ReadFile(string file)
        => TemplateReader.Read(TextFile.Read(file), Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) + "/" + Path.GetFileName(file));

    private IEnumerable<string> Folders(string id)
        => id.Length == 0 || id.AsSpan().IndexOfAny("/\\") >= 0 || id is "." or ".." ? [] : folders.Select(folder => Path.Combine(folder, id));
}
