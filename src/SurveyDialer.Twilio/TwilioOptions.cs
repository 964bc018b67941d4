using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace SurveyDialer.Twilio;

/// <summary>How to reach a carrier that speaks Twilio's protocol, and how it reaches us. Checked by <see cref="TwilioOptionsCheck"/>.</summary>
public sealed class TwilioOptions : IValidatableObject
{
    internal const string E164 = @"^\+[1-9][0-9]{6,14}$";

    /// <summary>Root of the carrier's REST interface; default Twilio's own. A compatible gateway or the simulator has another.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.twilio.com");

    /// <summary>The account (<c>AC…</c> at Twilio).</summary>
    [Required(ErrorMessage = "AccountSidMissing")]
    [RegularExpression("^[A-Za-z0-9-]{2,64}$", ErrorMessage = "AccountSidMalformed")]
    public string AccountSid { get; set; } = "";

    /// <summary>The account's token: password of the REST interface and key of the signatures.</summary>
    [Required(ErrorMessage = "AuthTokenMissing")]
    public string AuthToken { get; set; } = "";

    /// <summary>A second token whose signatures are accepted too, while the token is being changed. Null otherwise.</summary>
    public string? SecondaryAuthToken { get; set; }

    /// <summary>User name of the REST interface where an API key is used instead of the account's token. Signatures never use it.</summary>
    public string? ApiKeySid { get; set; }

    /// <summary>Secret of <see cref="ApiKeySid"/>.</summary>
    public string? ApiKeySecret { get; set; }

    /// <summary>The number that respondents see; E.164.</summary>
    [Required(ErrorMessage = "CallerNumberMissing")]
    [RegularExpression(E164, ErrorMessage = "CallerNumberMalformed")]
    public string CallerNumber { get; set; } = "";

    /// <summary>The number that texts come from; E.164. Null where no texts are sent.</summary>
    [RegularExpression(E164, ErrorMessage = "TextSenderNumberMalformed")]
    public string? TextSenderNumber { get; set; }

    /// <summary>Where the carrier reaches us. Every address given to the carrier, and every signed address, is built from it alone.</summary>
    [Required(ErrorMessage = "PublicAddressMissing")]
    public Uri? PublicAddress { get; set; }

    /// <summary>Calls started a second, at most; the account's own limit. Default 1.</summary>
    [Range(0.01, 1000, ErrorMessage = "CallsPerSecondOutOfRange")]
    public double CallsPerSecond { get; set; } = 1;

    /// <summary>Calls at the same time, at most. Default 2, an account without an approved profile.</summary>
    [Range(1, 10_000, ErrorMessage = "LinesOutOfRange")]
    public int Lines { get; set; } = 2;

    /// <summary>Seconds that one request may take from its first byte to the last of its answer. Default 10.</summary>
    [Range(1, 100, ErrorMessage = "RequestSecondsOutOfRange")]
    public double RequestSeconds { get; set; } = 10;

    /// <summary>Seconds that connecting may take. Default 5.</summary>
    [Range(1, 60, ErrorMessage = "ConnectSecondsOutOfRange")]
    public double ConnectSeconds { get; set; } = 5;

    /// <summary>Seconds of silence that end a recording. Default 5.</summary>
    [Range(1, 60, ErrorMessage = "RecordingSilenceSecondsOutOfRange")]
    public int RecordingSilenceSeconds { get; set; } = 5;

    /// <summary>
    /// Language of a prompt (BCP 47) to the carrier's language and voice. A language without an entry is looked up without its last part,
    /// again and again; what has no entry at all is passed on as it is, without a voice.
    /// </summary>
    public IDictionary<string, TwilioVoice> Voices { get; } = new Dictionary<string, TwilioVoice>(StringComparer.OrdinalIgnoreCase)
    {
        ["zh"] = new("cmn-CN", "Polly.Zhiyu-Neural"),
        ["cmn"] = new("cmn-CN", "Polly.Zhiyu-Neural"),
        ["yue"] = new("yue-HK", "Google.yue-HK-Standard-A"),
        ["zh-HK"] = new("yue-HK", "Google.yue-HK-Standard-A"),
        ["en"] = new("en-US", "Polly.Joanna-Neural"),
    };

    /// <summary>How the REST interface is told who asks.</summary>
    internal AuthenticationHeaderValue Authorization
    {
        get
        {
            var (user, password) = string.IsNullOrEmpty(ApiKeySid) ? (AccountSid, AuthToken) : (ApiKeySid, ApiKeySecret);
            return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }
    }

    /// <summary>Path of the account below the root of the REST interface, ending in a slash.</summary>
    internal string AccountPath => $"2010-04-01/Accounts/{Uri.EscapeDataString(AccountSid)}/";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsWebAddress(BaseAddress)) yield return Wrong("BaseAddressMalformed", nameof(BaseAddress));
        else if (!IsConfidential(BaseAddress)) yield return Wrong("BaseAddressInsecure", nameof(BaseAddress));
        if (PublicAddress is not null)
        {
            if (!IsWebAddress(PublicAddress)) yield return Wrong("PublicAddressMalformed", nameof(PublicAddress));
            else if (PublicAddress.Host.Contains('_', StringComparison.Ordinal)) yield return Wrong("PublicAddressUnderscore", nameof(PublicAddress));
            else if (!IsConfidential(PublicAddress)) yield return Wrong("PublicAddressInsecure", nameof(PublicAddress));
        }

        if (string.IsNullOrEmpty(ApiKeySid) != string.IsNullOrEmpty(ApiKeySecret)) yield return Wrong("ApiKeyIncomplete", nameof(ApiKeySid));
        foreach (var (language, voice) in Voices)
            if (string.IsNullOrWhiteSpace(language) || voice is null || string.IsNullOrWhiteSpace(voice.Language))
                yield return Wrong("VoiceIncomplete", nameof(Voices));
    }

    private static ValidationResult Wrong(string key, string setting) => new(key, [setting]);

    private static bool IsWebAddress(Uri? address) =>
        address is { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" }
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    // Token and keys pressed travel on these connections: in clear only on this machine or inside the office's own network.
    private static bool IsConfidential(Uri address)
    {
        if (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) return true;
        if (!IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)) return false;
        if (ip.AddressFamily == AddressFamily.InterNetworkV6) return ip.IsIPv6UniqueLocal || ip.IsIPv6LinkLocal;
        var b = ip.GetAddressBytes();
        return b[0] == 10 || (b[0] == 172 && b[1] is >= 16 and <= 31) || (b[0] == 192 && b[1] == 168);
    }
}

/// <param name="Language">The carrier's word for the language, for example <c>cmn-CN</c>.</param>
/// <param name="Voice">The carrier's voice; null for its default.</param>
public sealed record TwilioVoice(string Language, string? Voice)
{
    /// <summary>For settings files, which set the properties one by one.</summary>
    public TwilioVoice()
        : this("", null)
    {
    }
}
