using System.Net;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.App.Hosting;
using SurveyDialer.FollowUps;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;

namespace SurveyDialer.EndToEnd;

/// <summary>
/// The server as <c>serve</c> starts it, without any carrier setting, on a Monday morning in Shanghai; a round for desk telephones was made and
/// launched by the commands of the command line.
/// </summary>
internal sealed class DeskServer : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("surveydialer-desk-").FullName;
    private readonly int port = Loopback.FreePort();
    private readonly int lanPort = Loopback.FreePort();
    private readonly MondayMorning clock = new();
    private bool lan;
    private Installation installation = null!;
    private Server server = null!;

    internal Uri Address => server.Address;

    /// <summary>Where other machines find the pages; only where they were let in.</summary>
    internal Uri Lan => server.Lan!.Addresses[0];

    internal string Root => root;

    /// <summary>What the pages are made of.</summary>
    internal IServiceProvider Services => server.Pages.Services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string KeyPath => Path.Combine(root, "outside", "keys.json");

    /// <summary>An office on its first day: no list, no round.</summary>
    internal static async Task<DeskServer> StartEmptyAsync(bool lan = false)
    {
        var desk = new DeskServer { lan = lan };
        await desk.OpenAsync();
        return desk;
    }

    internal static async Task<DeskServer> StartAsync(int respondents, string? language = null, bool lan = false)
    {
        var desk = await StartEmptyAsync(lan);
        var frame = await desk.installation.Database.WriteAsync(
            connection => DeskRound.AddList(connection, desk.installation.Cipher, respondents, language: language), Cancellation);
        var draft = DeskRound.Draft(ContentFolders.Templates(), "standard", frame);
        await desk.CommandAsync(new CreateCampaign
        {
            Language = "zh-CN", Who = "test", Name = draft.Name, Template = draft.TemplateId, Carrier = "desk-phone", Organiser = draft.Organiser, Approval = draft.Approval,
            Blanks = draft.Blanks, Frames = draft.Frames, LastDay = draft.LastDay,
        });
        await desk.CommandAsync(new StartCampaign(1) { Language = "zh-CN", Who = "test" });
        return desk;
    }

    /// <summary>The process ends and starts again on the same folder and port.</summary>
    internal async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    internal T One<T>(string sql) => installation.Database.Read(connection => connection.QuerySingle<T>(sql))!;

    /// <summary>Lets the numbers of nobody that stand on the tests' lists pass for numbers that a telephone rings.</summary>
    internal Task LetNumbersRingAsync() => installation.Database.WriteAsync(connection => connection.Execute("UPDATE phone SET fictional = 0;"), Cancellation);

    /// <summary>What a few interviews leave behind: a case of the first respondent, and voices enough for a visit to the village.</summary>
    internal Task AddFollowUpAsync() => installation.Database.WriteAsync(
        connection =>
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            CaseStore.Open(connection, new NewCase { CampaignId = 1, RespondentId = 1, PhoneId = 1, AreaId = 2, PreferredWay = "visit", Language = "zh-CN", OpenedAt = now, DueAt = now + 86_400_000 });
            CaseStore.SetTopic(connection, 1, 1, "order");
            for (var voice = 0; voice < 5; voice++) AreaVisitStore.AddVoice(connection, 1, 2, "order", now + 86_400_000);
        },
        Cancellation);

    /// <summary>Makes a door by the command, and returns its link for other machines.</summary>
    internal async Task<string> MakeDoorAsync(string kind, string name)
    {
        var answer = await CommandAsync(new MakeDoor(Enum.Parse<SurveyDialer.People.DoorKind>(kind, ignoreCase: true), name) { Language = "zh-CN", Who = "test" });
        return answer.Lines[1];
    }

    /// <summary>A browser of its own: keeps cookies.</summary>
    internal HttpClient Browser(string language = "zh-CN")
    {
        var cookies = new CookieContainer();
        cookies.Add(Address, new Cookie("language", language));
        return new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = Address };
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(root, recursive: true);
    }

    private async Task OpenAsync()
    {
        var folder = DataFolder.TryOwn(root)!;
        installation = Installation.Make(folder, KeyPath, KeyRing.OpenOrCreate(KeyPath, "test"), shelf: null, clock);
        server = await Server.StartAsync(installation, new ServerSettings { PagesPort = port, CarrierPort = 1, Lan = lan, LanPort = lanPort, LanAddress = "127.0.0.2" }, NullLoggerFactory.Instance, Cancellation);
    }

    private async Task CloseAsync()
    {
        await server.DisposeAsync();
        await installation.DisposeAsync();
    }

    private async Task<LocalAnswer> CommandAsync(LocalCommand command)
    {
        var answer = await LocalClient.SendAsync(DataFolder.RunningServer(root)!, root, command, Cancellation);
        Assert.True(answer.ExitCode == 0, string.Join('\n', answer.Problems));
        return answer;
    }

    /// <summary>The system's clock, set to a time at which calls may be made.</summary>
    private sealed class MondayMorning : TimeProvider
    {
        private readonly TimeSpan shift;

        public MondayMorning() => shift = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8)) - base.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => (base.GetUtcNow() + shift).ToUniversalTime();
    }
}
