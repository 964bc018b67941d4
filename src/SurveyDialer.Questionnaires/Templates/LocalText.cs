using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.Questionnaires;

/// <summary>One text in several languages (BCP 47). A language that is missing is missing: there is never a silent Mandarin fallback.</summary>
[JsonConverter(typeof(LocalTextConverter))]
public sealed class LocalText : IEnumerable<KeyValuePair<string, string>>
{
    private readonly ImmutableSortedDictionary<string, string> texts;

    public LocalText(IEnumerable<KeyValuePair<string, string>> texts) => this.texts = texts.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>No text in any language: the step does not exist in this template.</summary>
    public static LocalText Empty { get; } = new([]);

    public bool IsEmpty => texts.IsEmpty;

    /// <summary>Null where the language is missing.</summary>
    public string? Find(string language) => texts.GetValueOrDefault(language);

    /// <summary>Empty where the language is missing; a checked template has every language that it declares.</summary>
    public string In(string language) => texts.GetValueOrDefault(language) ?? "";

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => texts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An object of language to text, in ordinal order of the languages.</summary>
internal sealed class LocalTextConverter : JsonConverter<LocalText>
{
    public override LocalText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var texts = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var language = reader.GetString()!;
            reader.Read();
            texts[language] = reader.GetString() ?? throw new JsonException($"The text in {language} is null.");
        }

        return new LocalText(texts);
    }

    public override void Write(Utf8JsonWriter writer, LocalText value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (language, text) in value)
            writer.WriteString(language, text);
        writer.WriteEndObject();
    }
}
