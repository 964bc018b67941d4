using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.Sample;

/// <summary>The cells of a rejected row that the import uses, with their titles and what they hold; nothing else of the row is kept.</summary>
internal sealed record RejectedCells(IReadOnlyList<string> Titles, IReadOnlyList<string> Values, IReadOnlyList<ColumnRole> Roles);

[JsonSerializable(typeof(RejectedCells))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.General)]
internal sealed partial class SampleJson : JsonSerializerContext;
