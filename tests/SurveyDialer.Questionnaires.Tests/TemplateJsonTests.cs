using System.Text.Json;

namespace SurveyDialer.Questionnaires.Tests;

public sealed class TemplateJsonTests
{
    private static readonly string Folder = Path.Combine(Shipped.TestFolder(), "Stored");

    public static TheoryData<string> StoredForms => [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileName(f))];

    [Fact]
    public void Canonical_json_reads_back_to_the_same_bytes_and_hash()
    {
        foreach (var id in Shipped.Ids)
        {
            var template = Shipped.Template(id);
            var json = TemplateJson.Write(template);
            var again = TemplateJson.Read(json);
            Assert.Equal(json, TemplateJson.Write(again));
            Assert.Equal(TemplateJson.Hash(template), TemplateJson.Hash(again));
            Assert.Equal(32, TemplateJson.Hash(template).Length);
            Assert.Empty(TemplateCheck.Check(again));
        }
    }

    [Fact]
    public void Changing_one_character_changes_the_hash()
    {
        var template = Shipped.Template("text");
        Assert.NotEqual(TemplateJson.Hash(template), TemplateJson.Hash(template with { Version = 99 }));
    }

    /// <summary>Forms of released versions: a running campaign must go on after an update. Files are added, never changed.</summary>
    [Theory]
    [MemberData(nameof(StoredForms))]
    public void Stored_form_of_every_release_can_still_be_held(string file)
    {
        var json = File.ReadAllText(Path.Combine(Folder, file)).TrimEnd('\n');
        var template = TemplateJson.Read(json);
        Assert.Equal(json, TemplateJson.Write(template));
        Assert.Null(Shipped.Engine(template, template.Channels[0]).Start().End);
    }

    /// <summary>A changed template needs a new version number; <c>ADD_STORED_FORMS=1</c> then adds its stored form.</summary>
    [Fact]
    public void Shipped_template_is_the_stored_form_of_its_version()
    {
        foreach (var template in Shipped.Ids.Select(Shipped.Template))
        {
            var path = Path.Combine(Folder, $"{template.Id}-{template.Version}.json");
            if (Environment.GetEnvironmentVariable("ADD_STORED_FORMS") == "1" && !File.Exists(path))
                File.WriteAllText(path, TemplateJson.Write(template) + "\n");
            Assert.Equal(File.ReadAllText(path).TrimEnd('\n'), TemplateJson.Write(template));
        }
    }

    [Fact]
    public void Stored_json_of_a_newer_version_is_refused_rather_than_half_read()
    {
        var json = TemplateJson.Write(Shipped.Template("text"));
        Assert.Throws<JsonException>(() => TemplateJson.Read(json.Replace("{\"id\"", "{\"new_rule\":1,\"id\"", StringComparison.Ordinal)));
    }
}
