using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.Twilio.Rest;

internal sealed record CallResource(
    string? Sid, string? To, string? Status, string? Direction, string? DateCreated, string? StartTime, string? EndTime, string? Duration,
    string? AnsweredBy, string? QueueTime);

internal sealed record MessageResource(
    string? Sid, string? To, string? Status, string? Direction, string? DateCreated, string? Body, string? ErrorCode);

internal sealed record CallPage(IReadOnlyList<CallResource>? Calls, string? NextPageUri);

internal sealed record MessagePage(IReadOnlyList<MessageResource>? Messages, string? NextPageUri);

internal sealed record ErrorResource(string? Code, string? Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(LenientText)])]
[JsonSerializable(typeof(CallResource))]
[JsonSerializable(typeof(MessageResource))]
[JsonSerializable(typeof(CallPage))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(ErrorResource))]
internal sealed partial class TwilioJson : JsonSerializerContext;

/// <summary>Twilio writes numbers as strings, gateways as numbers: either is read as text, anything else as nothing.</summary>
internal sealed class LenientText : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole)
                    ? whole.ToString(CultureInfo.InvariantCulture)
                    : reader.GetDouble().ToString(CultureInfo.InvariantCulture);
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
