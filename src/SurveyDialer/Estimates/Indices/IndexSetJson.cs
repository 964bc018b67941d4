using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.Estimates;

/// <summary>The stored form of an index set: canonical JSON, the same bytes for the same set on every machine.</summary>
public static class IndexSetJson
{
    private static readonly IndexSetJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = false,
    });

    /// <summary>One line without spaces; properties in declaration order, keys of points and weights and languages in ordinal order.</summary>
    public static string Write(IndexSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var ordered = set with
        {
            Indices = [.. set.Indices.Select(index => index with { Points = index.Points is { } points ? Ordered(points) : null })],
            Composites = [.. set.Composites.Select(composite => composite with { Weights = Ordered(composite.Weights) })],
        };
        return JsonSerializer.Serialize(ordered, Context.IndexSet);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, in this or an earlier version.</summary>
    /// <exception cref="JsonException">The text is not a stored index set, or one of a newer version.</exception>
    public static IndexSet Read(string json) => JsonSerializer.Deserialize(json, Context.IndexSet) ?? throw new JsonException("The stored index set is null.");

    /// <summary>SHA-256 of the canonical JSON in UTF-8; 32 bytes.</summary>
    public static byte[] Hash(IndexSet set) => SHA256.HashData(Encoding.UTF8.GetBytes(Write(set)));

    /// <summary>The first eight hexadecimal digits of <see cref="Hash"/>, as printed under figures.</summary>
    public static string ShortHash(IndexSet set) => Convert.ToHexStringLower(Hash(set).AsSpan(0, 4));

    private static SortedDictionary<string, double> Ordered(IReadOnlyDictionary<string, double> numbers)
        => new(numbers.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(IndexSet))]
internal sealed partial class IndexSetJsonContext : JsonSerializerContext;
