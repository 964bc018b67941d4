namespace SurveyDialer.Twilio;

/// <summary>
/// Every address that the carrier is given, built from the configured public address alone. What follows the hash sign tells the
/// carrier how to deliver (Twilio's connection overrides): <c>rc</c> repeats, <c>rp</c> on which failures; it is neither sent nor signed.
/// All our handlers may be called twice with the same request, so repeats on a 5xx are welcome.
/// </summary>
internal sealed class CarrierAddresses
{
    private const string Turn = "#rc=1&rp=ct,5xx&rt=8000";
    private const string Report = "#rc=3&rp=ct,rt,5xx";
    private readonly string _root;

    internal CarrierAddresses(Uri publicAddress) => _root = publicAddress.OriginalString.TrimEnd('/') + "/carrier/";

    internal string Voice(string token) => $"{_root}voice/{token}{Turn}";

    internal string Sorry(string token) => $"{_root}sorry/{token}{Turn}";

    internal string Status(string token) => $"{_root}status/{token}{Report}";

    internal string Machine(string token) => $"{_root}machine/{token}{Report}";

    internal string Recording(string token) => $"{_root}recording/{token}{Report}";

    internal string TextStatus(string token) => $"{_root}text-status/{token}{Report}";

    /// <summary>Answered to ourselves: <see cref="TwilioProbe"/>.</summary>
    internal string Probe => _root + "probe";

    internal string Audio(string sha256) => $"{_root}audio/{sha256}.wav";

    /// <summary>Where the input of a prompt goes; <paramref name="token"/> null for somebody who called us.</summary>
    /// <param name="words">The input is a recording: an empty request then means that nothing was said, not that no key was pressed.</param>
    internal string Input(string? token, int turn, bool words) =>
        $"{_root}{(token is null ? "incoming" : "voice/" + token)}/{turn}{(words ? "?words=1" : "")}{Turn}";
}
