using System.Buffers;
using System.Text;

namespace SurveyDialer.Simulator.Webhooks;

/// <summary>Writes parameters as <c>application/x-www-form-urlencoded</c> (blank as +).</summary>
internal static class FormBody
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~*"u8);

    public static byte[] Encode(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var writer = new ArrayBufferWriter<byte>(1024);
        for (var i = 0; i < fields.Count; i++)
        {
            if (i > 0)
                writer.Write("&"u8);
            Append(writer, fields[i].Key);
            writer.Write("="u8);
            Append(writer, fields[i].Value);
        }

        return writer.WrittenSpan.ToArray();
    }

    private static void Append(ArrayBufferWriter<byte> writer, string text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var bytes = buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer));
        var target = writer.GetSpan((bytes.Length * 3) + 1);
        var length = 0;
        foreach (var value in bytes)
        {
            if (Plain.Contains(value))
            {
                target[length++] = value;
            }
            else if (value == (byte)' ')
            {
                target[length++] = (byte)'+';
            }
            else
            {
                target[length++] = (byte)'%';
                target[length++] = (byte)"0123456789ABCDEF"[value >> 4];
                target[length++] = (byte)"0123456789ABCDEF"[value & 15];
            }
        }

        writer.Advance(length);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
