namespace SurveyDialer.Campaigns;

/// <summary>Where a campaign stands.</summary>
public enum CampaignState
{
    /// <summary>Being prepared: texts, sample and limits may change.</summary>
    Draft,

    /// <summary>The launch gate found nothing missing; the sample is being written.</summary>
    Ready,

    /// <summary>Attempts are made.</summary>
    Running,

    /// <summary>No new attempt starts; calls in progress go on to their end.</summary>
    Paused,

    /// <summary>Nothing is attempted any more. Never leaves this state.</summary>
    Closed,
}

/// <summary>What can happen to a campaign.</summary>
public enum CampaignEvent
{
    Checked,
    Launched,
    PausedByStaff,
    PausedByFault,
    Resumed,
    Finished,
    ClosedByStaff,
}

/// <summary>
/// The campaign's states and nothing else:
/// <code>
/// Draft --Checked--> Ready --Launched--> Running --PausedByStaff, PausedByFault--> Paused
///                                        Running &lt;--Resumed-- Paused
/// Draft, Ready, Running, Paused --ClosedByStaff--> Closed;  Running --Finished--> Closed
/// </code>
/// </summary>
public static class CampaignLifecycle
{
    private static readonly Dictionary<(CampaignState From, CampaignEvent Event), CampaignState> Table = new()
    {
        [(CampaignState.Draft, CampaignEvent.Checked)] = CampaignState.Ready,
        [(CampaignState.Ready, CampaignEvent.Launched)] = CampaignState.Running,
        [(CampaignState.Running, CampaignEvent.PausedByStaff)] = CampaignState.Paused,
        [(CampaignState.Running, CampaignEvent.PausedByFault)] = CampaignState.Paused,
        [(CampaignState.Paused, CampaignEvent.Resumed)] = CampaignState.Running,
        [(CampaignState.Running, CampaignEvent.Finished)] = CampaignState.Closed,
        [(CampaignState.Draft, CampaignEvent.ClosedByStaff)] = CampaignState.Closed,
        [(CampaignState.Ready, CampaignEvent.ClosedByStaff)] = CampaignState.Closed,
        [(CampaignState.Running, CampaignEvent.ClosedByStaff)] = CampaignState.Closed,
        [(CampaignState.Paused, CampaignEvent.ClosedByStaff)] = CampaignState.Closed,
    };

    /// <summary>The state after an event, or null when the event is not possible in this state.</summary>
    public static CampaignState? After(CampaignState from, CampaignEvent happened) => Table.TryGetValue((from, happened), out var to) ? to : null;

    internal static string ToColumn(CampaignState state) => state switch
    {
        CampaignState.Draft => "draft",
        CampaignState.Ready => "ready",
        CampaignState.Running => "running",
        CampaignState.Paused => "paused",
        CampaignState.Closed => "closed",
    };

    internal static CampaignState FromColumn(string state) => state switch
    {
        "draft" => CampaignState.Draft,
        "ready" => CampaignState.Ready,
        "running" => CampaignState.Running,
        "paused" => CampaignState.Paused,
        "closed" => CampaignState.Closed,
        _ => throw new InvalidDataException($"Unknown campaign state '{state}'."),
    };
}
