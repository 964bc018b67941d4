using Microsoft.Extensions.Logging;

namespace SurveyDialer.Twilio;

/// <summary>What this room writes to the log: never a number, a pressed key, a text or the carrier's own message, which may quote a number.</summary>
internal static partial class TwilioLog
{
    [LoggerMessage(7001, LogLevel.Warning, "The carrier refused to place {What}: code {Code}, HTTP {Status}.")]
    internal static partial void PlaceRefused(ILogger logger, string what, int code, int status);

    [LoggerMessage(7002, LogLevel.Error, "The carrier answered with error code {Code} (HTTP {Status}), which is not in our table; treated as a malformed request.")]
    internal static partial void UnknownErrorCode(ILogger logger, int code, int status);

    [LoggerMessage(7003, LogLevel.Warning, "Nobody knows whether the carrier took {What}: {Reason}. It will be reconciled, not repeated.")]
    internal static partial void PlaceUnclear(ILogger logger, string what, string reason);

    [LoggerMessage(7004, LogLevel.Information, "The carrier processed nothing of {What}: {Reason}. May be tried again in {Seconds:0.0} s.")]
    internal static partial void PlaceNotProcessed(ILogger logger, string what, string reason, double seconds);

    [LoggerMessage(7005, LogLevel.Error, "The carrier used a word that we do not know: {Field} = \"{Word}\".")]
    internal static partial void UnknownWord(ILogger logger, string field, string word);

    [LoggerMessage(7006, LogLevel.Warning, "The carrier sent a field that we do not know: \"{Field}\" (said once).")]
    internal static partial void UnknownField(ILogger logger, string field);

    [LoggerMessage(7007, LogLevel.Warning, "The requests to the carrier are suspended for {Seconds:0} s after repeated failures.")]
    internal static partial void Suspended(ILogger logger, double seconds);

    [LoggerMessage(7008, LogLevel.Information, "The carrier answers again.")]
    internal static partial void Resumed(ILogger logger);

    [LoggerMessage(7010, LogLevel.Warning, "A request to {Endpoint} did not carry a valid signature and was turned away.")]
    internal static partial void ForgedRequest(ILogger logger, string endpoint);

    [LoggerMessage(7011, LogLevel.Warning, "A request to {Endpoint} was too large or malformed: HTTP {Status}.")]
    internal static partial void MalformedRequest(ILogger logger, string endpoint, int status);

    [LoggerMessage(7012, LogLevel.Error, "A signed request to {Endpoint} names another account and was ignored.")]
    internal static partial void OtherAccount(ILogger logger, string endpoint);

    [LoggerMessage(7013, LogLevel.Error, "A signed request to {Endpoint} lacks {Field} and was ignored.")]
    internal static partial void FieldMissing(ILogger logger, string endpoint, string field);

    [LoggerMessage(7014, LogLevel.Warning, "Nobody to speak to: the token of a voice request belongs to nothing; hung up.")]
    internal static partial void UnknownVoiceToken(ILogger logger);

    [LoggerMessage(7015, LogLevel.Error, "A request to {Endpoint} could not be handled; the carrier may repeat it.")]
    internal static partial void HandlerFailed(ILogger logger, Exception exception, string endpoint);

    [LoggerMessage(7016, LogLevel.Error, "A request to {Endpoint} could not be handled; nothing was lost, the resident heard an apology.")]
    internal static partial void Apologised(ILogger logger, Exception exception, string endpoint);

    [LoggerMessage(7017, LogLevel.Warning, "A request to {Endpoint} came while the writer was busy; the carrier may repeat it.")]
    internal static partial void WriterBusy(ILogger logger, string endpoint);

    [LoggerMessage(7018, LogLevel.Error, "The carrier could not use our answer and asked for the apology instead: error code {Code}.")]
    internal static partial void CarrierFellBack(ILogger logger, int code);
}
