using SurveyDialer.Calls;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A carrier that takes everything, remembers what it was asked, and answers otherwise where a test says so.</summary>
internal sealed class TextCarrier(TimeProvider clock) : ICarrier
{
    private int texts;

    public List<TextOrder> Sent { get; } = [];

    public List<CallOrder> Called { get; } = [];

    public List<string> Redacted { get; } = [];

    /// <summary>Sounds that the carrier has.</summary>
    public Dictionary<string, byte[]> Recordings { get; } = [];

    /// <summary>Recordings that were asked to be deleted, whether they were there or not.</summary>
    public List<string> Deleted { get; } = [];

    /// <summary>Recordings about which every request fails.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Recordings that can be fetched but not deleted.</summary>
    public HashSet<string> Undeletable { get; } = [];

    /// <summary>What the lists show.</summary>
    public List<CarrierText> Listed { get; } = [];

    /// <summary>Answers the next requests for a text, first come first; then everything is accepted again.</summary>
    public Queue<PlaceOutcome> Outcomes { get; } = new();

    /// <summary>The same for calls.</summary>
    public Queue<PlaceOutcome> CallOutcomes { get; } = new();

    /// <summary>What happens while a request for a call is under way.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    public string LastId => $"SM{texts}";

    public Task<PlaceOutcome> SendTextAsync(TextOrder order, CancellationToken cancellation)
    {
        Sent.Add(order);
        texts++;
        var outcome = Outcomes.TryDequeue(out var wanted) ? wanted : new PlaceOutcome.Accepted(LastId, TimeSpan.Zero);
        if (outcome is PlaceOutcome.Accepted accepted) Listed.Add(new CarrierText(accepted.CarrierId, order.To, TextStatus.Sent, clock.GetUtcNow(), null));
        return Task.FromResult(outcome);
    }

    public async Task<PlaceOutcome> PlaceCallAsync(CallOrder order, CancellationToken cancellation)
    {
        Called.Add(order);
        if (BeforeAnswer is not null) await BeforeAnswer();
        return CallOutcomes.TryDequeue(out var wanted) ? wanted : new PlaceOutcome.Accepted($"CA{Called.Count}", TimeSpan.Zero);
    }

    public Task<IReadOnlyList<CarrierText>> FindTextsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<CarrierText>>([.. Listed.Where(text => text.To == to && text.CreatedAt >= createdFrom)]);

    public Task<CarrierText?> FollowTextAsync(string carrierId, CancellationToken cancellation)
        => Task.FromResult(Listed.Find(text => text.CarrierId == carrierId));

    public Task<bool> RedactTextAsync(string carrierId, CancellationToken cancellation)
    {
        Redacted.Add(carrierId);
        return Task.FromResult(true);
    }

    public Task<CarrierCall?> FollowCallAsync(string carrierId, CancellationToken cancellation) => Task.FromResult<CarrierCall?>(null);

    public Task<IReadOnlyList<CarrierCall>> FindCallsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<CarrierCall>>([]);

    internal List<string> Hungup { get; } = [];

    public Task<CarrierCall?> CancelCallAsync(string carrierId, bool evenInProgress, CancellationToken cancellation)
    {
        Hungup.Add(carrierId);
        return Task.FromResult<CarrierCall?>(null);
    }

    public Task<byte[]?> FetchRecordingAsync(string recordingId, CancellationToken cancellation)
        => Broken.Contains(recordingId) ? throw new HttpRequestException($"No answer about {recordingId}.") : Task.FromResult(Recordings.GetValueOrDefault(recordingId));

    public Task<bool> DeleteRecordingAsync(string recordingId, CancellationToken cancellation)
    {
        if (Broken.Contains(recordingId) || Undeletable.Contains(recordingId)) throw new HttpRequestException($"No answer about {recordingId}.");
        Deleted.Add(recordingId);
        Recordings.Remove(recordingId);
        return Task.FromResult(true);
    }
}
