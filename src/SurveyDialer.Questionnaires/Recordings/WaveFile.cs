using System.Buffers.Binary;
using System.Globalization;

namespace SurveyDialer.Questionnaires;

/// <summary>What a telephone carries: 8 kHz, one channel, 16-bit linear or G.711. Anything else would be converted by the carrier, or not played at all.</summary>
/// <param name="Seconds">Length of the sound; more than 0.</param>
public sealed record WaveFile(double Seconds)
{
    /// <summary>Longer than any prompt may be; keeps a recording of a whole meeting out of a call.</summary>
    internal const double LongestSeconds = 60;

    private const int Rate = 8000;
    private const int Header = 12;
    private const int ChunkHeader = 8;
    private const int FormatLength = 16;

    private static readonly (int Tag, int Bits)[] Encodings = [(1, 16), (6, 8), (7, 8)];

    /// <summary>Reads RIFF WAVE strictly: every length must be right to the byte, so that a file cut short on its way is found here and not by a resident.</summary>
    /// <returns>The sound, or the key of what is wrong with its arguments.</returns>
    internal static (WaveFile? File, WaveProblem? Problem) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < Header || !file[..4].SequenceEqual("RIFF"u8) || !file.Slice(8, 4).SequenceEqual("WAVE"u8))
            return (null, new WaveProblem("wav_other_kind"));
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) != (ulong)file.Length - ChunkHeader)
            return (null, new WaveProblem("wav_damaged"));
        ReadOnlySpan<byte> format = [], data = [];
        for (var at = Header; at < file.Length;)
        {
            if (file.Length - at < ChunkHeader) return (null, new WaveProblem("wav_damaged"));
            var name = file.Slice(at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            at += ChunkHeader;
            if (length > (uint)(file.Length - at)) return (null, new WaveProblem("wav_damaged"));
            var chunk = file.Slice(at, (int)length);
            if (name.SequenceEqual("fmt "u8))
            {
                if (!format.IsEmpty || chunk.Length < FormatLength) return (null, new WaveProblem("wav_damaged"));
                format = chunk;
            }
            else if (name.SequenceEqual("data"u8))
            {
                if (format.IsEmpty || !data.IsEmpty) return (null, new WaveProblem("wav_damaged"));
                if (chunk.IsEmpty) return (null, new WaveProblem("wav_empty"));
                data = chunk;
            }

            // A chunk of odd length is padded; some programs leave the last pad out.
            at += (int)Math.Min(length + (length & 1), (uint)(file.Length - at));
        }

        return format.IsEmpty || data.IsEmpty ? (null, new WaveProblem("wav_damaged")) : Sound(format, data);
    }

    private static (WaveFile? File, WaveProblem? Problem) Sound(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data)
    {
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (!Encodings.Contains((tag, bits))) return (null, new WaveProblem("wav_encoding", Number(tag), Number(bits)));
        if (channels != 1) return (null, new WaveProblem("wav_channels", Number(channels)));
        if (rate != Rate) return (null, new WaveProblem("wav_rate", Number(rate)));
        var block = bits / 8;
        var bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(format[8..]);
        var blockAlign = BinaryPrimitives.ReadUInt16LittleEndian(format[12..]);
        if (blockAlign != block || bytesPerSecond != Rate * block || data.Length % block != 0) return (null, new WaveProblem("wav_damaged"));
        var seconds = (double)data.Length / (Rate * block);
        if (seconds > LongestSeconds) return (null, new WaveProblem("wav_too_long", CheckLog.Number(Math.Ceiling(seconds)), CheckLog.Number(LongestSeconds)));
        return data.IndexOfAnyExcept(data[0]) < 0 ? (null, new WaveProblem("wav_silent")) : (new WaveFile(seconds), null);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Why a file cannot be played; a key of <c>QuestionnaireTexts</c> with its arguments.</summary>
internal sealed record WaveProblem(string Key, params string[] Arguments);
