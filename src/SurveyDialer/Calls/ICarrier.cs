namespace SurveyDialer.Calls;

/// <summary>
/// A telephone company, in our words: place a call or send a text, follow it, cancel it. Implemented by the Twilio protocol at a
/// configurable address (Twilio, a compatible gateway, the simulator). A create is never repeated by the implementation when its
/// outcome is unclear; it may wait and repeat only where the carrier promises that nothing was processed.
/// </summary>
public interface ICarrier
{
    /// <summary>Asks for one call. Exactly one request is sent unless the carrier says that it processed nothing.</summary>
    Task<PlaceOutcome> PlaceCallAsync(CallOrder order, CancellationToken cancellation);

    /// <summary>Asks for one text; the same promise as <see cref="PlaceCallAsync"/>.</summary>
    Task<PlaceOutcome> SendTextAsync(TextOrder order, CancellationToken cancellation);

    /// <summary>What the carrier knows of a call. Null when it does not know the id.</summary>
    Task<CarrierCall?> FollowCallAsync(string carrierId, CancellationToken cancellation);

    /// <summary>What the carrier knows of a text. Null when it does not know the id.</summary>
    Task<CarrierText?> FollowTextAsync(string carrierId, CancellationToken cancellation);

    /// <summary>All outgoing calls to one number created at or after a time; never looked up by start time, since a queued call has none.</summary>
    Task<IReadOnlyList<CarrierCall>> FindCallsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation);

    /// <summary>All outgoing texts to one number created at or after a time.</summary>
    Task<IReadOnlyList<CarrierText>> FindTextsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation);

    /// <summary>Takes back a call that is queued or ringing, or ends it when it is in progress. Returns what became of it.</summary>
    Task<CarrierCall?> CancelCallAsync(string carrierId, bool evenInProgress, CancellationToken cancellation);

    /// <summary>Blanks the body of a text at the carrier. True when it is blank now.</summary>
    Task<bool> RedactTextAsync(string carrierId, CancellationToken cancellation);

    /// <summary>The audio of a recording (WAV); null while the file does not exist yet.</summary>
    Task<byte[]?> FetchRecordingAsync(string recordingId, CancellationToken cancellation);

    /// <summary>Deletes a recording at the carrier. True when it is gone, also when it was gone before.</summary>
    Task<bool> DeleteRecordingAsync(string recordingId, CancellationToken cancellation);
}

/// <param name="Token">The attempt's token; stands in every address that the carrier is given.</param>
/// <param name="To">E.164.</param>
/// <param name="RingSeconds">How long it may ring.</param>
/// <param name="MaximumSeconds">Hard end of the call.</param>
/// <param name="DetectMachines">Ask the carrier whether a person answered.</param>
public sealed record CallOrder(string Token, string To, int RingSeconds, int MaximumSeconds, bool DetectMachines);

/// <param name="Token">The message's token; stands in its status address.</param>
/// <param name="To">E.164, a mobile.</param>
/// <param name="Body">At most 1,600 characters.</param>
public sealed record TextOrder(string Token, string To, string Body);

/// <summary>What became of the request to place.</summary>
public abstract record PlaceOutcome
{
    private PlaceOutcome()
    {
    }

    /// <summary>The carrier took it. <paramref name="QueueTime"/>: its estimate until it rings.</summary>
    public sealed record Accepted(string CarrierId, TimeSpan QueueTime) : PlaceOutcome;

    /// <summary>The carrier refused it for good; nothing rang.</summary>
    public sealed record Rejected(Rejection Why, int Code, string Message) : PlaceOutcome;

    /// <summary>Nothing was processed (rate limit, no connection, circuit open): the same attempt may be tried again after a while.</summary>
    public sealed record NotProcessed(string Reason, TimeSpan RetryAfter) : PlaceOutcome;

    /// <summary>Nobody knows whether it was accepted: reconcile, never repeat.</summary>
    public sealed record Unclear(string Reason) : PlaceOutcome;
}

/// <summary>Why a carrier refused to place.</summary>
public enum Rejection
{
    /// <summary>The number does not exist or cannot be reached by this carrier, ever.</summary>
    BadNumber,

    /// <summary>A text to a number that cannot take texts.</summary>
    NotMobile,

    /// <summary>The respondent has blocked us at the carrier.</summary>
    OptedOut,

    /// <summary>Region not enabled: every number of that country or prefix would be refused.</summary>
    RegionNotAllowed,

    /// <summary>Wrong account, token, caller number or address: nothing can be placed until a person mends it.</summary>
    Configuration,

    /// <summary>Our request was malformed: our bug.</summary>
    BadRequest,
}

/// <summary>Life of a call as the carrier tells it. Ranks rise; a later rank never goes back.</summary>
public enum CallStatus
{
    Queued,
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    NoAnswer,
    Failed,
    Canceled,
}

/// <summary>Who answered, where the carrier was asked to tell.</summary>
public enum AnsweredBy
{
    Human,
    Machine,
    Fax,
    Unknown,
}

/// <summary>A call as fetched or listed at the carrier.</summary>
public sealed record CarrierCall(
    string CarrierId, string To, CallStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    TimeSpan? Duration, AnsweredBy? AnsweredBy);

/// <summary>Life of a text as the carrier tells it.</summary>
public enum TextStatus
{
    Queued,
    Sending,
    Sent,
    Delivered,
    Undelivered,
    Failed,
    Canceled,
}

/// <summary>A text as fetched or listed at the carrier.</summary>
public sealed record CarrierText(string CarrierId, string To, TextStatus Status, DateTimeOffset CreatedAt, int? ErrorCode);
