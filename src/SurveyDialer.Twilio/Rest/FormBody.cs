using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SurveyDialer.Twilio.Rest;

/// <summary>
/// A form to send, which knows whether any of it was handed to the connection. A request whose body was never begun cannot have been
/// processed, whatever failed (name look-up, connecting, TLS, proxy): that is what tells "nothing happened" from "nobody knows".
/// </summary>
internal sealed class FormBody : HttpContent
{
    private readonly byte[] _bytes;
    private volatile bool _begun;

    internal FormBody(IEnumerable<(string Name, string Value)> fields)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            if (text.Length > 0) text.Append('&');
            text.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        _bytes = Encoding.ASCII.GetBytes(text.ToString());
        Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") { CharSet = "utf-8" };
    }

    /// <summary>True once the first byte was handed over.</summary>
    internal bool Begun => _begun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _begun = true;
        return stream.WriteAsync(_bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
