using System.Collections.Concurrent;
using SurveyDialer.Calls;
using SurveyDialer.Scheduling;

namespace SurveyDialer.Benchmarks;

/// <summary>A carrier that takes every call at once, lets it ring and reports after two seconds that nobody answered. Keeps when it was asked.</summary>
internal sealed class AnsweringCarrier(TimeProvider clock) : ICarrier
{
    private static readonly TimeSpan UntilRinging = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan UntilEnd = TimeSpan.FromSeconds(2);

    /// <summary>Timestamps of the clock, in the order of the requests.</summary>
    internal ConcurrentQueue<long> Receipts { get; } = new();

    /// <summary>Where progress is reported to; null: nowhere.</summary>
    internal ICarrierInbox? Inbox { get; set; }

    internal ITimeline? Timeline { get; set; }

    public Task<PlaceOutcome> PlaceCallAsync(CallOrder order, CancellationToken cancellation)
    {
        Receipts.Enqueue(clock.GetTimestamp());
        var id = "CA" + order.Token;
        if (Inbox is { } inbox && Timeline is { } timeline)
        {
            var now = clock.GetUtcNow();
            timeline.Schedule(now + UntilRinging, TimelineOrder.Carrier, id, ct => inbox.CallReportedAsync(new CallReport(order.Token, id, CallStatus.Ringing, 1, null, null), ct));
            timeline.Schedule(now + UntilEnd, TimelineOrder.Carrier, id, ct => inbox.CallReportedAsync(new CallReport(order.Token, id, CallStatus.NoAnswer, 2, null, null), ct));
        }

        return Task.FromResult<PlaceOutcome>(new PlaceOutcome.Accepted(id, TimeSpan.Zero));
    }

    public Task<PlaceOutcome> SendTextAsync(TextOrder order, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<CarrierCall?> FollowCallAsync(string carrierId, CancellationToken cancellation) => Task.FromResult<CarrierCall?>(null);

    public Task<CarrierText?> FollowTextAsync(string carrierId, CancellationToken cancellation) => Task.FromResult<CarrierText?>(null);

    public Task<IReadOnlyList<CarrierCall>> FindCallsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<CarrierCall>>([]);

    public Task<IReadOnlyList<CarrierText>> FindTextsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<CarrierText>>([]);

    public Task<CarrierCall?> CancelCallAsync(string carrierId, bool evenInProgress, CancellationToken cancellation) => Task.FromResult<CarrierCall?>(null);

    public Task<bool> RedactTextAsync(string carrierId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<byte[]?> FetchRecordingAsync(string recordingId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<bool> DeleteRecordingAsync(string recordingId, CancellationToken cancellation) => throw new NotSupportedException();
}
