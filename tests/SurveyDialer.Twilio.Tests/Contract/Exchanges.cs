using System.Net;
using System.Text.Json.Nodes;

namespace SurveyDialer.Twilio.Tests.Contract;

/// <summary>Remembers what our client asked and what it was answered.</summary>
internal sealed class Exchanges() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
{
    internal JsonArray Kept { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);

        // The sound of a recording is fetched from a media store; only the resource is in the description.
        if (response.Content.Headers.ContentType?.MediaType?.StartsWith("audio/", StringComparison.Ordinal) == true) return response;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        Kept.Add(new JsonObject
        {
            ["method"] = request.Method.Method, ["path"] = request.RequestUri!.AbsolutePath, ["query"] = Read(request.RequestUri.Query.TrimStart('?')).ToJson(),
            ["form"] = Read(form).ToJson(), ["status"] = (int)response.StatusCode, ["body"] = body.Length == 0 ? null : JsonNode.Parse(body),
        });
        return response;
    }

    private static IEnumerable<(string, string)> Read(string encoded) => encoded.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1])));
}
