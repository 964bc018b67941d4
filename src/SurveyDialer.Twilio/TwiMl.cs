using System.Buffers;
using System.Globalization;
using System.Text;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Twilio;

/// <summary>Writes our replies in the carrier's language (TwiML, https://www.twilio.com/docs/voice/twiml).</summary>
internal sealed class TwiMl(TwilioOptions options, CarrierAddresses addresses)
{
    /// <summary>Longest text of one Say for the neural and Polly voices.</summary>
    internal const int LongestSay = 3000;

    /// <summary>Longest document, bytes.</summary>
    internal const int LongestDocument = 64 * 1024;

    internal const string Empty = Head + "<Response/>";
    internal const string HangUp = Head + "<Response><Hangup/></Response>";
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！？.!?；;\n");
    private static readonly SearchValues<char> Breaths = SearchValues.Create("，,、：: ");
    private const string Head = """<?xml version="1.0" encoding="UTF-8"?>""";

    /// <param name="token">The attempt's token; null for somebody who called us.</param>
    /// <exception cref="InvalidOperationException">The document would be longer than a carrier takes.</exception>
    internal string Voice(string? token, VoiceReply reply)
    {
        var xml = new StringBuilder(Head, 1024).Append("<Response>");

        // What must not be cut short stands before the Gather, and so does everything that is said before it.
        var outside = 0;
        for (var i = 0; i < reply.Says.Count; i++)
            if (!reply.Says[i].Interruptible || reply.Expects is not Expectation.Key)
                outside = i + 1;
        for (var i = 0; i < outside; i++) Speak(xml, reply.Says[i]);
        switch (reply.Expects)
        {
            case Expectation.Key key:
                Gather(xml, token, reply, outside, key);
                break;
            case Expectation.Words words:
                Record(xml, token, reply, words);
                break;
            case Expectation.Nothing:
                xml.Append("<Hangup/>");
                break;
        }

        xml.Append("</Response>");
        var document = xml.ToString();
        return Encoding.UTF8.GetByteCount(document) <= LongestDocument
            ? document
            : throw new InvalidOperationException($"The prompt of turn {reply.Turn} is longer than the {LongestDocument} bytes that a carrier takes.");
    }

    /// <summary>One sentence in the office's main language, and the call ends.</summary>
    internal string Apology()
    {
        var xml = new StringBuilder(Head).Append("<Response>");
        Speak(xml, new Utterance("zh-CN", TwilioTexts.Get("Apology", CultureInfo.GetCultureInfo("zh-CN")), null, false));
        return xml.Append("<Hangup/></Response>").ToString();
    }

    private void Gather(StringBuilder xml, string? token, VoiceReply reply, int from, Expectation.Key key)
    {
        // An empty finishOnKey lets # be an answer; with actionOnEmptyResult silence arrives like a key.
        var action = addresses.Input(token, reply.Turn, words: false);
        xml.Append("<Gather input=\"dtmf\" numDigits=\"1\" finishOnKey=\"\"");
        Attribute(xml, "timeout", Seconds(key.Timeout));
        Attribute(xml, "action", action);
        xml.Append(" method=\"POST\" actionOnEmptyResult=\"true\">");
        for (var i = from; i < reply.Says.Count; i++) Speak(xml, reply.Says[i]);
        xml.Append("</Gather>");
        Redirect(xml, action);
    }

    private void Record(StringBuilder xml, string? token, VoiceReply reply, Expectation.Words words)
    {
        var action = addresses.Input(token, reply.Turn, words: true);
        xml.Append("<Record");
        Attribute(xml, "action", action);
        xml.Append(" method=\"POST\" playBeep=\"true\" finishOnKey=\"#\"");
        Attribute(xml, "maxLength", Seconds(words.Maximum));
        Attribute(xml, "timeout", Seconds(TimeSpan.FromSeconds(options.RecordingSilenceSeconds)));
        if (token is not null)
        {
            Attribute(xml, "recordingStatusCallback", addresses.Recording(token));
            xml.Append(" recordingStatusCallbackMethod=\"POST\" recordingStatusCallbackEvent=\"completed absent\"");
        }

        xml.Append("/>");
        Redirect(xml, action);
    }

    // A Gather or Record that ends without its action would otherwise end the call.
    private static void Redirect(StringBuilder xml, string address)
    {
        xml.Append("<Redirect method=\"POST\">");
        Escape(xml, address);
        xml.Append("</Redirect>");
    }

    private void Speak(StringBuilder xml, Utterance utterance)
    {
        if (utterance.Audio is not null)
        {
            xml.Append("<Play>");
            Escape(xml, addresses.Audio(utterance.Audio));
            xml.Append("</Play>");
            return;
        }

        var voice = VoiceOf(utterance.Language);
        foreach (var part in Parts(utterance.Text))
        {
            xml.Append("<Say");
            Attribute(xml, "language", voice.Language);
            if (!string.IsNullOrEmpty(voice.Voice)) Attribute(xml, "voice", voice.Voice);
            xml.Append('>');
            Escape(xml, part);
            xml.Append("</Say>");
        }
    }

    private TwilioVoice VoiceOf(string language)
    {
        for (var tag = language; tag.Length > 0; tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
            if (options.Voices.TryGetValue(tag, out var voice))
                return voice;
        return new TwilioVoice(language, null);
    }

    // Cut after the last sentence that fits, else after the last comma or blank, else between two characters.
    private static IEnumerable<string> Parts(string text)
    {
        var rest = text.Trim();
        while (rest.Length > LongestSay)
        {
            var window = rest.AsSpan(0, LongestSay);
            var cut = window.LastIndexOfAny(SentenceEnds) + 1;
            if (cut < LongestSay / 2) cut = Math.Max(cut, window.LastIndexOfAny(Breaths) + 1);
            if (cut == 0) cut = char.IsHighSurrogate(rest[LongestSay - 1]) ? LongestSay - 1 : LongestSay;
            yield return rest[..cut];
            rest = rest[cut..].TrimStart();
        }

        if (rest.Length > 0) yield return rest;
    }

    private static void Attribute(StringBuilder xml, string name, string value)
    {
        xml.Append(' ').Append(name).Append("=\"");
        Escape(xml, value);
        xml.Append('"');
    }

    // What XML 1.0 cannot hold is left out: control characters, halves of surrogate pairs, U+FFFE and U+FFFF.
    private static void Escape(StringBuilder xml, ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': xml.Append("&amp;"); break;
                case '<': xml.Append("&lt;"); break;
                case '>': xml.Append("&gt;"); break;
                case '"': xml.Append("&quot;"); break;
                case '\t' or '\n' or '\r': xml.Append(' '); break;
                case < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFD or 0xFFFE or 0xFFFF: break;
                default:
                    if (rune.IsBmp) xml.Append((char)rune.Value);
                    else xml.Append(rune.ToString());
                    break;
            }
        }
    }

    private static string Seconds(TimeSpan time) =>
        Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
