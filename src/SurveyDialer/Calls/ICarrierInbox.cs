using SurveyDialer.Questionnaires;

namespace SurveyDialer.Calls;

/// <summary>
/// What a carrier tells us, in our words. The carrier's endpoints translate a signed request into one of these calls and the answer
/// back into the carrier's language. Every method may be called twice with the same arguments and then does nothing new.
/// </summary>
public interface ICarrierInbox
{
    /// <summary>The call connected (turn 0), or the respondent did something at the prompt of <paramref name="turn"/>. The answer is durable when this returns.</summary>
    /// <returns>What is spoken next, or null when the token belongs to nothing that may be spoken to (the caller hangs up).</returns>
    Task<VoiceReply?> VoiceTurnAsync(VoiceTurn turn, CancellationToken cancellation);

    /// <summary>A progress report or the end of a call.</summary>
    Task CallReportedAsync(CallReport report, CancellationToken cancellation);

    /// <summary>The carrier's late verdict on who answered.</summary>
    Task AnsweredByAsync(string token, string carrierId, AnsweredBy answeredBy, CancellationToken cancellation);

    /// <summary>A voice comment is ready at the carrier, or will never be (<paramref name="recording"/> absent).</summary>
    Task RecordingReportedAsync(RecordingReport recording, CancellationToken cancellation);

    /// <summary>Somebody texted us. The reply goes out as a message of its own, paced like the others, or not at all.</summary>
    Task TextReceivedAsync(IncomingText text, CancellationToken cancellation);

    /// <summary>Progress of a text that we sent.</summary>
    Task TextReportedAsync(TextReport report, CancellationToken cancellation);

    /// <summary>Somebody calls the campaign's number: who we are, how to check, 9 for never again.</summary>
    Task<VoiceReply> IncomingCallAsync(IncomingCall call, CancellationToken cancellation);
}

/// <param name="Token">The attempt's token from the address.</param>
/// <param name="CarrierId">The carrier's id of the call; a second id for one token is a duplicate call and is hung up.</param>
/// <param name="Turn">The number of the prompt that <paramref name="Input"/> answers; 0 when the call connects.</param>
/// <param name="Input">Null at turn 0.</param>
/// <param name="AnsweredBy">Where the carrier told it with the request.</param>
public sealed record VoiceTurn(string Token, string CarrierId, int Turn, InterviewInput? Input, AnsweredBy? AnsweredBy);

/// <param name="Says">Spoken in order.</param>
/// <param name="Expects">What the respondent may do then.</param>
/// <param name="Turn">Number of this prompt; comes back with the input.</param>
public sealed record VoiceReply(IReadOnlyList<Utterance> Says, Expectation Expects, int Turn);

/// <param name="Sequence">The carrier's own counter of reports, where it has one.</param>
/// <param name="SipCode">Final SIP response, where told.</param>
/// <param name="Duration">Of the conversation; null unless completed.</param>
public sealed record CallReport(string Token, string CarrierId, CallStatus Status, int? Sequence, int? SipCode, TimeSpan? Duration);

/// <param name="Absent">True when there will never be a file.</param>
public sealed record RecordingReport(string Token, string CarrierId, string RecordingId, TimeSpan Duration, bool Absent);

/// <param name="CarrierId">The carrier's id of the message; a repeated delivery has the same.</param>
/// <param name="From">E.164 or as the carrier gave it.</param>
/// <param name="OptOut">True when the carrier itself took the words for a stop word.</param>
public sealed record IncomingText(string CarrierId, string From, string Body, bool OptOut);

/// <param name="ErrorCode">The carrier's own code, where it gave one.</param>
public sealed record TextReport(string Token, string CarrierId, TextStatus Status, int? ErrorCode);

/// <param name="Turn">0 when the call connects; then the number of the prompt that <paramref name="Input"/> answers.</param>
public sealed record IncomingCall(string CarrierId, string From, int Turn, InterviewInput? Input);
