namespace SurveyDialer.Attempts.Pacing;

/// <summary>A campaign's turn to start something.</summary>
/// <param name="CampaignId">Whose.</param>
/// <param name="Wait">How long to wait first; zero: now.</param>
internal readonly record struct Turn(long CampaignId, TimeSpan Wait);

/// <summary>
/// The limit of the carrier account, shared in turn by the running campaigns; a campaign with a lower limit of its own is passed over
/// while it must wait, so that it holds nobody up. Not for use by several threads at once.
/// </summary>
internal sealed class SharedStarts(double startsPerSecond, TimeProvider clock)
{
    private readonly StartPacer _account = new(startsPerSecond, clock);
    private readonly Dictionary<long, StartPacer> _own = [];
    private long _last = long.MinValue;

    /// <summary>Sets a campaign's own limit once; later calls for it change nothing.</summary>
    /// <param name="campaignId">Whose.</param>
    /// <param name="startsPerSecond">As in <see cref="StartPacer"/>.</param>
    public void Limit(long campaignId, double startsPerSecond) => _own.TryAdd(campaignId, new StartPacer(startsPerSecond, clock));

    /// <summary>Whose turn comes next and when; null when nobody has anything to start.</summary>
    /// <param name="due">Campaigns with something due.</param>
    public Turn? Next(IEnumerable<long> due)
    {
        var account = _account.NextSlot();
        Turn? best = null;
        foreach (var campaign in due.OrderBy(id => id <= _last).ThenBy(id => id))
        {
            var own = _own.TryGetValue(campaign, out var pacer) ? pacer.NextSlot() : TimeSpan.Zero;
            var wait = own > account ? own : account;
            if (best is null || wait < best.Value.Wait)
                best = new Turn(campaign, wait);
        }

        return best;
    }

    /// <summary>A campaign makes its start now: called just before the request is written.</summary>
    public void Started(long campaignId)
    {
        _account.Started();
        if (_own.TryGetValue(campaignId, out var own))
            own.Started();
        _last = campaignId;
    }
}
