using System.Globalization;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using SurveyDialer.Calls;

namespace SurveyDialer.Twilio.Rest;

/// <summary>
/// Reading calls and texts at the carrier, one or all to a number. When in doubt something is kept rather than left out: a call that the
/// reconciler does not see would be dialled again.
/// </summary>
internal sealed class TwilioLookup(TwilioHttp http, string account, ILogger logger)
{
    private const int MostPages = 1000;

    internal async Task<CarrierCall?> CallAsync(string sid, CancellationToken cancellation)
    {
        var call = await OneAsync("Fetching a call", $"Calls/{Uri.EscapeDataString(sid)}.json", TwilioJson.Default.CallResource, cancellation);
        return call is null ? null : ToCall(call, DateTimeOffset.UnixEpoch);
    }

    internal async Task<CarrierText?> TextAsync(string sid, CancellationToken cancellation)
    {
        var text = await OneAsync("Fetching a text", $"Messages/{Uri.EscapeDataString(sid)}.json", TwilioJson.Default.MessageResource, cancellation);
        return text is null ? null : ToText(text, DateTimeOffset.UnixEpoch);
    }

    internal async Task<IReadOnlyList<CarrierCall>> CallsAsync(string to, string from, DateTimeOffset createdFrom, CancellationToken cancellation)
    {
        var found = new Dictionary<string, CarrierCall>(StringComparer.Ordinal);
        await PagesAsync("Listing calls", "Calls.json" + Filter(to, from), TwilioJson.Default.CallPage, page =>
        {
            foreach (var call in page.Calls ?? throw new FormatException("The page holds no calls."))
                if (IsWanted(call.Sid, call.To, call.Direction, call.DateCreated, to, createdFrom))
                    found[call.Sid!] = ToCall(call, createdFrom);
            return page.NextPageUri;
        }, cancellation);
        return [.. found.Values];
    }

    internal async Task<IReadOnlyList<CarrierText>> TextsAsync(string to, string? from, DateTimeOffset createdFrom, CancellationToken cancellation)
    {
        var found = new Dictionary<string, CarrierText>(StringComparer.Ordinal);
        await PagesAsync("Listing texts", "Messages.json" + Filter(to, from), TwilioJson.Default.MessagePage, page =>
        {
            foreach (var text in page.Messages ?? throw new FormatException("The page holds no messages."))
                if (IsWanted(text.Sid, text.To, text.Direction, text.DateCreated, to, createdFrom))
                    found[text.Sid!] = ToText(text, createdFrom);
            return page.NextPageUri;
        }, cancellation);
        return [.. found.Values];
    }

    internal CarrierCall ToCall(CallResource call, DateTimeOffset undated) => new(
        call.Sid!,
        call.To ?? "",
        CarrierWords.Call(call.Status) ?? Unknown("status", call.Status, CallStatus.Queued),
        Time(call.DateCreated) ?? undated,
        Time(call.StartTime),
        Time(call.EndTime),
        Number(call.Duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        string.IsNullOrEmpty(call.AnsweredBy) ? null : CarrierWords.Answered(call.AnsweredBy) ?? Unknown("answered_by", call.AnsweredBy, AnsweredBy.Unknown));

    internal static HttpRequestException Failure(string what, Exchange exchange) =>
        new($"{what} at the carrier failed: {exchange.Reason}.", null, exchange.Status == 0 ? null : (HttpStatusCode)exchange.Status);

    /// <summary>A non-negative number; null for anything else.</summary>
    internal static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue ? number : null;

    private CarrierText ToText(MessageResource text, DateTimeOffset undated) => new(
        text.Sid!,
        text.To ?? "",
        CarrierWords.Text(text.Status) ?? Unknown("status", text.Status, TextStatus.Queued),
        Time(text.DateCreated) ?? undated,
        Number(text.ErrorCode) is { } code ? (int)code : null);

    // The earliest word concludes nothing: the reconciler goes on watching.
    private T Unknown<T>(string field, string? word, T instead)
    {
        TwilioLog.UnknownWord(logger, field, CarrierWords.Printable(word));
        return instead;
    }

    private bool IsWanted(string? sid, string? callTo, string? direction, string? created, string to, DateTimeOffset createdFrom)
    {
        if (string.IsNullOrEmpty(sid) || direction is "inbound" or "outbound-dial" or "trunking-terminating" or "trunking-originating") return false;
        if (direction is not (null or "" or "outbound-api" or "outbound-reply" or "outbound-call")) TwilioLog.UnknownWord(logger, "direction", CarrierWords.Printable(direction));
        if (!string.IsNullOrEmpty(callTo) && !SameNumber(callTo, to)) return false;

        // The carrier's times are whole seconds.
        return Time(created) is not { } time || time.ToUnixTimeSeconds() >= createdFrom.ToUnixTimeSeconds();
    }

    private static bool SameNumber(string one, string other) => one.AsSpan().TrimStart('+').SequenceEqual(other.AsSpan().TrimStart('+'));

    private static string Filter(string to, string? from) =>
        $"?To={Uri.EscapeDataString(to)}" + (string.IsNullOrEmpty(from) ? "" : $"&From={Uri.EscapeDataString(from)}") + "&PageSize=1000";

    private async Task<T?> OneAsync<T>(string what, string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var exchange = await http.RepeatableAsync(HttpMethod.Get, new Uri(http.Root, account + path), null, cancellation);
        if (exchange.IsMissing) return null;
        return exchange.IsSuccess ? exchange.Read(type) ?? throw Failure(what + " (unreadable answer)", exchange) : throw Failure(what, exchange);
    }

    private async Task PagesAsync<T>(string what, string path, JsonTypeInfo<T> type, Func<T, string?> take, CancellationToken cancellation)
        where T : class
    {
        var address = new Uri(http.Root, account + path);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Add(address.AbsoluteUri))
        {
            if (seen.Count > MostPages) throw new HttpRequestException($"{what} at the carrier failed: more than {MostPages} pages.");
            var exchange = await http.RepeatableAsync(HttpMethod.Get, address, null, cancellation);
            if (!exchange.IsSuccess) throw Failure(what, exchange);
            string? next;
            try
            {
                next = take(exchange.Read(type) ?? throw new FormatException("No JSON."));
            }
            catch (FormatException e)
            {
                throw new HttpRequestException($"{what} at the carrier failed: unreadable answer ({exchange.Reason}).", e, (HttpStatusCode)exchange.Status);
            }

            if (string.IsNullOrEmpty(next)) return;

            // The account's token goes with every request: never to another host.
            if (!Uri.TryCreate(http.Root, next, out address!) || Uri.Compare(address, http.Root, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
                throw new HttpRequestException($"{what} at the carrier failed: the next page is on another host.");
        }

        throw new HttpRequestException($"{what} at the carrier failed: the pages lead back to one another.");
    }

    /// <summary>Twilio's dates are RFC 2822 (<c>Tue, 31 Aug 2010 20:36:28 +0000</c>); gateways also send ISO 8601.</summary>
    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
