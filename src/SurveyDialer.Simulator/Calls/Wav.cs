using System.Buffers.Binary;

namespace SurveyDialer.Simulator.Calls;

/// <summary>Just enough of RIFF WAVE: a murmur of a given length, and the length of a given file.</summary>
internal static class Wav
{
    private const int Rate = 8000;

    private const int SyllableBytes = Rate / 4 * 2;

    // The pause is one of them.
    private static readonly byte[][] Syllables = [.. ((double[])[0, 105, 118, 131, 147, 165, 185]).Select(Syllable)];

    /// <summary>Four syllables a second of nobody in particular, the same for the same seed; 8 kHz, 16 bit, mono.</summary>
    public static byte[] Murmur(int seconds, string seed)
    {
        var data = seconds * Rate * 2;
        var file = new byte[44 + data];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 36 + data);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), data);
        var choice = 2166136261;
        foreach (var letter in seed) choice = (choice ^ letter) * 16777619;
        for (var at = 44; at < file.Length; at += SyllableBytes)
        {
            choice = (choice * 1664525) + 1013904223;
            Syllables[(choice >> 16) % Syllables.Length].CopyTo(file, at);
        }

        return file;
    }

    /// <summary>A quarter of a second of one pitch with two overtones, rising and falling; pitch 0: silence.</summary>
    private static byte[] Syllable(double pitch)
    {
        var bytes = new byte[SyllableBytes];
        for (var i = 0; i < SyllableBytes / 2; i++)
        {
            var angle = 2 * Math.PI * pitch * i / Rate;
            var tone = Math.Sin(angle) + (Math.Sin(2 * angle) / 2) + (Math.Sin(3 * angle) / 4);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), (short)(6000 * tone * Math.Sin(Math.PI * i / (SyllableBytes / 2))));
        }

        return bytes;
    }

    /// <summary>Null when this is no WAV.</summary>
    public static double? Seconds(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file.Slice(8, 4).SequenceEqual("WAVE"u8))
            return null;
        var bytesPerSecond = 0;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(file[(at + 4)..]);
            if (file.Slice(at, 4).SequenceEqual("fmt "u8) && at + 20 <= file.Length)
                bytesPerSecond = BinaryPrimitives.ReadInt32LittleEndian(file[(at + 16)..]);
            else if (file.Slice(at, 4).SequenceEqual("data"u8))
                return bytesPerSecond > 0 ? (double)Math.Min(size, file.Length - at - 8) / bytesPerSecond : null;
            if (size < 0)
                return null;
            at += 8 + size + (size & 1);
        }

        return null;
    }
}
