using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Storage;

/// <summary>
/// The county's public key: what is sealed to it can be opened on the county's machine only (<see cref="CountyPrivateKey"/>), never here.
/// Elliptic-curve key agreement on P-256 with a fresh pair each time, HKDF-SHA256, AES-256-GCM.
/// </summary>
public sealed class CountyKey
{
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly byte[] publicInfo;

    private CountyKey(byte[] publicInfo)
    {
        this.publicInfo = publicInfo;
        Id = SHA256.HashData(publicInfo)[..SealedForm.KeyIdBytes];
    }

    /// <summary>As it is stored: a PEM block of its own, without anything that stood around it in the file.</summary>
    public string Pem => PemEncoding.WriteString("PUBLIC KEY", publicInfo);

    /// <summary>To be compared by telephone: four groups of four digits.</summary>
    public string Fingerprint => FingerprintOf(Id);

    internal byte[] Id { get; }

    /// <summary>Reads the text of a key file.</summary>
    /// <returns>The key, or why it is none.</returns>
    public static (CountyKey? Key, CountyKeyProblem? Problem) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) return (null, CountyKeyProblem.PrivateKey);
        if (!PemEncoding.TryFind(text, out var found) || text[found.Label] != "PUBLIC KEY") return (null, CountyKeyProblem.NotAKey);
        try
        {
            using var pair = ECDiffieHellman.Create();
            pair.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text[found.Base64Data]), out _);
            return pair.ExportParameters(false).Curve.Oid.Value == P256 ? (new CountyKey(pair.ExportSubjectPublicKeyInfo()), null) : (null, CountyKeyProblem.WrongKind);
        }
        catch (CryptographicException)
        {
            return (null, CountyKeyProblem.WrongKind);
        }
    }

    /// <summary>The slow half of sealing (a key pair and an agreement, some tenths of a millisecond): before a story, never inside.</summary>
    public CountySeal Begin()
    {
        using var county = ECDiffieHellman.Create();
        county.ImportSubjectPublicKeyInfo(publicInfo, out _);
        using var fresh = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var secret = fresh.DeriveRawSecretAgreement(county.PublicKey);
        var point = SealedForm.PointOf(fresh);
        var key = SealedForm.KeyOf(secret, point, Id);
        CryptographicOperations.ZeroMemory(secret);
        return new CountySeal(key, SealedForm.Header(Id, point));
    }

    internal static string FingerprintOf(byte[] id) => string.Join(' ', Convert.ToHexStringLower(id).Chunk(4).Select(four => new string(four)));
}

/// <summary>One seal, made by <see cref="CountyKey.Begin"/> and used for what one turn brings. What it closes nobody here can open again.</summary>
public sealed class CountySeal
{
    private readonly byte[] key;
    private readonly byte[] header;

    internal CountySeal(byte[] key, byte[] header) => (this.key, this.header) = (key, header);

    /// <summary>Closes bytes for one purpose; microseconds.</summary>
    public byte[] Close(string purpose, ReadOnlySpan<byte> plain)
    {
        using var cipher = new AesGcm(key, SealedForm.TagBytes);
        var closed = new byte[SealedForm.HeaderBytes + SealedForm.NonceBytes + plain.Length + SealedForm.TagBytes];
        header.CopyTo(closed, 0);
        var nonce = closed.AsSpan(SealedForm.HeaderBytes, SealedForm.NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        var body = closed.AsSpan(SealedForm.HeaderBytes + SealedForm.NonceBytes);
        cipher.Encrypt(nonce, plain, body[..plain.Length], body[plain.Length..], SealedForm.Bound(header, purpose));
        return closed;
    }
}

/// <summary>Why a file is not the county's public key.</summary>
public enum CountyKeyProblem
{
    /// <summary>No PEM block "PUBLIC KEY" in it.</summary>
    NotAKey,

    /// <summary>It holds a private key, which must never leave the county.</summary>
    PrivateKey,

    /// <summary>Damaged, or of another kind than elliptic curve P-256.</summary>
    WrongKind,
}

/// <summary>
/// Form 1 of what is sealed: <c>SDS1</c>, 8 bytes of the county key's SHA-256, 64 bytes of the fresh public point, nonce, ciphertext, tag.
/// Header and purpose are bound to the ciphertext.
/// </summary>
internal static class SealedForm
{
    internal const int KeyIdBytes = 8;
    internal const int NonceBytes = 12;
    internal const int TagBytes = 16;
    internal const int HeaderBytes = 4 + KeyIdBytes + PointBytes;

    private const int PointBytes = 64;
    private const int KeyBytes = 32;

    private static ReadOnlySpan<byte> Mark => "SDS1"u8;

    internal static byte[] PointOf(ECDiffieHellman pair)
    {
        var point = pair.ExportParameters(false).Q;
        return [.. point.X!, .. point.Y!];
    }

    internal static byte[] Header(byte[] keyId, byte[] point) => [.. Mark, .. keyId, .. point];

    internal static byte[] KeyOf(byte[] secret, byte[] point, byte[] keyId)
        => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, salt: point, info: [.. "SurveyDialer seal 1"u8, .. keyId]);

    internal static byte[] Bound(ReadOnlySpan<byte> header, string purpose) => [.. header, .. Encoding.UTF8.GetBytes(purpose)];

    /// <summary>False where this is nothing sealed, or of a form that this version does not know.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> closed, out byte[] keyId, out byte[] point)
    {
        (keyId, point) = ([], []);
        if (closed.Length < HeaderBytes + NonceBytes + TagBytes || !closed.StartsWith(Mark)) return false;
        keyId = closed.Slice(Mark.Length, KeyIdBytes).ToArray();
        point = closed.Slice(Mark.Length + KeyIdBytes, PointBytes).ToArray();
        return true;
    }
}
