using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Simulator.Webhooks;

/// <summary>X-Twilio-Signature: HMAC-SHA1 over the address and the sorted parameters (twilio.com/docs/usage/security).</summary>
internal static class Signature
{
    /// <param name="key">UTF-8 of the account's token.</param>
    /// <param name="url">As requested, without fragment and user; see <see cref="WebhookTarget"/> for the port.</param>
    /// <param name="fields">Decoded form parameters; none for GET. The order does not matter; a repeated pair counts once.</param>
    public static string Compute(byte[] key, string url, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var sorted = fields.ToArray();
        Array.Sort(sorted, static (a, b) =>
        {
            var byName = string.CompareOrdinal(a.Key, b.Key);
            return byName != 0 ? byName : string.CompareOrdinal(a.Value, b.Value);
        });
        var size = Encoding.UTF8.GetMaxByteCount(url.Length + sorted.Sum(static f => f.Key.Length + f.Value.Length));
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var length = Encoding.UTF8.GetBytes(url, buffer);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i].Key == sorted[i - 1].Key && sorted[i].Value == sorted[i - 1].Value)
                continue;
            length += Encoding.UTF8.GetBytes(sorted[i].Key, buffer.AsSpan(length));
            length += Encoding.UTF8.GetBytes(sorted[i].Value, buffer.AsSpan(length));
        }

        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // the protocol prescribes SHA-1
        HMACSHA1.HashData(key, buffer.AsSpan(0, length), hash);
#pragma warning restore CA5350
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToBase64String(hash);
    }
}
