using System.Buffers.Binary;
using System.Text;

namespace SurveyDialer.TestKit;

/// <summary>RIFF WAVE files for tests, right or wrong on purpose.</summary>
public static class Waves
{
    /// <summary>A short tone as a telephone carries it: 8 kHz, mono, 16 bit. Every pitch is a file of its own.</summary>
    public static byte[] Tone(double seconds, int pitch)
    {
        var data = new byte[(int)(seconds * 8000) * 2];
        for (var i = 0; i < data.Length / 2; i++) BinaryPrimitives.WriteInt16LittleEndian(data.AsSpan(2 * i), (short)((i * (pitch + 1) * 37 % 16_384) - 8192));
        return Make(data);
    }

    /// <summary>A file with this header.</summary>
    /// <param name="before">Chunks that stand between <c>fmt</c> and <c>data</c>, as programs put them there.</param>
    public static byte[] Make(byte[] data, int tag = 1, int channels = 1, int rate = 8000, int bits = 16, params (string Name, byte[] Content)[] before)
    {
        var format = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(format, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(4), rate);
        BinaryPrimitives.WriteInt32LittleEndian(format.AsSpan(8), rate * channels * bits / 8);
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(12), (ushort)(channels * bits / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(format.AsSpan(14), (ushort)bits);
        return Riff([("fmt ", format), .. before, ("data", data)]);
    }

    /// <summary>A file of these chunks, each padded to an even length.</summary>
    public static byte[] Riff(params (string Name, byte[] Content)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write("RIFF\0\0\0\0WAVE"u8);
        Span<byte> length = stackalloc byte[4];
        foreach (var (name, content) in chunks)
        {
            file.Write(Encoding.ASCII.GetBytes(name));
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            file.Write(length);
            file.Write(content);
            if (content.Length % 2 == 1) file.WriteByte(0);
        }

        var bytes = file.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }
}
