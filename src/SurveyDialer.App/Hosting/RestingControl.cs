using SurveyDialer.Campaigns;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>
/// Pause, resume and close while no server runs: the state changes now. What a close leaves to be done (respondents without a final code, calls
/// that a crash left behind) the server's recurring work takes up when it starts.
/// </summary>
internal sealed class RestingControl(Database database, TimeProvider clock) : ICampaignControl
{
    public Task<string?> PauseAsync(long id, string who, CancellationToken cancellation) => MoveAsync(id, CampaignEvent.PausedByStaff, who, cancellation);

    public Task<string?> ResumeAsync(long id, string who, CancellationToken cancellation) => MoveAsync(id, CampaignEvent.Resumed, who, cancellation);

    public Task<string?> CloseAsync(long id, string who, CancellationToken cancellation) => MoveAsync(id, CampaignEvent.ClosedByStaff, who, cancellation);

    private Task<string?> MoveAsync(long id, CampaignEvent happened, string who, CancellationToken cancellation) => database.WriteAsync(
        connection => CampaignStore.Move(connection, id, happened, "", who, clock.GetUtcNow()) is null ? CampaignControlProblem.NotPossibleNow : null, cancellation);
}
