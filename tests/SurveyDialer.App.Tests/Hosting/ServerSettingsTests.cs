using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Tests.Hosting;

public sealed class ServerSettingsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("surveydialer-settings-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Without_a_file_the_defaults_stand_and_nothing_is_wrong() => Assert.Empty(ServerSettings.Read(root).Problems());

    [Fact]
    public void Known_keys_are_read_whatever_their_case()
    {
        var settings = Read("""{"PagesPort": 9090, "twilio": {"lines": 7, "Voices": {"zh-CN": {"Language": "zh-CN", "Voice": "x"}}}}""");
        Assert.Empty(settings.Problems());
        Assert.Equal((9090, 7), (settings.PagesPort, settings.Twilio.Lines));
    }

    [Fact]
    public void A_key_in_the_wrong_place_is_told_its_place()
    {
        var problem = Assert.Single(Read("""{"Lines": 7}""").Problems());
        Assert.Contains("Lines", problem, StringComparison.Ordinal);
        Assert.Contains("Twilio:Lines", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Twilio": {"Tokn": "x"}}""", "Twilio:Tokn", "Twilio:AuthToken")]
    [InlineData("""{"Pages": {"Colour": "red"}}""", "Pages:Colour", "PagesPort")]
    public void An_unknown_key_is_named_with_all_that_there_are(string json, string key, string named)
    {
        var problem = Assert.Single(Read(json).Problems());
        Assert.Contains(key, problem, StringComparison.Ordinal);
        Assert.Contains(named, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Lan": true, "LanAddress": "127.0.0.2", "LanPort": 8080}""", false)]
    [InlineData("""{"Lan": true, "LanAddress": "127.0.0.2", "LanPort": 8081}""", false)]
    [InlineData("""{"Lan": true, "LanAddress": "office-pc"}""", false)]
    [InlineData("""{"Lan": true, "LanAddress": "127.0.0.2", "LanPort": 0}""", false)]
    [InlineData("""{"Lan": true, "LanAddress": "127.0.0.2"}""", true)]
    [InlineData("""{"LanPort": 8080}""", true)]
    public void Other_machines_come_in_at_a_port_of_their_own(string json, bool right)
    {
        var settings = Read(json);
        Assert.Equal(right, settings.Problems().Count == 0);
        if (right) Assert.Equal(settings.Lan ? ["127.0.0.2"] : [], settings.LanListening.Select(address => address.ToString()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"PagesPort": "many"}""")]
    public void What_cannot_be_read_names_the_file(string json)
        => Assert.Contains("settings.json", Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Times_and_practice_reach_the_dispatcher()
    {
        var settings = Read("""{"Practice": true, "Twilio": {"BaseAddress": "http://127.0.0.1:4010", "Lines": 3}, "Fieldwork": {"ReconcileEvery": "00:00:05", "ringTime": "00:00:00.250"}}""");
        Assert.Empty(settings.Problems());
        var times = settings.Dispatching;
        Assert.Equal(("simulator", 3, TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(250)), (times.CarrierName, times.Lines, times.ReconcileEvery, times.RingTime));
        Assert.Equal("twilio", Read("{}").Dispatching.CarrierName);
    }

    [Theory]
    [InlineData("""{"Practice": true}""", "api.twilio.com")]
    [InlineData("""{"Fieldwork": {"LookAgain": "00:00:00"}}""", "Fieldwork:LookAgain")]
    [InlineData("""{"Fieldwork": {"MaximumCall": "8.00:00:00"}}""", "Fieldwork:MaximumCall")]
    [InlineData("""{"Fieldwork": {"ReconcileEvery": "00:00:07"}}""", "Fieldwork:ReconcileEvery")]
    [InlineData("""{"Fieldwork": {"CarrierName": "simulator"}}""", "Fieldwork:CarrierName")]
    public void What_practice_and_times_cannot_be_is_named(string json, string named)
        => Assert.Contains(named, Assert.Single(Read(json).Problems()), StringComparison.Ordinal);

    private ServerSettings Read(string json)
    {
        File.WriteAllText(Path.Combine(root, "settings.json"), json);
        return ServerSettings.Read(root);
    }
}
