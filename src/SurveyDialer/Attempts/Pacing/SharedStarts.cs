namespace SurveyDialer.Attempts.Pacing;

/// <summary>A campaign's calls, or its texts: they wait for different things and never for each other.</summary>
/// <param name="CampaignId">Whose.</param>
/// <param name="Texted">Goes out as a text and needs no line.</param>
internal readonly record struct Lane(long CampaignId, bool Texted);

/// <summary>A lane's turn to start something.</summary>
/// <param name="Lane">Whose.</param>
/// <param name="Wait">How long to wait first; zero: now.</param>
internal readonly record struct Turn(Lane Lane, TimeSpan Wait);

/// <summary>
/// The limits of the carrier account, shared in turn by the running campaigns; a campaign with a lower limit of its own is passed over while it
/// must wait, so that it holds nobody up. Not for use by several threads at once.
/// </summary>
/// <param name="account">All starts.</param>
/// <param name="texts">Texts, which keep to both.</param>
/// <param name="clock">Of all pacers.</param>
internal sealed class SharedStarts(StartPacer account, StartPacer texts, TimeProvider clock)
{
    private readonly Dictionary<long, StartPacer> own = [];
    private readonly Dictionary<long, bool> lastTexted = [];
    private long last = long.MinValue;

    /// <summary>How long until the account allows the next start.</summary>
    public TimeSpan AccountWait => account.NextSlot();

    /// <summary>Sets a campaign's own limit once; later calls for it change nothing.</summary>
    /// <param name="campaignId">Whose.</param>
    /// <param name="startsPerSecond">As in <see cref="StartPacer"/>.</param>
    public void Limit(long campaignId, double startsPerSecond) => own.TryAdd(campaignId, new StartPacer(startsPerSecond, clock));

    /// <summary>How many starts the account allows in a time, rounded up.</summary>
    public int Within(TimeSpan time) => account.Within(time);

    /// <summary>How many of them one campaign may make.</summary>
    public int Within(long campaignId, TimeSpan time)
        => own.TryGetValue(campaignId, out var pacer) ? Math.Min(pacer.Within(time), account.Within(time)) : account.Within(time);

    /// <summary>How long a lane must wait whatever the others do.</summary>
    public TimeSpan WaitOf(Lane lane)
    {
        var wait = AccountWait;
        if (own.TryGetValue(lane.CampaignId, out var pacer)) wait = Longer(wait, pacer.NextSlot());
        return lane.Texted ? Longer(wait, texts.NextSlot()) : wait;
    }

    /// <summary>Whose turn comes next and when; null when nobody has anything to start.</summary>
    /// <param name="lanes">Lanes with something to start.</param>
    public Turn? Next(IEnumerable<Lane> lanes)
    {
        Turn? best = null;
        foreach (var lane in InTurn(lanes))
        {
            var wait = WaitOf(lane);
            if (best is null || wait < best.Value.Wait) best = new Turn(lane, wait);
        }

        return best;
    }

    /// <summary>In the order in which their turns come when nobody has to wait: the campaign after the last one first, the other kind than its last first.</summary>
    public IEnumerable<Lane> InTurn(IEnumerable<Lane> lanes) => lanes
        .OrderBy(lane => lane.CampaignId <= last).ThenBy(lane => lane.CampaignId)
        .ThenBy(lane => lastTexted.TryGetValue(lane.CampaignId, out var texted) ? lane.Texted == texted : lane.Texted);

    /// <summary>A lane makes its start now: called just before the request is written.</summary>
    public void Started(Lane lane)
    {
        account.Started();
        if (own.TryGetValue(lane.CampaignId, out var pacer)) pacer.Started();
        if (lane.Texted) texts.Started();
        last = lane.CampaignId;
        lastTexted[lane.CampaignId] = lane.Texted;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
