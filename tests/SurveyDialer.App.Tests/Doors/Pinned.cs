using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SurveyDialer.App.Tests.Doors;

/// <summary>Trusts one certificate, by the fingerprint that people are told to compare.</summary>
internal static class Pinned
{
#pragma warning disable MA0039 // The machine made the certificate itself: its fingerprint is all that there is to check, and it is checked.
    internal static HttpClientHandler Handler(Func<string> fingerprint) => new()
    {
        UseProxy = false, ServerCertificateCustomValidationCallback = (_, certificate, _, _) => Is(certificate, fingerprint()),
    };

    internal static SslStream Over(TcpClient connection, Func<string> fingerprint)
        => new(connection.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => Is(certificate, fingerprint()));
#pragma warning restore MA0039

    private static bool Is(X509Certificate? certificate, string fingerprint)
        => certificate?.GetCertHashString(HashAlgorithmName.SHA256) == fingerprint.Replace(":", "", StringComparison.Ordinal);
}
