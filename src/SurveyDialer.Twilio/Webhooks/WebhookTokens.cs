using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>What our own addresses carry.</summary>
internal static class WebhookTokens
{
    private const int Longest = 128;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");

    /// <summary>The attempt's token; null when it cannot be one of ours.</summary>
    internal static string? Of(HttpContext context) =>
        context.Request.RouteValues["token"] is string { Length: <= Longest } token && !token.AsSpan().ContainsAnyExcept(Allowed) ? token : null;

    /// <summary>The turn; 0 where the address has none. The route has made sure that it is a number.</summary>
    internal static int Turn(HttpContext context) =>
        int.TryParse(context.Request.RouteValues["turn"] as string, NumberStyles.Integer, CultureInfo.InvariantCulture, out var turn) ? turn : 0;
}
