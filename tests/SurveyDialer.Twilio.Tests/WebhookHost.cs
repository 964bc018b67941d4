using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace SurveyDialer.Twilio.Tests;

/// <summary>The endpoints on a real server, asked over a bare connection so that nothing rewrites the request's target.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WebhookHost(WebApplication server, TwilioOptions options, LogLines log) => (_server, Options, Log) = (server, options, log);

    internal RecordingInbox Inbox { get; } = new();

    internal LogLines Log { get; }

    internal TwilioOptions Options { get; }

    internal Dictionary<string, byte[]> Audio { get; } = [];

    internal static async Task<WebhookHost> StartAsync(Action<TwilioOptions>? change = null)
    {
        var options = Some.Options();
        change?.Invoke(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var log = new LogLines();
        builder.Logging.AddProvider(log).AddFilter("Microsoft", LogLevel.None);
        var host = new WebhookHost(builder.Build(), options, log);
        host._server.MapTwilioEndpoints(options, host.Inbox, (sha256, _) => ValueTask.FromResult(host.Audio.GetValueOrDefault(sha256)));
        await host._server.StartAsync();
        return host;
    }

    /// <summary>Posts a form signed as the carrier would, the account included.</summary>
    internal Task<Answer> SignedAsync(string target, params (string Name, string Value)[] fields) =>
        PostAsync(target, Signatures.Encode([("AccountSid", Some.Account), .. fields]), Sign(target, [("AccountSid", Some.Account), .. fields]));

    internal string Sign(string target, params IEnumerable<(string Name, string Value)> fields) =>
        Signatures.Sign(Options.PublicAddress!.OriginalString.TrimEnd('/') + target, fields);

    internal Task<Answer> PostAsync(string target, string body, string? signature, params string[] headers) =>
        SendAsync("POST", target, Encoding.UTF8.GetBytes(body), [.. signature is null ? [] : new[] { "X-Twilio-Signature: " + signature }, .. headers]);

    internal async Task<Answer> SendAsync(string method, string target, byte[] body, string[] headers)
    {
        var address = new Uri(_server.Urls.First());
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: internal:1\r\nConnection: close\r\n");
        if (!Array.Exists(headers, h => h.StartsWith("Transfer-Encoding", StringComparison.Ordinal) || h.StartsWith("Content-Length", StringComparison.Ordinal)))
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        head.Append("Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n");
        foreach (var header in headers) head.Append(header).Append("\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()));
        try
        {
            await stream.WriteAsync(body);
        }
        catch (IOException)
        {
            // The server may answer and close before it has read a body that is too large.
        }

        return await ReadAsync(stream);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<Answer> ReadAsync(NetworkStream stream)
    {
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received);
        }
        catch (IOException)
        {
            // A reset after the answer: what was received counts.
        }

        var text = Encoding.UTF8.GetString(received.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, "No answer: " + text);
        return new Answer(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }

    internal sealed record Answer(int Status, string Head, string Body);
}
