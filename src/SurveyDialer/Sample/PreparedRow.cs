using System.Text.Json;
using System.Text.Json.Serialization;
using SurveyDialer.Phones;

namespace SurveyDialer.Sample;

/// <summary>A row read, checked and encrypted outside of the story that writes it.</summary>
internal sealed record PreparedRow
{
    public required int Number { get; init; }

    /// <summary>Township, village, grid; the empty ones left out at the end.</summary>
    public required IReadOnlyList<AreaStep> Area { get; init; }

    public byte[]? NameEnc { get; init; }

    public byte[]? NameIndex { get; init; }

    public byte[]? AddressEnc { get; init; }

    public string? Language { get; init; }

    public required IReadOnlyList<PreparedPhone> Phones { get; init; }

    public required IReadOnlyList<PreparedRejection> Rejections { get; init; }

    public bool Rejected => Phones.Count == 0;
}

/// <param name="Kind">As in <c>area.kind</c>.</param>
internal readonly record struct AreaStep(string Kind, string Name);

/// <summary>A number of a row, ready to be written.</summary>
internal sealed record PreparedPhone(byte[] NumberEnc, byte[] NumberIndex, byte[]? TrunkIndex, PhoneKind Kind, bool Fictional, bool DeskOnly)
{
    /// <summary>Row of <c>phone</c>; 0 before it is written or found.</summary>
    public long Id { get; set; }

    /// <summary>Nobody was linked to it before this block of rows.</summary>
    public bool IsNew { get; set; }
}

/// <summary>One thing wrong with a row.</summary>
/// <param name="Problem">Name of a <see cref="FrameFault"/>, or <c>Phone.</c> and the name of a <see cref="PhoneFault"/>.</param>
internal sealed record PreparedRejection(string Column, string Problem, string Arguments, byte[] RowEnc);

/// <summary>The cells of a rejected row that the import uses, with their titles and what they hold; nothing else of the row is kept.</summary>
internal sealed record RejectedCells(IReadOnlyList<string> Titles, IReadOnlyList<string> Values, IReadOnlyList<ColumnRole> Roles);

[JsonSerializable(typeof(RejectedCells))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.General)]
internal sealed partial class SampleJson : JsonSerializerContext;
