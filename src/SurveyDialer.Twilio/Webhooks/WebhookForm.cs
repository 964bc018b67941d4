using System.Buffers;
using System.Globalization;
using System.Text;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>
/// A form as it came, decoded in place in one pooled buffer: no strings until a field is asked for, repeated names kept in their order.
/// A name without <c>=</c> has an empty value; empty pieces between <c>&amp;</c> are skipped; a broken escape stays as it is written.
/// </summary>
internal sealed class WebhookForm : IDisposable
{
    internal const int MostBytes = 64 * 1024;
    internal const int MostFields = 1000;
    private byte[] _bytes;
    private Field[] _fields;

    private WebhookForm(byte[] bytes, Field[] fields, int count)
    {
        _bytes = bytes;
        _fields = fields;
        Count = count;
    }

    internal readonly record struct Field(int Name, int NameLength, int Value, int ValueLength);

    /// <summary>Number of fields, repeated names counted each time.</summary>
    internal int Count { get; }

    internal ReadOnlySpan<Field> Fields => _fields.AsSpan(0, Count);

    /// <summary>Takes over <paramref name="pooled"/> from the shared pool. Null when there are too many fields; the buffer is then returned already.</summary>
    internal static WebhookForm? Parse(byte[] pooled, int length)
    {
        var most = Math.Min(MostFields, pooled.AsSpan(0, length).Count((byte)'&') + 1);
        var fields = ArrayPool<Field>.Shared.Rent(most);
        var count = 0;
        var start = 0;
        while (start < length)
        {
            var end = pooled.AsSpan(start, length - start).IndexOf((byte)'&');
            end = end < 0 ? length : start + end;
            if (end > start)
            {
                if (count == most)
                {
                    ArrayPool<Field>.Shared.Return(fields);
                    ArrayPool<byte>.Shared.Return(pooled);
                    return null;
                }

                fields[count++] = ParseField(pooled, start, end);
            }

            start = end + 1;
        }

        return new WebhookForm(pooled, fields, count);
    }

    internal ReadOnlySpan<byte> Name(Field field) => _bytes.AsSpan(field.Name, field.NameLength);

    internal ReadOnlySpan<byte> Value(Field field) => _bytes.AsSpan(field.Value, field.ValueLength);

    /// <summary>Whether the form has the field; its first value.</summary>
    internal bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (var field in Fields)
        {
            if (field.NameLength != name.Length || !Name(field).SequenceEqual(name)) continue;
            value = Value(field);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The first value as text; null when the field is absent.</summary>
    internal string? Text(ReadOnlySpan<byte> name) => TryGet(name, out var value) ? Encoding.UTF8.GetString(value) : null;

    /// <summary>The first value as text; null when the field is absent or empty.</summary>
    internal string? NonEmpty(ReadOnlySpan<byte> name) => TryGet(name, out var value) && value.Length > 0 ? Encoding.UTF8.GetString(value) : null;

    /// <summary>The first value as a non-negative whole number; null when it is none.</summary>
    internal int? Number(ReadOnlySpan<byte> name) =>
        TryGet(name, out var value) && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public void Dispose()
    {
        if (_bytes.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_bytes);
        ArrayPool<Field>.Shared.Return(_fields);
        _bytes = [];
        _fields = [];
    }

    private static Field ParseField(byte[] bytes, int start, int end)
    {
        var equals = bytes.AsSpan(start, end - start).IndexOf((byte)'=');
        var nameEnd = equals < 0 ? end : start + equals;
        var valueStart = equals < 0 ? end : nameEnd + 1;
        return new Field(start, Decode(bytes.AsSpan(start, nameEnd - start)), valueStart, Decode(bytes.AsSpan(valueStart, end - valueStart)));
    }

    // What is decoded is never longer than what is read, so it is written over it.
    private static int Decode(Span<byte> piece)
    {
        var read = piece.IndexOfAny((byte)'%', (byte)'+');
        if (read < 0) return piece.Length;
        var write = read;
        while (read < piece.Length)
        {
            var b = piece[read++];
            if (b == '+')
            {
                b = (byte)' ';
            }
            else if (b == '%' && read + 1 < piece.Length && char.IsAsciiHexDigit((char)piece[read]) && char.IsAsciiHexDigit((char)piece[read + 1]))
            {
                b = (byte)((Digit(piece[read]) << 4) | Digit(piece[read + 1]));
                read += 2;
            }

            piece[write++] = b;
        }

        return write;
    }

    private static int Digit(byte b) => b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;
}
