namespace SurveyDialer.Simulator.Twiml;

/// <summary>One instruction of a document, with Twilio's defaults filled in.</summary>
internal abstract record Verb;

/// <summary>Anything that sounds. <paramref name="Loop"/> 0: without end.</summary>
internal abstract record SoundVerb(int Loop) : Verb;

internal sealed record SayVerb(string Text, int Loop) : SoundVerb(Loop);

internal sealed record PlayVerb(string Url, int Loop) : SoundVerb(Loop);

internal sealed record PauseVerb(double Seconds) : SoundVerb(1);

/// <param name="Action">As written; null: the current document.</param>
/// <param name="FinishOnKey">Empty: no key ends it.</param>
/// <param name="NumDigits">0: unlimited.</param>
internal sealed record GatherVerb(
    string? Action, string Method, double Timeout, string FinishOnKey, int NumDigits, bool ActionOnEmptyResult, bool Keys, IReadOnlyList<SoundVerb> Prompts) : Verb;

internal sealed record RecordVerb(
    string? Action, string Method, double Timeout, string FinishOnKey, double MaxLength, bool PlayBeep, string? StatusCallback, string StatusMethod, string StatusEvents) : Verb;

internal sealed record RedirectVerb(string Url, string Method) : Verb;

internal sealed record HangupVerb : Verb;

internal sealed record RejectVerb(bool Busy) : Verb;

internal sealed record DialVerb(string? Action, string Method, double Timeout, double TimeLimit, string? CallerId, IReadOnlyList<DialNumber> Numbers) : Verb;

internal sealed record DialNumber(string Number, string? StatusCallback, string StatusEvents);

internal sealed record MessageVerb(string Body, string? To, string? From) : Verb;

/// <param name="Error">Twilio's code of what makes the document unusable; 0: usable.</param>
/// <param name="Warnings">Codes of what is ignored, such as an unknown verb.</param>
internal sealed record TwimlDocument(IReadOnlyList<Verb> Verbs, int Error, IReadOnlyList<int> Warnings)
{
    public static TwimlDocument Unusable(int error) => new([], error, []);
}
