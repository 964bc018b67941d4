using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A dialect from its folder of recordings to what a resident hears.</summary>
public sealed class RecordingsTests : IDisposable
{
    private readonly string templates = Directory.CreateTempSubdirectory("surveydialer-dialect-").FullName;
    private readonly string audio;

    public RecordingsTests() => audio = DialectTemplate.Write(templates, SourceTree.Read("campaign-templates/short-keys/template.yaml"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(templates)) Directory.Delete(templates, recursive: true);
    }

    [Fact]
    public async Task A_call_plays_what_was_recorded_at_launch_whatever_becomes_of_the_folder()
    {
        await using var office = new TextOffice(ownTemplates: templates);
        var wanted = await File.ReadAllBytesAsync(Path.Combine(audio, "identity.wav"), Cancellation);
        await office.LaunchAsync(DialectTemplate.Id, [[TextOffice.Landline]]);
        Directory.Delete(templates, recursive: true);

        var first = (await office.TurnAsync(0, 0, null))!;
        Assert.Equal(["identity", "about", "ask"], first.Says.Take(3).Select(said => StepOf(office, said)));
        Assert.Equal(wanted, office.Office.PromptAudio(first.Says[0].Audio!));
        Assert.Equal(("zh-CN", null), (first.Says[3].Language, first.Says[3].Audio));
        var next = (await office.TurnAsync(0, 1, "1"))!;
        Assert.NotEmpty(next.Says);
        Assert.All(next.Says, said => Assert.NotNull(office.Office.PromptAudio(said.Audio!)));
        Assert.Null(office.Office.PromptAudio(new string('0', 64)));
    }

    [Fact]
    public async Task A_backup_holds_the_recordings()
    {
        await using var office = new TextOffice(ownTemplates: templates);
        await office.LaunchAsync(DialectTemplate.Id, [[TextOffice.Landline]]);
        var copy = Path.Combine(templates, "copy.db");
        office.Files.Database.CopyTo(copy);
        Assert.Empty(Database.Damage(copy));
        await using var restored = Database.Open(new DatabaseOptions { Path = copy, ThrowAway = true }, office.Time.Clock);
        var kept = restored.Read(connection => PromptAudioStore.Of(connection, 1));
        Assert.Equal(Directory.GetFiles(audio, "*.wav").Length, kept.Count);
        Assert.All(kept.Values, sha256 => Assert.NotNull(restored.Read(connection => PromptAudioStore.Find(connection, sha256))));
    }

    [Fact]
    public async Task A_sentence_that_names_another_office_keeps_the_round_from_being_made()
    {
        await using var office = new TextOffice(ownTemplates: templates);
        await office.LaunchAsync(DialectTemplate.Id, [[TextOffice.Landline]]);
        var draft = office.Draft(DialectTemplate.Id);
        Assert.Empty(office.Office.Launch.Missing(draft));

        var other = draft with { Blanks = new Dictionary<string, string>(draft.Blanks) { ["org." + DialectTemplate.Language] = "another office" } };
        var missing = Assert.Single(office.Office.Launch.Missing(other));
        Assert.Equal("recordings_missing", missing.Key);
        Assert.Equal([DialectTemplate.Language, "云溪镇"], missing.Arguments.Take(2));
        await Assert.ThrowsAsync<InvalidOperationException>(() => office.Office.Launch.CreateAsync(other, Cancellation));
        Assert.DoesNotContain(office.Office.Launch.Missing(other with { Carrier = "desk-phone" }), problem => problem.Key == "recordings_missing");
    }

    [Fact]
    public async Task A_dialect_without_its_recordings_is_not_launched()
    {
        File.Delete(Path.Combine(audio, "consent.wav"));
        await using var office = new TextOffice(ownTemplates: templates);
        await Assert.ThrowsAsync<InvalidOperationException>(() => office.LaunchAsync(DialectTemplate.Id, [[TextOffice.Landline]]));
        Assert.Equal("template_has_errors", Assert.Single(office.Office.Launch.Missing(office.Draft(DialectTemplate.Id))).Key);
    }

    [Fact]
    public void An_office_records_a_template_of_the_product_without_copying_it()
    {
        var own = Path.Combine(templates, "own");
        var shipped = Path.Combine(templates, "shipped");
        foreach (var (root, words) in (ReadOnlySpan<(string, string)>)[(shipped, "shipped"), (own, "own")])
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, "t", "audio", "zh-CN")).FullName;
            File.WriteAllBytes(Path.Combine(folder, "identity.wav"), Waves.Tone(0.1, words.Length));
            File.WriteAllText(Path.Combine(folder, "manifest.yaml"), "identity.wav: " + words);
        }

        Assert.Equal("own", Assert.Single(new TemplateLibrary(own, shipped).Recordings("t").All).Words);
        Assert.Equal("shipped", Assert.Single(new TemplateLibrary(shipped).Recordings("t").All).Words);
        Assert.Empty(new TemplateLibrary(shipped).Recordings("../shipped/t").All);
        Assert.Empty(new TemplateLibrary(shipped).Recordings("nothing").All);
    }

    private static string StepOf(TextOffice office, Utterance said)
        => office.One<string>($"SELECT step FROM campaign_recording WHERE hex(sha256) = '{said.Audio!.ToUpperInvariant()}';");
}
