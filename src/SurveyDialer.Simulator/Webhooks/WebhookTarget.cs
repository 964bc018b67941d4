using System.Collections.Concurrent;
using System.Globalization;

namespace SurveyDialer.Simulator.Webhooks;

/// <summary>How often and after what a request is repeated; from the fragment of its address (<c>#rc=3&amp;rp=ct,5xx&amp;rt=8000</c>).</summary>
/// <param name="Retries">0 to 5; default 1.</param>
/// <param name="OnConnect">Repeat when no connection came about.</param>
/// <param name="OnRead">Repeat when the answer did not come in time.</param>
/// <param name="On4xx">Repeat after a 4xx.</param>
/// <param name="On5xx">Repeat after a 5xx.</param>
/// <param name="ReadMilliseconds">100 to 15,000; default 15,000.</param>
internal sealed record RetryRule(int Retries, bool OnConnect, bool OnRead, bool On4xx, bool On5xx, int ReadMilliseconds)
{
    public static readonly RetryRule Default = new(1, OnConnect: true, OnRead: false, On4xx: false, On5xx: false, 15_000);
    private static readonly ConcurrentDictionary<string, RetryRule> Known = new();

    public static RetryRule Parse(string fragment)
        => fragment.Length <= 1 ? Default : Known.Count > 1000 ? Read(fragment) : Known.GetOrAdd(fragment, Read);

    private static RetryRule Read(string fragment)
    {
        var rule = Default;
        foreach (var part in fragment.TrimStart('#').Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                continue;
            var value = part[(equals + 1)..];
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (part[..equals])
            {
                case "rc" when isNumber:
                    rule = rule with { Retries = Math.Clamp(number, 0, 5) };
                    break;
                case "rt" when isNumber:
                    rule = rule with { ReadMilliseconds = Math.Min(rule.ReadMilliseconds, Math.Clamp(number, 100, 15_000)) };
                    break;
                case "tt" when isNumber:
                    rule = rule with { ReadMilliseconds = Math.Min(rule.ReadMilliseconds, Math.Clamp(number, 100, 15_000)) };
                    break;
                case "rp":
                    var names = value.Replace("%2C", ",", StringComparison.OrdinalIgnoreCase).Split(',');
                    var all = names.Contains("all");
                    rule = rule with
                    {
                        OnConnect = all || names.Contains("ct"), OnRead = all || names.Contains("rt"),
                        On4xx = all || names.Contains("4xx"), On5xx = all || names.Contains("5xx"),
                    };
                    break;
            }
        }

        return rule;
    }
}

/// <summary>An address of the product as it is requested and as it is signed.</summary>
/// <param name="Uri">What is requested, without fragment and user.</param>
/// <param name="Signed">What the signature covers: the port stays, except for voice over HTTPS.</param>
/// <param name="User">User and password in the address, if any; sent as Basic credentials.</param>
internal sealed record WebhookTarget(Uri Uri, string Signed, string? User, RetryRule Retry)
{
    /// <returns>Null when this is no absolute http or https address.</returns>
    public static WebhookTarget? Parse(string url, bool voice)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            return null;
        var retry = RetryRule.Parse(uri.Fragment);
        var user = uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(uri.UserInfo);
        if (uri.Fragment.Length > 0 || user is not null)
            uri = new UriBuilder(uri) { Fragment = "", UserName = "", Password = "" }.Uri;

        // Uri forgets a port that is the scheme's default; the signature must not.
        var port = voice && uri.Scheme == Uri.UriSchemeHttps ? "" : WrittenPort(url);
        return new WebhookTarget(uri, $"{uri.Scheme}://{uri.Host}{port}{uri.PathAndQuery}", user, retry);
    }

    private static string WrittenPort(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var length = url.AsSpan(start).IndexOfAny("/?#");
        var authority = length < 0 ? url[start..] : url.Substring(start, length);
        var colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf('@') && colon > authority.LastIndexOf(']') ? authority[colon..] : "";
    }
}
