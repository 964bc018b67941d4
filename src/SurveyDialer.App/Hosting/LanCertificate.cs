using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>
/// The certificate of the pages for other machines: made by this one at the first start, kept beside the keys, and made anew before it ends or when
/// the machine has a name or address that it does not name.
/// </summary>
internal sealed class LanCertificate : IDisposable
{
    private const int DaysOfLife = 365;
    private const int RenewDaysBefore = 30;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly string path;
    private readonly IReadOnlyList<string> names;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private X509Certificate2? current;

    /// <param name="path">Of the file, never in the data folder: it holds a private key.</param>
    /// <param name="names">Names and addresses of this machine.</param>
    internal LanCertificate(string path, IReadOnlyList<string> names, TimeProvider clock) => (this.path, this.names, this.clock) = (path, names, clock);

    /// <summary>Where the certificate of an installation is kept.</summary>
    internal static string PathBeside(string keyPath) => Path.ChangeExtension(keyPath, ".lan.pfx");

    /// <summary>The certificate to be used now.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    internal X509Certificate2 Current()
    {
        lock (gate)
        {
            current ??= Load();
            if (current is null || !Serves(current))
            {
                // The one before stays alive: handshakes may still be using it.
                OwnFile.Replace(path, stream => stream.Write(Make()));
                current = Load()!;
            }

            return current;
        }
    }

    /// <summary>SHA-256 of the certificate, as browsers write it.</summary>
    internal string Fingerprint() => string.Join(':', Convert.ToHexString(SHA256.HashData(Current().RawData)).Chunk(2).Select(pair => new string(pair)));

    public void Dispose() => current?.Dispose();

    private bool Serves(X509Certificate2 certificate)
    {
        var now = clock.GetUtcNow();
        if (now < new DateTimeOffset(certificate.NotBefore) || now > new DateTimeOffset(certificate.NotAfter).AddDays(-RenewDaysBefore)) return false;
        var named = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault();
        var known = named is null ? [] : named.EnumerateDnsNames().Concat(named.EnumerateIPAddresses().Select(address => address.ToString()));
        return names.All(name => known.Contains(name.Trim('[', ']'), StringComparer.OrdinalIgnoreCase));
    }

    private byte[] Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=SurveyDialer", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        var now = clock.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(DaysOfLife));
        return made.Export(X509ContentType.Pkcs12);
    }

    /// <summary>From the file, since Windows uses no key that was never kept; null where there is none that can be read.</summary>
    private X509Certificate2? Load()
    {
        try
        {
            return File.Exists(path) ? X509CertificateLoader.LoadPkcs12FromFile(path, null) : null;
        }
        catch (CryptographicException)
        {
            // Damaged: a new one is made, and browsers ask once more.
            return null;
        }
    }
}
