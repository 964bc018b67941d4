using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.Questionnaires;

/// <summary>The stored form of a template: canonical JSON, the same bytes for the same template on every machine.</summary>
public static class TemplateJson
{
    private static readonly TemplateJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = false,
    });

    /// <summary>One line without spaces; properties in declaration order, languages in ordinal order.</summary>
    public static string Write(Template template) => JsonSerializer.Serialize(template, Context.Template);

    /// <summary>Reads what <see cref="Write"/> wrote, in this or an earlier version.</summary>
    /// <exception cref="JsonException">The text is not a stored template, or one of a newer version.</exception>
    public static Template Read(string json)
        => JsonSerializer.Deserialize(json, Context.Template) ?? throw new JsonException("The stored template is null.");

    /// <summary>SHA-256 of the canonical JSON in UTF-8; 32 bytes.</summary>
    public static byte[] Hash(Template template) => SHA256.HashData(Encoding.UTF8.GetBytes(Write(template)));
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Template))]
internal sealed partial class TemplateJsonContext : JsonSerializerContext;
