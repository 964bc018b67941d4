using System.Security.Cryptography;

namespace SurveyDialer.Questionnaires;

/// <summary>What lies in the folder <c>audio/LANGUAGE</c> of a template.</summary>
/// <param name="Path">For findings, for example <c>short-keys/audio/cmn-x-huangping</c>.</param>
/// <param name="Manifest">Text of <c>manifest.yaml</c>; null where there is none.</param>
/// <param name="Files">Every other file, by name.</param>
public sealed record RecordedLanguage(string Language, string Path, string? Manifest, IReadOnlyList<(string Name, byte[] Bytes)> Files);

/// <summary>Puts files and the words said in them together.</summary>
public static class RecordingReader
{
    /// <summary>Lists each file with the words said in it.</summary>
    public const string ManifestName = "manifest.yaml";

    private const string Ending = ".wav";

    /// <summary>Reads every file of every folder; what is wrong becomes a finding, never an exception.</summary>
    public static RecordingSet Read(IReadOnlyList<RecordedLanguage> folders)
    {
        var all = new List<Recording>();
        var findings = new List<Finding>();
        foreach (var folder in folders) ReadFolder(folder, all, findings);
        foreach (var copies in all.GroupBy(r => r.Sha256).Where(group => group.DistinctBy(r => (r.Language, r.Words)).Count() > 1))
        {
            foreach (var copy in copies.Skip(1))
                findings.Add(new Finding(FindingSeverity.Error, copy.File, 0, copy.Step, "recording_copied", [copies.First().File]));
        }

        return new RecordingSet(all, findings);
    }

    private static void ReadFolder(RecordedLanguage folder, List<Recording> all, List<Finding> findings)
    {
        var manifest = $"{folder.Path}/{ManifestName}";
        void Error(string file, int line, string key, string problem, params string[] arguments)
            => findings.Add(new Finding(FindingSeverity.Error, file, line, key, problem, arguments));
        if (folder.Manifest is not { } yaml)
        {
            Error(manifest, 0, "", "manifest_missing");
            return;
        }

        var log = new ReadingLog(manifest);
        var words = Words(yaml, log);
        findings.AddRange(log.Findings);
        if (words is null) return;
        foreach (var (name, (line, said)) in words.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (folder.Files.FirstOrDefault(file => file.Name == name) is not { Bytes: { } bytes })
            {
                Error(manifest, line, name, "recording_file_missing", name);
                continue;
            }

            var (wave, problem) = name.EndsWith(Ending, StringComparison.Ordinal) ? WaveFile.Read(bytes) : (null, new WaveProblem("wav_other_kind"));
            if (wave is null)
                Error($"{folder.Path}/{name}", 0, "", problem!.Key, problem.Arguments);
            else
                all.Add(new Recording(folder.Language, StepOf(name), said, wave.Seconds, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes) { File = $"{folder.Path}/{name}" });
        }

        foreach (var (name, _) in folder.Files.Where(file => !words.ContainsKey(file.Name)))
            Error($"{folder.Path}/{name}", 0, "", "recording_unlisted", name);
    }

    /// <summary>File → line and words; null where the manifest cannot be read.</summary>
    private static Dictionary<string, (int Line, string Words)>? Words(string yaml, ReadingLog log)
    {
        try
        {
            if (YamlTree.Parse(yaml) is not YamlMap map)
            {
                log.Error(1, "", "not_a_mapping");
                return null;
            }

            var words = new Dictionary<string, (int, string)>(StringComparer.Ordinal);
            foreach (var (key, value) in map.Entries)
            {
                if (value is YamlText { Value: var said } && !string.IsNullOrWhiteSpace(said)) words[key.Value] = (key.Line, said.ReplaceLineEndings(" ").Trim());
                else log.Error(value.Line, key.Value, "not_a_text");
            }

            return words;
        }
        catch (YamlFault fault)
        {
            log.Error(fault.Line, "", fault.Problem, [.. fault.Arguments]);
            return null;
        }
    }

    private static string StepOf(string name)
    {
        var step = name[..^Ending.Length];
        var at = step.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? step : step[..at];
    }
}
