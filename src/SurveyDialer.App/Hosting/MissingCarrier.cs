using SurveyDialer.Calls;

namespace SurveyDialer.App.Hosting;

/// <summary>Stands where no account is filled in: refuses every call in words, so that a campaign pauses and says why.</summary>
internal sealed class MissingCarrier : ICarrier
{
    private static readonly PlaceOutcome NoAccount = new PlaceOutcome.Rejected(Rejection.Configuration, 0, "no carrier account");

    public Task<PlaceOutcome> PlaceCallAsync(CallOrder order, CancellationToken cancellation) => Task.FromResult(NoAccount);

    public Task<PlaceOutcome> SendTextAsync(TextOrder order, CancellationToken cancellation) => Task.FromResult(NoAccount);

    public Task<CarrierCall?> FollowCallAsync(string carrierId, CancellationToken cancellation) => Task.FromResult<CarrierCall?>(null);

    public Task<CarrierText?> FollowTextAsync(string carrierId, CancellationToken cancellation) => Task.FromResult<CarrierText?>(null);

    public Task<IReadOnlyList<CarrierCall>> FindCallsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation)
        => throw new HttpRequestException("There is no carrier account to ask.");

    public Task<IReadOnlyList<CarrierText>> FindTextsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation)
        => throw new HttpRequestException("There is no carrier account to ask.");

    public Task<CarrierCall?> CancelCallAsync(string carrierId, bool evenInProgress, CancellationToken cancellation) => Task.FromResult<CarrierCall?>(null);

    public Task<bool> RedactTextAsync(string carrierId, CancellationToken cancellation) => Task.FromResult(false);

    public Task<byte[]?> FetchRecordingAsync(string recordingId, CancellationToken cancellation) => Task.FromResult<byte[]?>(null);

    public Task<bool> DeleteRecordingAsync(string recordingId, CancellationToken cancellation) => Task.FromResult(false);
}
