using System.Text;
using System.Text.Unicode;

namespace SurveyDialer.Storage;

/// <summary>A text that people keep in a file: UTF-8, UTF-16 with its mark, or GB18030 (GBK), as editors on Chinese Windows save it.</summary>
public static class TextFile
{
    /// <summary>Bytes read at most: no text of ours comes near it, and what is cut off there is refused for its length.</summary>
    private const int LargestFile = 64 * 1024 * 1024;

    static TextFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Read(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[Math.Min(stream.Length, LargestFile)];
        return Decode(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
    }

    internal static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var text] => Encoding.UTF8.GetString(text),
        [0xFF, 0xFE, .. var text] => Encoding.Unicode.GetString(text),
        [0xFE, 0xFF, .. var text] => Encoding.BigEndianUnicode.GetString(text),
        _ when Utf8.IsValid(bytes) => Encoding.UTF8.GetString(bytes),
        _ => Encoding.GetEncoding("GB18030").GetString(bytes),
    };
}
