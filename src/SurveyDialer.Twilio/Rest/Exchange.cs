using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SurveyDialer.Twilio.Rest;

/// <summary>How a request to the carrier went.</summary>
internal enum ExchangeKind
{
    /// <summary>A whole answer arrived, whatever it says.</summary>
    Answered,

    /// <summary>Nothing of the request reached the carrier.</summary>
    NothingSent,

    /// <summary>Sent, and no whole answer came back.</summary>
    Lost,

    /// <summary>Not even tried: too many failures just before.</summary>
    Suspended,
}

/// <param name="Status">HTTP status; 0 unless answered.</param>
/// <param name="Wait">What the carrier, or the circuit breaker, asked us to wait.</param>
/// <param name="Reason">In a few words, without numbers; for the log and the attempt's history.</param>
internal sealed record Exchange(ExchangeKind Kind, int Status, byte[] Body, TimeSpan? Wait, string Reason)
{
    internal bool IsSuccess => Kind == ExchangeKind.Answered && Status is >= 200 and < 300;

    /// <summary>The carrier knows no such thing. Only its own word counts: a proxy's 404 page must not make a call disappear.</summary>
    internal bool IsMissing => Status == 404 && Read(TwilioJson.Default.ErrorResource) is { Code: not null };

    /// <summary>Whether trying again soon could go better; only for requests that may be repeated.</summary>
    internal bool IsTransient => Kind is ExchangeKind.NothingSent or ExchangeKind.Lost || Status is 429 or 408 or >= 500;

    /// <summary>Whether it counts against the carrier's health. A rate limit does not: the carrier is well, we are too fast.</summary>
    internal bool IsOutage => Kind is ExchangeKind.NothingSent or ExchangeKind.Lost || Status >= 500;

    /// <summary>The body as JSON; null when it is none (HTML, empty, cut off).</summary>
    internal T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Body.Length == 0 ? null : JsonSerializer.Deserialize(Body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
