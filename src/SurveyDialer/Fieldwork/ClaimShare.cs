using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Campaigns;

namespace SurveyDialer.Fieldwork;

/// <summary>What one claim may still take of all campaigns together, and what it has taken.</summary>
internal sealed class ClaimRound
{
    internal required string Owner { get; init; }

    internal required DateTimeOffset Now { get; init; }

    /// <summary>Starts that the account allows within the time that is claimed ahead.</summary>
    internal required int Starts { get; set; }

    /// <summary>Free lines of the account.</summary>
    internal required int Lines { get; set; }

    /// <summary>In the order in which they were taken.</summary>
    internal List<Lease> Leased { get; } = [];

    /// <summary>Counts one attempt as taken.</summary>
    internal void Took(ClaimShare share, long attemptId, long leaseNumber)
    {
        Leased.Add(new Lease(attemptId, leaseNumber, share.Lane));
        Starts--;
        share.Limits.Starts--;
        if (share.Lane.Texted) return;
        Lines--;
        share.Limits.Lines--;
    }

    /// <summary>How many more of a lane may be taken.</summary>
    internal int RoomFor(ClaimShare share)
    {
        if (share.NotBefore is not null) return 0;
        var starts = Math.Min(Starts, share.Limits.Starts);
        return share.Lane.Texted ? starts : Math.Min(starts, Math.Min(Lines, share.Limits.Lines));
    }
}

/// <summary>What one campaign may still take by limits of its own; its calls and texts share it.</summary>
internal sealed class CampaignLimits
{
    internal required int Starts { get; set; }

    internal required int Lines { get; set; }
}

/// <summary>A campaign's calls, or its texts, in one claim.</summary>
internal sealed class ClaimShare(ActiveCampaign campaign, CampaignLimits limits, Lane lane)
{
    internal ActiveCampaign Campaign => campaign;

    internal CampaignLimits Limits => limits;

    internal Lane Lane => lane;

    /// <summary>Its own limit lets nothing start before; null when only the account's does.</summary>
    internal DateTimeOffset? NotBefore { get; init; }

    /// <summary>Rows that may still be looked at.</summary>
    internal required int Rows { get; set; }
}
