using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>
/// The signature of a webhook: base64 of HMAC-SHA1, keyed with the account's token, over the address and then every field of the form,
/// sorted by name, each as name and value without anything between (Twilio, "Security": validating requests). Of a repeated name each
/// distinct value counts once, in order, as Twilio's Node library has it.
/// </summary>
internal static class TwilioSignature
{
    internal const int Length = 28;

    /// <summary>Writes the signature, <see cref="Length"/> ASCII bytes.</summary>
    /// <param name="key">The token, UTF-8.</param>
    /// <param name="address">The address as signed: scheme, host, path, query; no fragment.</param>
    /// <param name="form">Null for GET and for a JSON body.</param>
    internal static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> address, WebhookForm? form, Span<byte> signature)
    {
        var length = address.Length;
        if (form is not null)
            foreach (var field in form.Fields)
                length += field.NameLength + field.ValueLength;
        var text = ArrayPool<byte>.Shared.Rent(length);
        address.CopyTo(text);
        length = form is null ? address.Length : Append(form, text, address.Length);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The carrier's protocol prescribes SHA-1; within an HMAC its collisions do not matter.
        HMACSHA1.HashData(key, text.AsSpan(0, length), hash);
#pragma warning restore CA5350
        ArrayPool<byte>.Shared.Return(text);
        Base64.EncodeToUtf8(hash, signature, out _, out _);
    }

    /// <summary>The signature of an address and a form as text.</summary>
    internal static string Compute(string token, string address, WebhookForm? form)
    {
        Span<byte> signature = stackalloc byte[Length];
        Compute(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(address), form, signature);
        return Encoding.ASCII.GetString(signature);
    }

    /// <summary>Compares in a time that does not depend on where the two differ. Anything but 28 ASCII characters is no signature.</summary>
    internal static bool Matches(string? given, ReadOnlySpan<byte> expected)
    {
        if (given is not { Length: Length }) return false;
        Span<byte> bytes = stackalloc byte[Length];
        return Encoding.UTF8.TryGetBytes(given, bytes, out var written) && written == Length && CryptographicOperations.FixedTimeEquals(bytes, expected);
    }

    /// <summary>Whether a body is the one whose SHA-256 the signed address names in <c>bodySHA256</c> (JSON webhooks).</summary>
    internal static bool BodyMatches(string address, ReadOnlySpan<byte> body)
    {
        const string Parameter = "bodySHA256=";
        var query = address.IndexOf('?', StringComparison.Ordinal);
        if (query < 0) return false;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        var expected = Convert.ToHexStringLower(hash);
        foreach (var piece in address.AsSpan(query + 1).Split('&'))
        {
            var pair = address.AsSpan(query + 1)[piece];
            if (pair.StartsWith(Parameter, StringComparison.Ordinal)) return pair[Parameter.Length..].SequenceEqual(expected);
        }

        return false;
    }

    private static int Append(WebhookForm form, byte[] text, int at)
    {
        var rented = ArrayPool<WebhookForm.Field>.Shared.Rent(form.Count);
        var sorted = rented.AsSpan(0, form.Count);
        form.Fields.CopyTo(sorted);
        sorted.Sort(new ByNameAndValue(form));
        for (var i = 0; i < sorted.Length; i++)
        {
            var name = form.Name(sorted[i]);
            var value = form.Value(sorted[i]);
            if (i > 0 && form.Name(sorted[i - 1]).SequenceEqual(name) && form.Value(sorted[i - 1]).SequenceEqual(value)) continue;
            name.CopyTo(text.AsSpan(at));
            at += name.Length;
            value.CopyTo(text.AsSpan(at));
            at += value.Length;
        }

        ArrayPool<WebhookForm.Field>.Shared.Return(rented);
        return at;
    }

    private readonly struct ByNameAndValue(WebhookForm form) : IComparer<WebhookForm.Field>
    {
        public int Compare(WebhookForm.Field x, WebhookForm.Field y)
        {
            var names = form.Name(x).SequenceCompareTo(form.Name(y));
            return names != 0 ? names : form.Value(x).SequenceCompareTo(form.Value(y));
        }
    }
}
