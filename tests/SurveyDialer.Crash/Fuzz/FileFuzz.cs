using System.IO.Compression;
using System.Text;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;

namespace SurveyDialer.Crash.Fuzz;

/// <summary>Lists of residents and templates, damaged in every way: each is read, or refused in words, and nothing is thrown.</summary>
/// <param name="root">Of the source tree: the samples of the tests and the delivered templates are what is damaged.</param>
internal sealed class FileFuzz(string root, Random random)
{
    private readonly List<(string Name, byte[] Bytes)> lists = Load(Path.Combine(root, "tests", "SurveyDialer.Tests", "Sample", "Files"), "*");
    private readonly List<(string Name, byte[] Bytes)> templates = Load(Path.Combine(root, "campaign-templates"), "template.yaml");

    /// <returns>What went wrong; null when nothing did.</returns>
    internal string? Try()
    {
        var isList = random.Next(2) == 0;
        var (name, good) = random.One(isList ? lists : templates);
        var bytes = isList && name.EndsWith(".xlsx", StringComparison.Ordinal) && random.Next(2) == 0 && InsideOf(good) is { } inside ? inside : Mutation.Of(good, random);
        try
        {
            if (isList) ReadList(name, bytes);
            else ReadTemplate(bytes);
            return null;
        }
        catch (Exception fault)
        {
            return $"{Path.GetFileName(name)}: {fault.GetType().Name}: {fault.Message} {Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 400)))}";
        }
    }

    private static void ReadList(string name, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        var (file, problem) = FrameReader.Open(stream, name, null);
        if (file is null)
        {
            if (problem is null) throw new InvalidOperationException("Neither a list nor a problem.");
            return;
        }

        using (file)
        {
            while (file.Next() is not null)
            {
            }
        }
    }

    private static void ReadTemplate(byte[] bytes)
    {
        var reading = TemplateReader.Read(Encoding.UTF8.GetString(bytes), "fuzz");
        if (reading.Template is { } template) TemplateJson.Read(TemplateJson.Write(template));
        else if (reading.Findings.Count == 0) throw new InvalidOperationException("Neither a template nor a finding.");
    }

    private static List<(string Name, byte[] Bytes)> Load(string folder, string pattern)
        => [.. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllBytes(file)))];

    /// <summary>A workbook that is a sound zip around one damaged part; null for what is no zip to begin with.</summary>
    private byte[]? InsideOf(byte[] workbook)
    {
        try
        {
            using var file = new MemoryStream();
            file.Write(workbook);
            using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
            {
                var entry = random.One([.. zip.Entries.Where(entry => entry.Length > 0)]);
                var part = new byte[entry.Length];
                using var stream = entry.Open();
                stream.ReadExactly(part);
                var damaged = Mutation.Of(part, random);
                stream.SetLength(0);
                stream.Write(damaged);
            }

            return file.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
