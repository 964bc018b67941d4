using System.Buffers;
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
    private const int NoncesAtOnce = 256;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + 4 + NonceBytes;
    private const int StackBytes = 256;
    private const int IndexBytes = 16;

    // Making these costs as much as using them once, and neither may be used by two threads at a time.
    [ThreadStatic]
    private static (byte[] Key, AesGcm Cipher)? lastCipher;

    [ThreadStatic]
    private static (byte[] Key, IncrementalHash Hash)? lastHash;

    // Asking for random bytes costs as much as encrypting a name, however few are asked for.
    [ThreadStatic]
    private static byte[]? nonces;

    [ThreadStatic]
    private static int noncesLeft;

    private readonly byte[][] indexKeys = [.. keys.IndexKeys()];

    /// <summary>The key version that <see cref="Encrypt(string, string)"/> and <see cref="Index(string, string, int)"/> use.</summary>
    public int KeyVersion => keys.CurrentVersion;

    /// <summary>Encrypts a text for one purpose, for example <c>phone.number</c>.</summary>
    public byte[] Encrypt(string purpose, string text)
    {
        Span<byte> stack = stackalloc byte[StackBytes];
        return Encrypt(purpose, Bytes(text, stack));
    }

    /// <summary>Encrypts bytes for one purpose.</summary>
    public byte[] Encrypt(string purpose, ReadOnlySpan<byte> plain)
    {
        var version = keys.CurrentVersion;
        return Seal(CipherOf(keys.CipherKey(version)!), version, purpose, plain);
    }

    /// <summary>As <see cref="Encrypt(string, string)"/>, into a buffer.</summary>
    /// <returns>How many bytes.</returns>
    internal int Encrypt(string purpose, string text, IBufferWriter<byte> into)
    {
        Span<byte> stack = stackalloc byte[StackBytes];
        var plain = Bytes(text, stack);
        var version = keys.CurrentVersion;
        var sealing = into.GetSpan(SealedLength(plain))[..SealedLength(plain)];
        Seal(CipherOf(keys.CipherKey(version)!), version, purpose, plain, sealing);
        into.Advance(sealing.Length);
        return sealing.Length;
    }

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
        return Unseal(CipherOf(key), purpose, cipher);
    }

    /// <summary>Keyed hash of a text for one purpose: equal texts give equal hashes, nothing else can be learnt without the keys.</summary>
    /// <param name="length">Bytes: 16 tell any number of texts apart.</param>
    public byte[] Index(string purpose, string text, int length = IndexBytes)
    {
        var hash = new byte[length];
        Index(purpose, text, hash);
        return hash;
    }

    /// <summary>As <see cref="Index(string, string, int)"/>, into a buffer.</summary>
    /// <returns>How many bytes.</returns>
    internal int Index(string purpose, string text, IBufferWriter<byte> into)
    {
        Index(purpose, text, into.GetSpan(IndexBytes)[..IndexBytes]);
        into.Advance(IndexBytes);
        return IndexBytes;
    }

    /// <summary>Encrypts the interview id of a respondent under the campaign's own key. Null once that key has been destroyed.</summary>
    public byte[]? SealLink(string linkKeyId, long respondentId, byte[] interviewId)
    {
        if (keys.LinkKey(linkKeyId) is not { } key) return null;
        using var cipher = new AesGcm(key, TagBytes);
        return Seal(cipher, 0, LinkPurpose(respondentId), interviewId);
    }

    /// <summary>The interview id of a respondent, or null once the campaign's key has been destroyed.</summary>
    public byte[]? OpenLink(string linkKeyId, long respondentId, byte[] sealedLink)
    {
        if (keys.LinkKey(linkKeyId) is not { } key) return null;
        using var cipher = new AesGcm(key, TagBytes);
        return Unseal(cipher, LinkPurpose(respondentId), sealedLink);
    }

    private void Index(string purpose, string text, Span<byte> hash)
    {
        Span<byte> purposeStack = stackalloc byte[StackBytes];
        Span<byte> textStack = stackalloc byte[StackBytes];
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];

        // All that could fail comes first: a hash left half done would spoil the next one of this thread.
        var purposeBytes = Bytes(purpose, purposeStack);
        var textBytes = Bytes(text, textStack);
        var first = HashOf(indexKeys[0]);
        first.AppendData(purposeBytes);
        first.AppendData("\n"u8);
        first.AppendData(textBytes);
        first.GetHashAndReset(whole);
        whole[..hash.Length].CopyTo(hash);
        for (var later = 1; later < indexKeys.Length; later++)
        {
            HMACSHA256.HashData(indexKeys[later], hash, whole);
            whole[..hash.Length].CopyTo(hash);
        }
    }

    private static string LinkPurpose(long respondentId) => $"link.{respondentId}";

    /// <summary>This thread's cipher of a field key. Link keys are never kept: they must be gone once destroyed.</summary>
    private static AesGcm CipherOf(byte[] key)
    {
        if (lastCipher is { } last && ReferenceEquals(last.Key, key)) return last.Cipher;
        lastCipher?.Cipher.Dispose();
        var cipher = new AesGcm(key, TagBytes);
        lastCipher = (key, cipher);
        return cipher;
    }

    private static IncrementalHash HashOf(byte[] key)
    {
        if (lastHash is { } last && ReferenceEquals(last.Key, key)) return last.Hash;
        lastHash?.Hash.Dispose();
        var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        lastHash = (key, hash);
        return hash;
    }

    /// <summary>Random bytes that are used this once.</summary>
    private static ReadOnlySpan<byte> NextNonce()
    {
        nonces ??= new byte[NoncesAtOnce * NonceBytes];
        if (noncesLeft == 0)
        {
            RandomNumberGenerator.Fill(nonces);
            noncesLeft = NoncesAtOnce;
        }

        return nonces.AsSpan(--noncesLeft * NonceBytes, NonceBytes);
    }

    /// <summary>UTF-8 in <paramref name="stack"/> where it fits.</summary>
    private static ReadOnlySpan<byte> Bytes(string text, Span<byte> stack)
        => Encoding.UTF8.TryGetBytes(text, stack, out var length) ? stack[..length] : Encoding.UTF8.GetBytes(text);

    private static int SealedLength(ReadOnlySpan<byte> plain) => HeaderBytes + plain.Length + TagBytes;

    private static byte[] Seal(AesGcm aes, int version, string purpose, ReadOnlySpan<byte> plain)
    {
        var cipher = new byte[SealedLength(plain)];
        Seal(aes, version, purpose, plain, cipher);
        return cipher;
    }

    private static void Seal(AesGcm aes, int version, string purpose, ReadOnlySpan<byte> plain, Span<byte> cipher)
    {
        cipher[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(cipher[1..], version);
        var nonce = cipher.Slice(5, NonceBytes);
        NextNonce().CopyTo(nonce);
        Span<byte> stack = stackalloc byte[StackBytes];
        aes.Encrypt(nonce, plain, cipher.Slice(HeaderBytes, plain.Length), cipher[(HeaderBytes + plain.Length)..], Bytes(purpose, stack));
    }

    private static byte[] Unseal(AesGcm aes, string purpose, byte[] cipher)
    {
        var length = cipher.Length - HeaderBytes - TagBytes;
        if (length < 0 || cipher[0] != Format) throw new CryptographicException("The encrypted field has an unknown form.");
        var plain = new byte[length];
        Span<byte> stack = stackalloc byte[StackBytes];
        aes.Decrypt(cipher.AsSpan(5, NonceBytes), cipher.AsSpan(HeaderBytes, length), cipher.AsSpan(HeaderBytes + length), plain, Bytes(purpose, stack));
        return plain;
    }
}
