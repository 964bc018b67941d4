using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SurveyDialer.App.Health;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Commands.Local;

/// <summary>The JSON of the local API and of <c>--json</c>: snake_case, Chinese as it is, one line.</summary>
[JsonSerializable(typeof(LocalCommand))]
[JsonSerializable(typeof(LocalAnswer))]
[JsonSerializable(typeof(CommandRefused))]
[JsonSerializable(typeof(ImportOutcome))]
[JsonSerializable(typeof(CampaignOutcome))]
[JsonSerializable(typeof(CampaignMissing))]
[JsonSerializable(typeof(CampaignFigures))]
[JsonSerializable(typeof(CampaignList))]
[JsonSerializable(typeof(FrameSketch))]
[JsonSerializable(typeof(RoundOutcome))]
[JsonSerializable(typeof(FileOutcome))]
[JsonSerializable(typeof(HealthOutcome))]
[JsonSerializable(typeof(ExportList))]
[JsonSerializable(typeof(TemplateOutcome))]
[JsonSerializable(typeof(TemplateList))]
[JsonSerializable(typeof(IndicesOutcome))]
[JsonSerializable(typeof(IndicesList))]
[JsonSerializable(typeof(TemplateScript))]
[JsonSerializable(typeof(RehearsalOutcome))]
[JsonSerializable(typeof(SimulatorAddress))]
[JsonSerializable(typeof(RestoreOutcome))]
[JsonSerializable(typeof(UnlinkOutcome))]
[JsonSerializable(typeof(CountyKeyMade))]
[JsonSerializable(typeof(SealedOpened))]
[JsonSerializable(typeof(DoorMade))]
[JsonSerializable(typeof(DoorList))]
internal sealed partial class LocalJson : JsonSerializerContext
{
    /// <summary>With Chinese as it is.</summary>
    internal static LocalJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}

/// <summary>Why a command did nothing, for <c>--json</c>.</summary>
/// <param name="Problems">In words, as on standard error.</param>
internal sealed record CommandRefused(IReadOnlyList<string> Problems);

/// <summary>What an import did, for <c>--json</c>.</summary>
internal sealed record ImportOutcome(
    long FrameId, long Read, long Imported, long Rejected, long Known, bool Repeated, string? Failure, IReadOnlyList<RejectionLine> Rejections, string? RejectedFile);

/// <summary>One row that was rejected, or imported without one of its numbers.</summary>
internal sealed record RejectionLine(long Row, string Column, string Reason, bool Fatal);

/// <summary>A campaign after a command.</summary>
/// <param name="Respondents">In the sample, after a launch.</param>
/// <param name="Remembered">Blanks filled with what the office said before.</param>
internal sealed record CampaignOutcome(long CampaignId, string State, int? Respondents, IReadOnlyDictionary<string, string>? Remembered);

/// <summary>Why a campaign was not made.</summary>
internal sealed record CampaignMissing(IReadOnlyList<string> Missing);

/// <summary>A file that was written.</summary>
internal sealed record FileOutcome(string File, long Bytes);
