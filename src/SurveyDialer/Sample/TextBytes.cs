using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Sample;

/// <summary>What one pass over the bytes of a text shows of its encoding.</summary>
internal sealed record TextBytes(long Length, bool Blank, bool Utf8, long Zeros, long ZerosAtOdd, byte[] Sha256)
{
    internal static TextBytes Scan(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var buffer = new byte[128 * 1024];
        var scratch = new char[buffer.Length + 4];
        long length = 0, zeros = 0, zerosAtOdd = 0;
        var blank = true;
        var utf8 = true;
        int read;
        while ((read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            var bytes = buffer.AsSpan(0, read);
            hash.AppendData(bytes);
            utf8 = utf8 && IsUtf8(decoder, bytes, scratch);
            blank = blank && bytes.IndexOfAnyExcept(Filler) < 0;
            for (var at = bytes.IndexOf((byte)0); at >= 0; at = Next(bytes, at))
            {
                zeros++;
                zerosAtOdd += (length + at) & 1;
            }

            length += read;
        }

        stream.Position = 0;
        return new TextBytes(length, blank, utf8, zeros, zerosAtOdd, hash.GetHashAndReset());
    }

    /// <summary>Blanks, separators and byte order marks.</summary>
    private static ReadOnlySpan<byte> Filler => [0x20, 0x0D, 0x0A, 0x09, 0x00, 0x2C, 0x3B, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF];

    private static int Next(ReadOnlySpan<byte> bytes, int at)
    {
        var next = bytes[(at + 1)..].IndexOf((byte)0);
        return next < 0 ? -1 : at + 1 + next;
    }

    private static bool IsUtf8(Decoder decoder, ReadOnlySpan<byte> bytes, char[] scratch)
    {
        try
        {
            decoder.GetChars(bytes, scratch, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
