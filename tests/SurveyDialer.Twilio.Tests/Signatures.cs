using System.Buffers;
using System.Text;
using SurveyDialer.Twilio.Webhooks;

namespace SurveyDialer.Twilio.Tests;

/// <summary>Forms and options as the tests of the signature need them.</summary>
internal static class Signatures
{
    internal const string Token = "12345";

    internal static string Encode(params IEnumerable<(string Name, string Value)> fields) =>
        string.Join('&', fields.Select(f => Uri.EscapeDataString(f.Name) + "=" + Uri.EscapeDataString(f.Value)));

    internal static WebhookForm Form(params IEnumerable<(string Name, string Value)> fields) => Parse(Encode(fields))!;

    internal static WebhookForm? Parse(string body) => Parse(Encoding.UTF8.GetBytes(body));

    internal static WebhookForm? Parse(byte[] body)
    {
        var pooled = ArrayPool<byte>.Shared.Rent(Math.Max(1, body.Length));
        body.CopyTo(pooled, 0);
        return WebhookForm.Parse(pooled, body.Length);
    }

    internal static string Sign(string address, params IEnumerable<(string Name, string Value)> fields)
    {
        using var form = Form(fields);
        return TwilioSignature.Compute(Token, address, form);
    }

    internal static SignatureCheck Check(string publicAddress, string token = Token, string? secondary = null) =>
        new(new TwilioOptions { PublicAddress = new Uri(publicAddress), AuthToken = token, SecondaryAuthToken = secondary });
}
