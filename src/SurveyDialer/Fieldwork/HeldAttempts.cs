using SurveyDialer.Attempts.Pacing;

namespace SurveyDialer.Fieldwork;

/// <summary>What a dispatcher has claimed and not yet sent, by lane: leases, and those whose intent is committed.</summary>
internal sealed class HeldAttempts
{
    private readonly Dictionary<Lane, Queue<Lease>> leased = [];
    private readonly Dictionary<Lane, Queue<Placing>> ready = [];

    /// <summary>Lanes of which something is held.</summary>
    internal IEnumerable<Lane> Lanes => leased.Keys.Union(ready.Keys);

    internal int CountOf(long campaignId) => Count(leased, campaignId) + Count(ready, campaignId);

    internal bool IsReady(Lane lane) => ready.ContainsKey(lane);

    internal void Add(Lease lease) => Put(leased, lease.Lane, lease);

    internal void Add(Placing placing) => Put(ready, placing.Lane, placing);

    internal Placing Send(Lane lane) => Take(ready, lane);

    /// <summary>Takes leases of these lanes to be committed, one of each in turn.</summary>
    /// <param name="lanes">With how many at most of each.</param>
    /// <param name="count">Of all together, at most.</param>
    internal List<Lease> ToCommit(IReadOnlyList<(Lane Lane, int Most)> lanes, int count)
    {
        var taken = new List<Lease>();
        for (var round = 0; taken.Count < count; round++)
        {
            var before = taken.Count;
            foreach (var (lane, most) in lanes)
            {
                if (taken.Count < count && round < most && leased.ContainsKey(lane)) taken.Add(Take(leased, lane));
            }

            if (taken.Count == before) break;
        }

        return taken;
    }

    private static int Count<T>(Dictionary<Lane, Queue<T>> queues, long campaignId)
        => queues.Where(pair => pair.Key.CampaignId == campaignId).Sum(pair => pair.Value.Count);

    private static void Put<T>(Dictionary<Lane, Queue<T>> queues, Lane lane, T item)
    {
        if (!queues.TryGetValue(lane, out var queue)) queues.Add(lane, queue = new Queue<T>());
        queue.Enqueue(item);
    }

    /// <summary>An empty queue is dropped: what stands here holds something.</summary>
    private static T Take<T>(Dictionary<Lane, Queue<T>> queues, Lane lane)
    {
        var queue = queues[lane];
        var item = queue.Dequeue();
        if (queue.Count == 0) queues.Remove(lane);
        return item;
    }
}
