using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Crash.Fuzz;

/// <summary>Requests at the carrier's listener: right, wrong and senseless, about calls that there are and that there are not.</summary>
internal sealed class WebhookFuzz(Uri product, string account, string token, IReadOnlyList<string> tokens, IReadOnlyList<string> callIds, Random random)
{
    private static readonly string[] Places =
    [
        "voice/{0}", "voice/{0}/{1}", "voice/{0}/{1}?words=1", "incoming", "incoming/{1}", "sorry/{0}", "status/{0}", "machine/{0}", "recording/{0}", "text-status/{0}", "text", "probe", "audio/{0}", "audio/{0}.wav",
        "{0}", "", "voice/%2e%2e/{1}", "voice/乡/{1}",
    ];

    private static readonly string[] Names =
    [
        "CallSid", "MessageSid", "SmsSid", "CallStatus", "MessageStatus", "Digits", "FinishedOnKey", "AnsweredBy", "RecordingSid", "RecordingUrl", "RecordingStatus", "RecordingDuration", "SequenceNumber", "CallDuration",
        "SipResponseCode", "From", "To", "Body", "OptOutType", "SpeechResult", "乡", "AccountSid",
    ];

    private static readonly string[] Words = ["completed", "busy", "no-answer", "failed", "canceled", "ringing", "in-progress", "delivered", "undelivered", "human", "machine_start", "fax", "absent", "1", "2", "9", "hangup"];

    /// <summary>One request; sent as it is.</summary>
    /// <param name="signed">By the carrier's own token, over exactly this request.</param>
    internal (HttpRequestMessage Request, bool Opens) Make(bool signed)
    {
        var path = string.Format(null, random.One(Places), Token(), random.Next(6) == 0 ? Mutation.Value(random) : $"{random.Next(12)}");
        if (random.Next(20) == 0) path += "?" + Uri.EscapeDataString(Mutation.Value(random));
        var address = new Uri(product, "carrier/" + path);
        var get = random.Next(25) == 0;
        var fields = Enumerable.Range(0, random.Next(12)).Select(_ => (Name: random.One(Names), Value: Value())).ToList();
        if (random.Next(10) > 0) fields.Add(("AccountSid", account));
        var body = Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{WebUtility.UrlEncode(field.Name)}={WebUtility.UrlEncode(field.Value)}")));
        if (!signed && random.Next(3) == 0) body = Mutation.Of(body, random);
        if (random.Next(200) == 0) body = [.. body, .. new byte[random.Next(100_000)]];
        var request = new HttpRequestMessage(get ? HttpMethod.Get : HttpMethod.Post, address) { Content = get ? null : new ByteArrayContent(body) };
        if (!get) request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(random.Next(20) == 0 ? "application/json" : "application/x-www-form-urlencoded; charset=utf-8");
        if (signed) request.Headers.Add("X-Twilio-Signature", Sign(address.AbsoluteUri, get ? [] : fields));
        else if (random.Next(4) > 0) request.Headers.TryAddWithoutValidation("X-Twilio-Signature", random.One<string>(["", "x", new('A', 28), Sign("https://elsewhere/", fields), Sign(address.AbsoluteUri, [.. fields, ("a", "b")])]));
        return (request, Opens: path.StartsWith("audio/", StringComparison.Ordinal));
    }

    private string Token() => random.Next(4) switch
    {
        0 => Uri.EscapeDataString(Mutation.Value(random) is { Length: > 0 and < 100 } odd ? odd : "x"),
        1 => Convert.ToHexStringLower(RandomBytes()),
        _ => random.One(tokens),
    };

    private string Value() => random.Next(3) switch { 0 => Mutation.Value(random), 1 => random.One(callIds), _ => random.One(Words) };

    private byte[] RandomBytes()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return bytes;
    }

    // Twilio's rule: the address, then every field by name, of a repeated one each distinct value.
    private string Sign(string address, List<(string Name, string Value)> fields)
    {
        var text = address + string.Concat(fields.Distinct().OrderBy(field => field.Name, StringComparer.Ordinal).ThenBy(field => field.Value, StringComparer.Ordinal).Select(field => field.Name + field.Value));
#pragma warning disable CA5350 // The carrier's signature is HMAC-SHA1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}
