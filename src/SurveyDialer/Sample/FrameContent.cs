using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Sample;

/// <summary>What a file is by its content, never by its name.</summary>
internal enum FrameForm
{
    Text,
    Workbook,
    OldWorkbook,
}

/// <param name="Form">How it is to be read.</param>
/// <param name="Encoding">Of a text.</param>
/// <param name="Skip">Bytes of the byte order mark.</param>
/// <param name="Sha256">Of the whole file.</param>
internal sealed record FrameContent(FrameForm Form, Encoding Encoding, int Skip, byte[] Sha256)
{
    private const int HeadBytes = 4096;
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: false);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false);

    static FrameContent() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>GB18030 holds GBK and GB2312.</summary>
    private static Encoding Chinese => Encoding.GetEncoding("GB18030");

    /// <summary>Looks at the whole file once.</summary>
    internal static (FrameContent? Content, FrameProblem? Problem) Recognise(Stream stream)
    {
        var head = new byte[HeadBytes];
        var length = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        head = head[..length];
        stream.Position = 0;
        if (Foreign(head) is { } foreign) return (null, foreign);
        if (StartsWith(head, "PK\u0003\u0004")) return (new FrameContent(FrameForm.Workbook, Encoding.UTF8, 0, SHA256.HashData(stream)), null);
        if (StartsWith(head, "\u00D0\u00CF\u0011\u00E0")) return OldContainer(stream);
        return RecogniseText(stream, head);
    }

    /// <summary>Kinds that are told by their first bytes and cannot be read.</summary>
    private static FrameProblem? Foreign(byte[] head)
    {
        string? kind = null;
        if (StartsWith(head, "%PDF")) kind = "PDF";
        else if (StartsWith(head, "{\\rtf")) kind = "RTF";
        else if (StartsWith(head, "Rar!") || StartsWith(head, "7z\u00BC\u00AF") || StartsWith(head, "\u001F\u008B")) kind = "RAR/7z/gz";
        else if (StartsWith(head, "\u0089PNG") || StartsWith(head, "\u00FF\u00D8\u00FF") || StartsWith(head, "GIF8") || StartsWith(head, "BM\u0000")) kind = "PNG/JPEG";
        else if (StartsWith(head, "PK\u0005\u0006")) return new FrameProblem(FrameFault.Empty);
        if (kind is not null) return new FrameProblem(FrameFault.WrongType, kind);
        var text = Encoding.Latin1.GetString(head).Replace("\0", "", StringComparison.Ordinal).TrimStart('\u00EF', '\u00BB', '\u00BF', '\u00FF', '\u00FE', ' ', '\r', '\n', '\t');
        string[] marks = ["<!DOCTYPE", "<html", "<head", "<meta", "<table", "<?xml", "MIME-Version:"];
        return Array.Exists(marks, mark => text.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) ? new FrameProblem(FrameFault.WebPage) : null;
    }

    /// <summary>An OLE container: an old workbook, an encrypted new one, or something else of Office's.</summary>
    private static (FrameContent?, FrameProblem?) OldContainer(Stream stream)
    {
        var names = ContainerNames(stream);
        if (names.Contains("EncryptedPackage", StringComparison.Ordinal)) return (null, new FrameProblem(FrameFault.PasswordProtected));
        if (names.Contains("WordDocument", StringComparison.Ordinal)) return (null, new FrameProblem(FrameFault.WrongType, "Word"));
        if (!names.Contains("Workbook", StringComparison.Ordinal) && !names.Contains("Book", StringComparison.Ordinal))
            return (null, new FrameProblem(FrameFault.Damaged));
        stream.Position = 0;
        return (new FrameContent(FrameForm.OldWorkbook, Encoding.UTF8, 0, SHA256.HashData(stream)), null);
    }

    /// <summary>The directory sector of the container, as text; its place stands in the header.</summary>
    private static string ContainerNames(Stream stream)
    {
        var header = new byte[512];
        if (stream.ReadAtLeast(header, 512, throwOnEndOfStream: false) < 512) return "";
        var sectorShift = BitConverter.ToUInt16(header, 30);
        var sector = BitConverter.ToUInt32(header, 48);
        var start = (sector + 1L) << Math.Min((int)sectorShift, 16);
        if (start >= stream.Length) return "";
        stream.Position = start;
        var directory = new byte[4096];
        var read = stream.ReadAtLeast(directory, directory.Length, throwOnEndOfStream: false);
        return Encoding.Unicode.GetString(directory, 0, read & ~1);
    }

    private static (FrameContent?, FrameProblem?) RecogniseText(Stream stream, byte[] head)
    {
        var (encoding, skip) = ByMark(head);
        var seen = TextBytes.Scan(stream);
        if (seen.Blank) return (null, new FrameProblem(FrameFault.Empty));
        if (encoding is null && seen.Zeros > 0)
        {
            encoding = seen.ZerosAtOdd > seen.Zeros * 9 / 10 ? LittleEndian : seen.ZerosAtOdd < seen.Zeros / 10 ? BigEndian : null;
            if (encoding is null || seen.Zeros < seen.Length / 20) return (null, new FrameProblem(FrameFault.WrongType, "binary"));
        }

        encoding ??= seen.Utf8 ? Encoding.UTF8 : Chinese;
        return (new FrameContent(FrameForm.Text, encoding, skip, seen.Sha256), null);
    }

    private static (Encoding? Encoding, int Skip) ByMark(byte[] head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, ..] => (LittleEndian, 2),
        [0xFE, 0xFF, ..] => (BigEndian, 2),
        _ => (null, 0),
    };

    private static bool StartsWith(byte[] head, string mark) => head.AsSpan().StartsWith(Encoding.Latin1.GetBytes(mark));
}
