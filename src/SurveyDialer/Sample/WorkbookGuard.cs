using System.IO.Compression;

namespace SurveyDialer.Sample;

/// <summary>Unpacks a workbook once without keeping anything, so that a bomb or a cut-off file is known before it is read.</summary>
internal static class WorkbookGuard
{
    internal static FrameProblem? Check(Stream stream)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (!zip.Entries.Any(entry => Is(entry, "xl/workbook.xml") || Is(entry, "xl/workbook.bin"))) return Stranger(zip);
            var left = FrameLimits.Unpacked;
            foreach (var entry in zip.Entries)
            {
                var most = Is(entry, "xl/sharedStrings.xml") ? FrameLimits.Texts : FrameLimits.Unpacked;
                var size = Unpack(entry, Math.Min(most, left));
                if (size > most || size > left) return new FrameProblem(FrameFault.UnpacksTooLarge, $"{(size > left ? FrameLimits.Unpacked : most) >> 20}");
                left -= size;
            }

            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return new FrameProblem(FrameFault.Damaged);
        }
        finally
        {
            stream.Position = 0;
        }
    }

    private static FrameProblem Stranger(ZipArchive zip)
    {
        if (zip.Entries.Any(entry => Is(entry, "word/document.xml"))) return new FrameProblem(FrameFault.WrongType, "Word");
        if (zip.Entries.Any(entry => Is(entry, "content.xml"))) return new FrameProblem(FrameFault.OpenDocument);
        return new FrameProblem(FrameFault.WrongType, "ZIP");
    }

    private static long Unpack(ZipArchiveEntry entry, long limit)
    {
        using var stream = entry.Open();
        var buffer = new byte[64 * 1024];
        long size = 0;
        int read;
        while (size <= limit && (read = stream.Read(buffer)) > 0) size += read;
        return size;
    }

    private static bool Is(ZipArchiveEntry entry, string path) => string.Equals(entry.FullName.Replace('\\', '/'), path, StringComparison.OrdinalIgnoreCase);
}
