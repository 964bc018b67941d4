using SurveyDialer.Calls;

namespace SurveyDialer.Twilio;

/// <summary>Twilio's words in ours. Null means a word that the protocol did not have when this was written.</summary>
internal static class CarrierWords
{
    internal static CallStatus? Call(string? word) => word switch
    {
        "queued" => CallStatus.Queued,
        "initiated" => CallStatus.Initiated,
        "ringing" => CallStatus.Ringing,
        "in-progress" or "answered" => CallStatus.InProgress,
        "completed" => CallStatus.Completed,
        "busy" => CallStatus.Busy,
        "no-answer" => CallStatus.NoAnswer,
        "failed" => CallStatus.Failed,
        "canceled" => CallStatus.Canceled,
        _ => null,
    };

    internal static AnsweredBy? Answered(string? word) => word switch
    {
        "human" => AnsweredBy.Human,
        "machine_start" or "machine_end_beep" or "machine_end_silence" or "machine_end_other" => AnsweredBy.Machine,
        "fax" => AnsweredBy.Fax,
        "unknown" => AnsweredBy.Unknown,
        _ => null,
    };

    internal static TextStatus? Text(string? word) => word switch
    {
        "accepted" or "scheduled" or "queued" => TextStatus.Queued,
        "sending" => TextStatus.Sending,
        "sent" => TextStatus.Sent,
        "delivered" or "read" or "partially_delivered" => TextStatus.Delivered,
        "undelivered" => TextStatus.Undelivered,
        "failed" => TextStatus.Failed,
        "canceled" => TextStatus.Canceled,
        _ => null,
    };

    /// <summary>What of an unknown word may go to the log: its letters and the like, at most 40; a carrier could have put a number there.</summary>
    internal static string Printable(string? word) =>
        string.Concat((word ?? "").Where(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(40).Select(static c => char.IsAsciiDigit(c) ? '#' : c));
}
