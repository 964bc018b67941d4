namespace SurveyDialer.Campaigns;

/// <summary>What staff can do to a campaign. Each returns null when it was done, otherwise the key of what prevented it (<see cref="CampaignControlProblem"/>).</summary>
public interface ICampaignControl
{
    /// <summary>No new attempt starts; calls in progress go on to their end.</summary>
    /// <param name="id">Campaign.</param>
    /// <param name="who">Stands in the campaign's history.</param>
    Task<string?> PauseAsync(long id, string who, CancellationToken cancellation);

    /// <summary>Attempts start again.</summary>
    Task<string?> ResumeAsync(long id, string who, CancellationToken cancellation);

    /// <summary>For good: nothing is attempted any more; calls in progress go on to their end.</summary>
    Task<string?> CloseAsync(long id, string who, CancellationToken cancellation);
}

/// <summary>Keys of what can prevent a change of a campaign's state.</summary>
public static class CampaignControlProblem
{
    /// <summary>There is no such campaign.</summary>
    public const string NotFound = "NotFound";

    /// <summary>The campaign is in a state from which that is not possible; somebody else may have been quicker.</summary>
    public const string NotPossibleNow = "NotPossibleNow";
}
