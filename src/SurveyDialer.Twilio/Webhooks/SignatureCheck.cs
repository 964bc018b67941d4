using System.Buffers;
using System.Globalization;
using System.Text;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>
/// Decides whether a request was signed by the carrier. The address is the configured public one with the request's path and query exactly
/// as they came over the wire; host, scheme and forwarding headers of the request are never looked at.
/// </summary>
internal sealed class SignatureCheck
{
    private readonly byte[][] _keys;
    private readonly byte[] _withoutPort;
    private readonly byte[] _withPort;
    private readonly bool _voiceDropsPort;
    private readonly bool _namesPort;
    private readonly string _pathPrefix;

    internal SignatureCheck(TwilioOptions options)
    {
        var address = options.PublicAddress ?? throw new ArgumentException("The public address is not set.", nameof(options));
        _keys = string.IsNullOrEmpty(options.SecondaryAuthToken)
            ? [Encoding.UTF8.GetBytes(options.AuthToken)]
            : [Encoding.UTF8.GetBytes(options.AuthToken), Encoding.UTF8.GetBytes(options.SecondaryAuthToken)];
        _pathPrefix = address.AbsolutePath.TrimEnd('/');

        // As written, not as System.Uri prints it: the carrier signs what it was given, ":443" included.
        var root = address.OriginalString[..(address.OriginalString.IndexOf("://", StringComparison.Ordinal) + 3)];
        var authority = address.OriginalString[root.Length..].Split('/', 2)[0];
        var host = address.HostNameType == UriHostNameType.IPv6 ? authority[..(authority.IndexOf(']', StringComparison.Ordinal) + 1)] : authority.Split(':')[0];
        _namesPort = authority.Length > host.Length;
        _voiceDropsPort = address.Scheme == Uri.UriSchemeHttps;
        _withoutPort = Encoding.UTF8.GetBytes(root + host);
        _withPort = Encoding.UTF8.GetBytes(_namesPort ? root + authority : root + host + ":" + address.Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <param name="header">The value of <c>X-Twilio-Signature</c>; null when it is absent or there are several.</param>
    /// <param name="rawTarget">Path and query as received.</param>
    /// <param name="form">Null for a request without one.</param>
    /// <param name="voice">A request about a call: over HTTPS it is signed without the port. Texts, and everything over HTTP, keep the port.</param>
    internal bool Accepts(string? header, string rawTarget, WebhookForm? form, bool voice)
    {
        if (header is not { Length: TwilioSignature.Length } || rawTarget is not ['/', ..]) return false;

        // By the rule first, then the other way round, as Twilio's own libraries do: gateways differ here, and only a holder of the token can sign either.
        var withPort = _namesPort && !(voice && _voiceDropsPort);
        return Accepts(header, rawTarget, form, withPort ? _withPort : _withoutPort) || Accepts(header, rawTarget, form, withPort ? _withoutPort : _withPort);
    }

    private bool Accepts(string header, string rawTarget, WebhookForm? form, byte[] origin)
    {
        // A proxy may have taken the public address's own path off.
        var prefix = _pathPrefix.Length > 0 && !rawTarget.StartsWith(_pathPrefix + "/", StringComparison.Ordinal) ? _pathPrefix : "";
        var most = origin.Length + Encoding.UTF8.GetMaxByteCount(prefix.Length + rawTarget.Length);
        var address = ArrayPool<byte>.Shared.Rent(most);
        origin.CopyTo(address, 0);
        var length = origin.Length;
        length += Encoding.UTF8.GetBytes(prefix, address.AsSpan(length));
        length += Encoding.UTF8.GetBytes(rawTarget, address.AsSpan(length));
        Span<byte> signature = stackalloc byte[TwilioSignature.Length];
        var accepted = false;
        foreach (var key in _keys)
        {
            TwilioSignature.Compute(key, address.AsSpan(0, length), form, signature);
            accepted |= TwilioSignature.Matches(header, signature);
        }

        ArrayPool<byte>.Shared.Return(address);
        return accepted;
    }
}
