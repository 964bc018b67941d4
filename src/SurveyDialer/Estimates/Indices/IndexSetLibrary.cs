using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>The index sets on disk: those of the product and the office's own, which win over one of the same name.</summary>
/// <param name="folders">Searched in order; each may hold <c>indices/ID.yaml</c>.</param>
public sealed class IndexSetLibrary(IReadOnlyList<string> folders)
{
    /// <summary>Name of the folder among the templates.</summary>
    public const string Folder = "indices";

    private const long LargestFile = 1024 * 1024;

    /// <summary>Names of all sets: the office's own first, each part in alphabetical order.</summary>
    public IReadOnlyList<string> Ids =>
    [
        .. folders.Select(folder => Path.Combine(folder, Folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>All sets without mistakes, in the order of <see cref="Ids"/>.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<IndexSet> Sets => [.. Ids.Select(id => Read(id)?.Set).OfType<IndexSet>()];

    /// <summary>Reads a set and checks its form. Null when there is none of that name.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IndexSetReading? Read(string id)
    {
        if (string.IsNullOrEmpty(id) || id.AsSpan().IndexOfAny("/\\") >= 0) return null;
        var file = folders.Select(folder => Path.Combine(folder, Folder, id + ".yaml")).FirstOrDefault(File.Exists);
        return file is null ? null : ReadFile(file);
    }

    /// <summary>Reads a set from any file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IndexSetReading ReadFile(string file)
    {
        if (new FileInfo(file).Length > LargestFile) throw new IOException($"{file}: > {LargestFile / 1024} kB");
        return IndexSetReader.Read(TextFile.Read(file), $"{Folder}/{Path.GetFileName(file)}");
    }

    /// <summary>What a round of this questionnaire takes: the set chosen, or the one that fits best.</summary>
    /// <param name="chosen">Name of a set; null: whichever fits.</param>
    /// <returns>The set as the round will report it; or why the one chosen cannot be taken.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public (IndexSet? Set, IndexProblem? Problem) Choose(string? chosen, Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (chosen is null) return (IndexFit.Default(Sets, template), null);
        if (chosen == IndexFit.AllId) return (IndexFit.AllOf(template), null);
        if (Read(chosen) is not { } reading) return (null, new IndexProblem("set_unknown", chosen, string.Join("、", Ids)));
        if (reading.Set is not { } set) return (null, new IndexProblem("set_has_errors", chosen));
        var nothing = set.Indices.All(index => IndexFit.QuestionOf(template, index.Tag) is null);
        return nothing ? (null, new IndexProblem("set_asks_nothing", chosen, template.Id)) : (IndexFit.Complete(set, template), null);
    }
}
