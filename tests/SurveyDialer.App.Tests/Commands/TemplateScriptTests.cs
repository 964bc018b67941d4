using SurveyDialer.App.Commands;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class TemplateScriptTests : IDisposable
{
    private static readonly string[] Blanks =
        ["org=云溪镇人民政府", "verify_phone=0851-01234567", "approval_no=云统〔2026〕1号", "frame_name=网格台账", "delete_days=30", "date_from=9月1日"];

    private readonly CommandLine line = new();
    private readonly string audio;

    public TemplateScriptTests()
    {
        audio = DialectTemplate.Write(
            Path.Combine(line.Data, "templates"), File.ReadAllText(Path.Combine(App.Hosting.ContentFolders.Templates(), "short-keys", "template.yaml")));
        Directory.Delete(audio, recursive: true);
    }

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_clerk_reads_what_the_sheet_says_and_the_check_is_content()
    {
        Assert.Equal(3, (await line.OnDataAsync("template", "check", DialectTemplate.Id, "--json")).Code);
        var told = await ScriptAsync("--township", "云溪镇", "--write", "--json");
        Assert.True(told.Code == 0, told.Problems);
        var lines = told.Json.GetProperty("lines").EnumerateArray().ToList();
        Assert.True(lines.Count > 30);
        foreach (var (pitch, name) in lines.Select(entry => entry.GetProperty("file").GetString()!).Index())
            await File.WriteAllBytesAsync(Path.Combine(audio, name), Waves.Tone(0.2, pitch), TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(audio, "question.S1@云溪镇.wav")));
        Assert.True(File.Exists(Path.Combine(audio, "identity.wav")));

        var check = await line.OnDataAsync("template", "check", DialectTemplate.Id, "--json");
        Assert.True(check.Code == 0, check.Out);
        Assert.Empty((await ScriptAsync("--township", "云溪镇", "--json")).Json.GetProperty("lines").EnumerateArray());
        var second = (await ScriptAsync("--township", "石桥镇", "--json")).Json.GetProperty("lines").EnumerateArray().Select(entry => entry.GetProperty("file").GetString()).ToList();
        Assert.Equal(["question.S1@石桥镇.wav"], second);
    }

    [Fact]
    public async Task The_sheet_never_overwrites_what_somebody_wrote()
    {
        Directory.CreateDirectory(audio);
        var manifest = Path.Combine(audio, "manifest.yaml");
        await File.WriteAllTextAsync(manifest, "a.wav: b\n", TestContext.Current.CancellationToken);
        var told = await ScriptAsync("--township", "云溪镇", "--write");
        Assert.Equal(2, told.Code);
        Assert.Contains(manifest, told.Problems, StringComparison.Ordinal);
        Assert.Equal("a.wav: b\n", await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_not_known_yet_is_asked_for()
    {
        var told = await line.OnDataAsync("template", "script", DialectTemplate.Id, DialectTemplate.Language);
        Assert.Equal(2, told.Code);
        Assert.Contains("--blank org=", told.Problems, StringComparison.Ordinal);
        Assert.Contains("--blank township=", told.Problems, StringComparison.Ordinal);
        Assert.Equal(2, (await line.OnDataAsync("template", "script", DialectTemplate.Id, "fr")).Code);
        Assert.Equal(2, (await line.OnDataAsync("template", "script", "nothing", "fr")).Code);
        Assert.NotEqual(0, (await ScriptAsync("--township", "a/b")).Code);
    }

    private Task<Told> ScriptAsync(params string[] more)
        => line.OnDataAsync(["template", "script", DialectTemplate.Id, DialectTemplate.Language, .. Blanks.SelectMany(blank => new[] { "--blank", blank }), .. more]);
}
