using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SurveyDialer.Campaigns;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Pages;

public sealed partial class DialPadRecordingsTests : IDisposable
{
    private readonly string templates = Directory.CreateTempSubdirectory("surveydialer-dialect-").FullName;

    [GeneratedRegex("<audio [^>]*src=\"([^\"]+)\"")]
    private static partial Regex Player { get; }

    public void Dispose() => Directory.Delete(templates, recursive: true);

    [Fact]
    public async Task What_is_recorded_is_played_and_what_is_not_is_only_read()
    {
        var audio = DialectTemplate.Write(templates, await File.ReadAllTextAsync(Path.Combine(SampleTownship.TemplatesFolder, "short-keys", "template.yaml"), Test.Token));
        await using var host = await PageHost.StartAsync(filled: false, change: services => services.AddSingleton(new TemplateLibrary(templates)));
        using var browser = host.Browser();
        var html = await browser.GetStringAsync($"/dial-pad/walk?template=yunxi&language={DialectTemplate.Language}&channel=Voice", Test.Token);

        var players = Player.Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToList();
        Assert.Equal(3, players.Count);
        using var answer = await browser.GetAsync(players[0], Test.Token);
        Assert.Equal("audio/wav", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(audio, "identity.wav"), Test.Token), await answer.Content.ReadAsByteArrayAsync(Test.Token));
        Assert.Contains("media-src 'self'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")));
        foreach (var other in (string[])["template=yunxi&sha256=" + new string('0', 64), "template=..&sha256=x", "template=yunxi", "sha256=x"])
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/dial-pad/walk?handler=Audio&" + other, Test.Token)).StatusCode);

        var mandarin = await browser.GetStringAsync("/dial-pad/walk?template=yunxi&language=zh-CN&channel=Voice", Test.Token);
        Assert.Single(Player.Matches(mandarin));
    }
}
