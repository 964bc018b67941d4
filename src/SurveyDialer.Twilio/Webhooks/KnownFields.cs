using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>Names that the protocol had when this was written. A new one is reported once and otherwise ignored: it may appear any time.</summary>
internal sealed class KnownFields
{
    private const int MostReported = 1000;

    private static readonly byte[][] Names = Sorted(
        """
        AccountSid AddOns AnsweredBy ApiVersion ApplicationSid Body ButtonPayload ButtonText CallDuration CallSid CallStatus CallToken CallbackSource Called
        CalledCity CalledCountry CalledState CalledZip Caller CallerCity CallerCountry CallerName CallerState CallerZip ChannelPrefix ChannelStatusMessage Confidence
        DialBridged DialCallDuration DialCallSid DialCallStatus Digits Direction Duration ErrorCode ErrorMessage ErrorUrl EventType FinishedOnKey
        ForwardedFrom From FromCity FromCountry FromState FromZip Language MachineDetectionDuration MessageSid MessageStatus MessagingServiceSid NumMedia
        NumSegments OptOutType ParentCallSid ProfileName QueueTime RawDlrDoneDate RecordingChannels RecordingDuration RecordingSid RecordingSource
        RecordingStartTime RecordingStatus RecordingTrack RecordingUrl ReferralNumMedia SequenceNumber SipCallId SipResponseCode SmsMessageSid SmsSid
        SmsStatus SpeechResult StirPassportToken StirStatus StirVerstat Timestamp To ToCity ToCountry ToState ToZip TranscriptionSid TranscriptionStatus
        TranscriptionText TranscriptionUrl TrunkSid WaId msg
        """);

    private readonly ConcurrentDictionary<string, bool> _reported = new(StringComparer.Ordinal);

    internal void Check(WebhookForm form, ILogger logger)
    {
        foreach (var field in form.Fields)
            if (!IsKnown(form.Name(field)))
                Report(CarrierWords.Printable(Encoding.UTF8.GetString(form.Name(field))), logger);
    }

    private static bool IsKnown(ReadOnlySpan<byte> name)
    {
        int low = 0, high = Names.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = name.SequenceCompareTo(Names[middle]);
            if (order == 0) return true;
            if (order < 0) high = middle - 1;
            else low = middle + 1;
        }

        return name.StartsWith("MediaUrl"u8) || name.StartsWith("MediaContentType"u8);
    }

    private void Report(string name, ILogger logger)
    {
        if (_reported.Count < MostReported && _reported.TryAdd(name, true)) TwilioLog.UnknownField(logger, name);
    }

    private static byte[][] Sorted(string names)
    {
        var sorted = names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(sorted, StringComparer.Ordinal);
        return Array.ConvertAll(sorted, Encoding.ASCII.GetBytes);
    }
}
