using System.Security.Cryptography;

namespace SurveyDialer.Storage;

/// <summary>The county's own half of its key, made and used on the county's machine and protected there by a passphrase.</summary>
public sealed class CountyPrivateKey : IDisposable
{
    /// <summary>Fewest characters of a passphrase.</summary>
    public const int ShortestPassphrase = 12;

    // As OWASP advises for PBKDF2 with SHA-256 (2023).
    private const int Rounds = 600_000;

    private readonly ECDiffieHellman pair;
    private readonly byte[] id;

    private CountyPrivateKey(ECDiffieHellman pair)
    {
        this.pair = pair;
        id = SHA256.HashData(pair.ExportSubjectPublicKeyInfo())[..SealedForm.KeyIdBytes];
    }

    /// <summary>As <see cref="CountyKey.Fingerprint"/>.</summary>
    public string Fingerprint => CountyKey.FingerprintOf(id);

    /// <summary>Makes a new pair.</summary>
    /// <returns>The texts of the two files: the private one is encrypted under the passphrase.</returns>
    public static (string PrivatePem, string PublicPem) Create(string passphrase)
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var protection = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Rounds);
        return (pair.ExportEncryptedPkcs8PrivateKeyPem(passphrase, protection), pair.ExportSubjectPublicKeyInfoPem());
    }

    /// <summary>Reads the private file. Null: it is none, or the passphrase is wrong, which cannot be told apart.</summary>
    public static CountyPrivateKey? Read(string pem, string passphrase)
    {
        var pair = ECDiffieHellman.Create();
        try
        {
            pair.ImportFromEncryptedPem(pem, passphrase);
            return new CountyPrivateKey(pair);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            pair.Dispose();
            return null;
        }
    }

    /// <summary>Fingerprint of the key that something was sealed to; null where it is nothing sealed.</summary>
    public static string? FingerprintOf(byte[] closed) => SealedForm.TryRead(closed, out var keyId, out _) ? CountyKey.FingerprintOf(keyId) : null;

    /// <summary>Opens what was sealed for one purpose.</summary>
    /// <exception cref="CryptographicException">It was changed, was sealed for another purpose or to another key, or is of an unknown form.</exception>
    public byte[] Open(string purpose, byte[] closed)
    {
        ArgumentNullException.ThrowIfNull(closed);
        if (!SealedForm.TryRead(closed, out var keyId, out var point)) throw new CryptographicException("The sealed bytes have an unknown form.");
        if (!keyId.AsSpan().SequenceEqual(id)) throw new CryptographicException("Sealed to another key.");
        var half = point.Length / 2;
        using var fresh = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[..half], Y = point[half..] } });
        var secret = pair.DeriveRawSecretAgreement(fresh.PublicKey);
        using var cipher = new AesGcm(SealedForm.KeyOf(secret, point, id), SealedForm.TagBytes);
        CryptographicOperations.ZeroMemory(secret);
        var body = closed.AsSpan(SealedForm.HeaderBytes + SealedForm.NonceBytes);
        var plain = new byte[body.Length - SealedForm.TagBytes];
        cipher.Decrypt(
            closed.AsSpan(SealedForm.HeaderBytes, SealedForm.NonceBytes), body[..plain.Length], body[plain.Length..], plain,
            SealedForm.Bound(closed.AsSpan(0, SealedForm.HeaderBytes), purpose));
        return plain;
    }

    /// <inheritdoc/>
    public void Dispose() => pair.Dispose();
}
