using SurveyDialer.Calls;
using SurveyDialer.Scheduling;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A carrier on which every call rings for a while and is not answered; remembers when each began and ended.</summary>
internal sealed class LineCarrier(ITimeline timeline, TimeSpan ringing) : ICarrier
{
    /// <summary>In the order of their starts.</summary>
    internal List<(string Number, DateTimeOffset From, DateTimeOffset To)> Calls { get; } = [];

    /// <summary>Where the ends of calls are reported.</summary>
    internal ICarrierInbox? Inbox { get; set; }

    public Task<PlaceOutcome> PlaceCallAsync(CallOrder order, CancellationToken cancellation)
    {
        var now = timeline.Clock.GetUtcNow();
        Calls.Add((order.To, now, now + ringing));
        var id = $"CA{Calls.Count}";
        timeline.Schedule(now + ringing, TimelineOrder.Carrier, id, ct => Inbox!.CallReportedAsync(new CallReport(order.Token, id, CallStatus.NoAnswer, 1, null, null), ct));
        return Task.FromResult<PlaceOutcome>(new PlaceOutcome.Accepted(id, TimeSpan.Zero));
    }

    /// <summary>Most starts in any second that ends with one of them.</summary>
    internal static int MostInASecond(IReadOnlyList<DateTimeOffset> starts)
        => starts.Count == 0 ? 0 : starts.Max(last => starts.Count(start => start <= last && start > last - TimeSpan.FromSeconds(1)));

    public Task<PlaceOutcome> SendTextAsync(TextOrder order, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<CarrierCall?> FollowCallAsync(string carrierId, CancellationToken cancellation) => Task.FromResult<CarrierCall?>(null);

    public Task<IReadOnlyList<CarrierCall>> FindCallsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<CarrierCall>>([]);

    public Task<CarrierCall?> CancelCallAsync(string carrierId, bool evenInProgress, CancellationToken cancellation) => Task.FromResult<CarrierCall?>(null);

    public Task<IReadOnlyList<CarrierText>> FindTextsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyList<CarrierText>>([]);

    public Task<CarrierText?> FollowTextAsync(string carrierId, CancellationToken cancellation) => Task.FromResult<CarrierText?>(null);

    public Task<bool> RedactTextAsync(string carrierId, CancellationToken cancellation) => Task.FromResult(true);

    public Task<byte[]?> FetchRecordingAsync(string recordingId, CancellationToken cancellation) => Task.FromResult<byte[]?>(null);

    public Task<bool> DeleteRecordingAsync(string recordingId, CancellationToken cancellation) => Task.FromResult(true);
}
