using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.FollowUps;

/// <summary>
/// What the county reads of a matter that concerns the unit which organised the round. A resident's case, words and recording come as separate
/// pieces; the same <see cref="Matter"/> says that they belong together, to the county only.
/// </summary>
public sealed record SealedMatter
{
    /// <summary>Random-looking; equal for the pieces of one resident's matter.</summary>
    public required string Matter { get; init; }

    /// <summary>Name of the round.</summary>
    public string Round { get; init; } = "";

    public string Township { get; init; } = "";

    /// <summary>Null where the list names none.</summary>
    public string? Village { get; init; }

    /// <summary>In the template's main language.</summary>
    public string? Topic { get; init; }

    /// <summary><c>phone</c> or <c>visit</c>; null: reported without contact.</summary>
    public string? PreferredWay { get; init; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>Null without consent to be contacted, and where the list names none.</summary>
    public string? Name { get; init; }

    /// <summary>E.164; null without consent to be contacted.</summary>
    public string? Number { get; init; }

    public string? Address { get; init; }

    /// <summary>When the resident said so, where he or she lives.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>As typed.</summary>
    public string? Words { get; init; }

    /// <summary>As the carrier gave it.</summary>
    public byte[]? Audio { get; init; }

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, SealedMatterJson.Default.SealedMatter);

    /// <exception cref="JsonException">It is none.</exception>
    internal static SealedMatter Parse(byte[] bytes)
        => JsonSerializer.Deserialize(bytes, SealedMatterJson.Default.SealedMatter) ?? throw new JsonException("Nothing is in it.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SealedMatter))]
internal sealed partial class SealedMatterJson : JsonSerializerContext;
