using System.Globalization;
using System.Text;
using System.Xml;

namespace SurveyDialer.Simulator.Twiml;

/// <summary>
/// Reads a document as Twilio does: names are case-sensitive, an unknown verb or attribute is a warning (12200), what is not XML is
/// 12100, another root 12102. Limits: Say 4,096 characters (3,000 for a Polly voice).
/// </summary>
internal sealed class TwimlReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true,
        MaxCharactersInDocument = 70_000,
    };

    private readonly XmlReader _xml;
    private readonly List<int> _warnings = [];
    private int _error;

    private TwimlReader(XmlReader xml) => _xml = xml;

    public static TwimlDocument Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return TwimlDocument.Unusable(11770);
        try
        {
            using var xml = XmlReader.Create(new StringReader(text), Settings);
            return new TwimlReader(xml).Document();
        }
        catch (XmlException)
        {
            return TwimlDocument.Unusable(12100);
        }
    }

    private TwimlDocument Document()
    {
        if (_xml.MoveToContent() != XmlNodeType.Element)
            return TwimlDocument.Unusable(12100);
        if (_xml.Name != "Response")
            return TwimlDocument.Unusable(12102);
        var verbs = new List<Verb>();
        Children(name =>
        {
            if (Verb(name) is { } verb)
                verbs.Add(verb);
        });
        while (_xml.Read())
        {
            // A second root or rubbish after the first is malformed, which the reader tells by throwing.
        }

        return _error != 0 ? TwimlDocument.Unusable(_error) : new TwimlDocument(verbs, 0, _warnings);
    }

    /// <summary>Visits each child element; the reader stands on the element before and on its end afterwards.</summary>
    private void Children(Action<string> visit)
    {
        if (_xml.IsEmptyElement)
            return;
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType == XmlNodeType.Element)
                visit(_xml.Name);
        }
    }

    private Verb? Verb(string name)
    {
        switch (name)
        {
            case "Say" or "Play" or "Pause":
                return Sound(name);
            case "Gather":
                return Gather();
            case "Record":
                return Record();
            case "Redirect":
                var method = Method("method");
                return new RedirectVerb(Text().Trim(), method);
            case "Hangup":
                Skip();
                return new HangupVerb();
            case "Reject":
                var busy = _xml.GetAttribute("reason") == "busy";
                Skip();
                return new RejectVerb(busy);
            case "Dial":
                return Dial();
            case "Message" or "Sms":
                var (to, from) = (_xml.GetAttribute("to"), _xml.GetAttribute("from"));
                return new MessageVerb(Text().Trim(), to, from);
            default:
                _warnings.Add(12200);
                Skip();
                return null;
        }
    }

    private SoundVerb? Sound(string name)
    {
        var loop = Number("loop", 1);
        switch (name)
        {
            case "Say":
                var limit = _xml.GetAttribute("voice")?.StartsWith("Polly.", StringComparison.Ordinal) == true ? 3000 : 4096;
                var text = Text();
                if (string.IsNullOrWhiteSpace(text))
                    _warnings.Add(13520);
                else if (text.Length > limit)
                    _error = 13521;
                return new SayVerb(text.Trim(), (int)loop);
            case "Play":
                return new PlayVerb(Text().Trim(), (int)loop);
            case "Pause":
                var length = Number("length", 1);
                Skip();
                return new PauseVerb(length);
            default:
                _warnings.Add(12200);
                Skip();
                return null;
        }
    }

    private GatherVerb Gather()
    {
        var input = _xml.GetAttribute("input") ?? "dtmf";
        var action = _xml.GetAttribute("action");
        var method = Method("method");
        var timeout = Number("timeout", 5, error: 13314);
        var finish = _xml.GetAttribute("finishOnKey") ?? "#";
        var digits = _xml.GetAttribute("numDigits") is null ? 0 : Number("numDigits", 0, error: 13314);
        var empty = _xml.GetAttribute("actionOnEmptyResult") == "true";
        if (finish.Length > 1)
            _warnings.Add(13310);
        var prompts = new List<SoundVerb>();
        Children(name =>
        {
            if (Sound(name) is { } sound)
                prompts.Add(sound);
        });
        return new GatherVerb(action, method, timeout, finish, (int)digits, empty, input.Contains("dtmf", StringComparison.Ordinal), prompts);
    }

    private RecordVerb Record()
    {
        var verb = new RecordVerb(
            _xml.GetAttribute("action"), Method("method"), Number("timeout", 5), _xml.GetAttribute("finishOnKey") ?? "1234567890*#",
            Number("maxLength", 3600), _xml.GetAttribute("playBeep") != "false", _xml.GetAttribute("recordingStatusCallback"),
            Method("recordingStatusCallbackMethod"), _xml.GetAttribute("recordingStatusCallbackEvent") ?? "completed");
        Skip();
        return verb;
    }

    private DialVerb Dial()
    {
        var verb = new DialVerb(
            _xml.GetAttribute("action"), Method("method"), Number("timeout", 30), Number("timeLimit", 14_400), _xml.GetAttribute("callerId"), []);
        if (_xml.IsEmptyElement)
            return verb;
        var numbers = new List<DialNumber>();
        var text = new StringBuilder();
        var depth = _xml.Depth;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                text.Append(_xml.Value);
            }
            else if (_xml.NodeType == XmlNodeType.Element && _xml.Name == "Number")
            {
                var (callback, events) = (_xml.GetAttribute("statusCallback"), _xml.GetAttribute("statusCallbackEvent") ?? "completed");
                numbers.Add(new DialNumber(Text().Trim(), callback, events));
            }
        }

        if (text.ToString().Trim() is { Length: > 0 } bare)
            numbers.Add(new DialNumber(bare, null, "completed"));
        return verb with { Numbers = numbers };
    }

    /// <summary>The text of the element, that of SSML children included.</summary>
    private string Text()
    {
        if (_xml.IsEmptyElement)
            return "";
        var depth = _xml.Depth;
        string? only = null;
        StringBuilder? more = null;
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
                continue;
            if (only is null)
                only = _xml.Value;
            else
                (more ??= new StringBuilder(only)).Append(_xml.Value);
        }

        return more?.ToString() ?? only ?? "";
    }

    private void Skip() => Children(_ => _warnings.Add(12200));

    private string Method(string attribute) => _xml.GetAttribute(attribute) is { } value && value.Equals("GET", StringComparison.OrdinalIgnoreCase) ? "GET" : "POST";

    private double Number(string attribute, double otherwise, int error = 0)
    {
        if (_xml.GetAttribute(attribute) is not { } text)
            return otherwise;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return value;
        _warnings.Add(error == 0 ? 12200 : error);
        return otherwise;
    }
}
