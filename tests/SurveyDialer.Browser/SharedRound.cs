using SurveyDialer.EndToEnd;

namespace SurveyDialer.Browser;

/// <summary>One server with a running round, a case and a visit, for tests that only look: making it takes longer than looking.</summary>
public sealed class SharedRound : IAsyncLifetime
{
    internal DeskServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await DeskServer.StartAsync(3);
        await Server.AddFollowUpAsync();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
