using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Storage;

/// <summary>
/// Encrypts single fields (AES-256-GCM) and makes their keyed look-up hashes (HMAC-SHA256). The purpose is bound to the ciphertext, so that
/// a field cannot be moved to another column. Thread-safe. Runs outside of stories.
/// </summary>
public sealed class FieldCipher(KeyRing keys)
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + 4 + NonceBytes;

    private readonly byte[][] indexKeys = [.. keys.IndexKeys()];

    /// <summary>The key version that <see cref="Encrypt(string, string)"/> and <see cref="Index"/> use.</summary>
    public int KeyVersion => keys.CurrentVersion;

    /// <summary>Encrypts a text for one purpose, for example <c>phone.number</c>.</summary>
    public byte[] Encrypt(string purpose, string text) => Encrypt(purpose, Encoding.UTF8.GetBytes(text));

    /// <summary>Encrypts bytes for one purpose.</summary>
    public byte[] Encrypt(string purpose, ReadOnlySpan<byte> plain)
        => Seal(keys.CipherKey(keys.CurrentVersion)!, keys.CurrentVersion, purpose, plain);

    /// <summary>Reads a text back. Null stays null.</summary>
    /// <exception cref="CryptographicException">The key is missing, or the field was changed or belongs to another purpose.</exception>
    public string? Decrypt(string purpose, byte[]? cipher) => cipher is null ? null : Encoding.UTF8.GetString(DecryptBytes(purpose, cipher));

    /// <summary>Reads bytes back.</summary>
    /// <exception cref="CryptographicException">The key is missing, or the field was changed or belongs to another purpose.</exception>
    public byte[] DecryptBytes(string purpose, byte[] cipher)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        if (cipher.Length < HeaderBytes + TagBytes) throw new CryptographicException("The encrypted field is too short.");
        var version = BinaryPrimitives.ReadInt32BigEndian(cipher.AsSpan(1));
        var key = keys.CipherKey(version) ?? throw new CryptographicException($"The key of version {version} is missing.");
        return Unseal(key, purpose, cipher);
    }

    /// <summary>Keyed hash of a text for one purpose: equal texts give equal hashes, nothing else can be learnt without the keys. 32 bytes.</summary>
    public byte[] Index(string purpose, string text)
    {
        var hash = HMACSHA256.HashData(indexKeys[0], Encoding.UTF8.GetBytes($"{purpose}\n{text}"));
        for (var later = 1; later < indexKeys.Length; later++) hash = HMACSHA256.HashData(indexKeys[later], hash);
        return hash;
    }

    /// <summary>Encrypts the interview id of a respondent under the campaign's own key. Null once that key has been destroyed.</summary>
    public byte[]? SealLink(string linkKeyId, long respondentId, byte[] interviewId)
        => keys.LinkKey(linkKeyId) is { } key ? Seal(key, 0, LinkPurpose(respondentId), interviewId) : null;

    /// <summary>The interview id of a respondent, or null once the campaign's key has been destroyed.</summary>
    public byte[]? OpenLink(string linkKeyId, long respondentId, byte[] sealedLink)
        => keys.LinkKey(linkKeyId) is { } key ? Unseal(key, LinkPurpose(respondentId), sealedLink) : null;

    private static string LinkPurpose(long respondentId) => $"link.{respondentId}";

    private static byte[] Seal(byte[] key, int version, string purpose, ReadOnlySpan<byte> plain)
    {
        var cipher = new byte[HeaderBytes + plain.Length + TagBytes];
        cipher[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(cipher.AsSpan(1), version);
        var nonce = cipher.AsSpan(5, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, cipher.AsSpan(HeaderBytes, plain.Length), cipher.AsSpan(HeaderBytes + plain.Length), Encoding.UTF8.GetBytes(purpose));
        return cipher;
    }

    private static byte[] Unseal(byte[] key, string purpose, byte[] cipher)
    {
        var length = cipher.Length - HeaderBytes - TagBytes;
        if (length < 0 || cipher[0] != Format) throw new CryptographicException("The encrypted field has an unknown form.");
        var plain = new byte[length];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(cipher.AsSpan(5, NonceBytes), cipher.AsSpan(HeaderBytes, length), cipher.AsSpan(HeaderBytes + length), plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }
}
