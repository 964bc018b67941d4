using System.Text;
using Microsoft.Extensions.Logging;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>What a voice request says about the respondent.</summary>
internal static class WebhookInputs
{
    private const int MostKeys = 32;

    /// <param name="words">The address says that the prompt asked for words.</param>
    internal static InterviewInput Read(WebhookForm form, bool words)
    {
        // Hanging up while recording arrives like the end of it, with Digits=hangup; the recording counts.
        if (words || form.TryGet("RecordingUrl"u8, out _) || form.TryGet("RecordingDuration"u8, out _))
            return new InterviewInput.Recorded(TimeSpan.FromSeconds(form.Number("RecordingDuration"u8) ?? 0));
        if (form.TryGet("Digits"u8, out var digits) && digits.Length > 0 && !digits.SequenceEqual("hangup"u8))
            return new InterviewInput.Keys(Encoding.UTF8.GetString(digits[..Math.Min(MostKeys, digits.Length)]));

        // A gateway that knows no empty finishOnKey takes # for the end of an empty input.
        return form.TryGet("FinishedOnKey"u8, out var finish) && finish.SequenceEqual("#"u8)
            ? new InterviewInput.Keys("#")
            : new InterviewInput.Silence();
    }

    internal static AnsweredBy? ReadAnsweredBy(WebhookForm form, ILogger logger)
    {
        if (form.NonEmpty("AnsweredBy"u8) is not { } word) return null;
        var answered = CarrierWords.Answered(word);
        if (answered is null) TwilioLog.UnknownWord(logger, "AnsweredBy", CarrierWords.Printable(word));
        return answered;
    }
}
