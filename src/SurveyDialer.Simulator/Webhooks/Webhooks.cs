using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace SurveyDialer.Simulator.Webhooks;

/// <param name="Method">POST or GET.</param>
/// <param name="Voice">Decides what the signature says of the port.</param>
/// <param name="Token">The same for every repetition of this request.</param>
/// <param name="WantsBody">False: the answer's body is not read.</param>
/// <param name="Redirected">Parameters after a redirection, which loses what the respondent pressed; null: redirections are not followed.</param>
internal sealed record WebhookRequest(
    string Url, string Method, List<KeyValuePair<string, string>> Fields, bool Voice, string Token, bool WantsBody = false,
    List<KeyValuePair<string, string>>? Redirected = null, bool Forged = false);

/// <param name="Status">HTTP status; 0 when nothing came back.</param>
/// <param name="Error">Twilio's error code; 0 when the request succeeded.</param>
/// <param name="FinalUrl">After redirections.</param>
internal sealed record WebhookReply(int Status, int Error, string ContentType, string Body, string FinalUrl)
{
    public bool Succeeded => Error == 0;
}

/// <summary>Sends signed requests to the product, repeating and following redirections as Twilio does.</summary>
internal sealed class WebhookSender(string token, HttpMessageHandler handler) : IDisposable
{
    public const int MaximumBody = 64 * 1024;
    private readonly byte[] _key = Encoding.UTF8.GetBytes(token);
    private readonly byte[] _wrongKey = Encoding.UTF8.GetBytes(token + "-forged");
    private readonly ConcurrentDictionary<int, HttpClient> _clients = new();
    private readonly HttpClient _audio = new(handler, disposeHandler: false) { MaxResponseContentBufferSize = 20_000_000, Timeout = TimeSpan.FromSeconds(15) };

    public async Task<WebhookReply> SendAsync(WebhookRequest request, CancellationToken cancellation)
    {
        var url = request.Url;
        var (method, fields) = (request.Method, request.Fields);
        for (var hops = 0; ; hops++)
        {
            var (reply, location) = await RepeatAsync(request, url, method, fields, cancellation);
            if (location is null || request.Redirected is null)
                return reply;
            if (hops == 10)
                return reply with { Error = 11215 };
            if (!Uri.TryCreate(new Uri(reply.FinalUrl), location, out var next))
                return reply with { Error = 11200 };
            (url, method, fields) = (next.OriginalString.Contains("://", StringComparison.Ordinal) ? next.OriginalString : next.AbsoluteUri, "GET", request.Redirected);
        }
    }

    /// <summary>The bytes of a prompt's file; null when there is none.</summary>
    public async Task<byte[]?> DownloadAsync(string url, CancellationToken cancellation)
    {
        try
        {
            using var response = await _audio.GetAsync(url, cancellation);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(cancellation) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException || TimedOut(exception, cancellation))
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        _audio.Dispose();
    }

    private static bool TimedOut(Exception exception, CancellationToken cancellation)
        => exception is OperationCanceledException && !cancellation.IsCancellationRequested;

    private async Task<(WebhookReply Reply, string? Location)> RepeatAsync(
        WebhookRequest request, string url, string method, List<KeyValuePair<string, string>> fields, CancellationToken cancellation)
    {
        if (method == "GET")
            url = WithQuery(url, fields);
        var target = WebhookTarget.Parse(url, request.Voice);
        if (target is null)
            return (new WebhookReply(0, 11100, "", "", url), null);
        for (var attempt = 0; ; attempt++)
        {
            var (reply, location, again) = await OnceAsync(request, target, method, fields, cancellation);
            if (!again || attempt >= target.Retry.Retries)
                return (reply, location);
        }
    }

    private async Task<(WebhookReply Reply, string? Location, bool Again)> OnceAsync(
        WebhookRequest request, WebhookTarget target, string method, List<KeyValuePair<string, string>> fields, CancellationToken cancellation)
    {
        var posted = method == "GET" ? [] : fields;
        using var message = new HttpRequestMessage(method == "GET" ? HttpMethod.Get : HttpMethod.Post, target.Uri);
        message.Headers.TryAddWithoutValidation("X-Twilio-Signature", Signature.Compute(request.Forged ? _wrongKey : _key, target.Signed, posted));
        message.Headers.TryAddWithoutValidation("I-Twilio-Idempotency-Token", request.Token);
        message.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        if (target.User is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(target.User)));
        if (method != "GET")
        {
            message.Content = new ByteArrayContent(FormBody.Encode(posted));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        }

        var final = target.Uri.OriginalString;
        try
        {
            using var response = await Client(target.Retry.ReadMilliseconds).SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellation);
            return await ReadAsync(request, target, response, final, cancellation);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return (new WebhookReply(200, 11750, "", "", final), null, false);
        }
        catch (HttpRequestException exception)
        {
            var connect = exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError || exception.InnerException is SocketException;
            var code = exception.HttpRequestError == HttpRequestError.NameResolutionError ? 11210 : connect ? 11205 : 11200;
            return (new WebhookReply(0, code, "", "", final), null, connect && target.Retry.OnConnect);
        }
        catch (OperationCanceledException exception) when (TimedOut(exception, cancellation))
        {
            return (new WebhookReply(0, 11200, "", "", final), null, target.Retry.OnRead);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever breaks a connection to a dying server must end the call as a carrier would, and not leave it hanging.
            return (new WebhookReply(0, 11206, "", "", final), null, false);
        }
    }

    private static async Task<(WebhookReply Reply, string? Location, bool Again)> ReadAsync(
        WebhookRequest request, WebhookTarget target, HttpResponseMessage response, string final, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (status is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location)
            return (new WebhookReply(status, 11200, type, "", final), location.OriginalString, false);
        if (status is < 200 or > 299)
            return (new WebhookReply(status, 11200, type, "", final), null, status >= 500 ? target.Retry.On5xx : status >= 400 && target.Retry.On4xx);
        if (!request.WantsBody || type.StartsWith("audio/", StringComparison.Ordinal))
            return (new WebhookReply(status, 0, type, "", final), null, false);
        var body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellation));
        return (new WebhookReply(status, 0, type, body.TrimStart('\uFEFF'), final), null, false);
    }

    private static string WithQuery(string url, List<KeyValuePair<string, string>> fields)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = hash < 0 ? (url, "") : (url[..hash], url[hash..]);
        var separator = address.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return fields.Count == 0 ? url : string.Concat(address, separator, Encoding.ASCII.GetString(FormBody.Encode(fields)), fragment);
    }

    private HttpClient Client(int milliseconds)
        => _clients.GetOrAdd(milliseconds, wait => new HttpClient(handler, disposeHandler: false)
        {
            Timeout = TimeSpan.FromMilliseconds(wait), MaxResponseContentBufferSize = MaximumBody,
        });
}
