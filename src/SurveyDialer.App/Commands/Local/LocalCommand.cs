using System.Text.Json.Serialization;
using SurveyDialer.People;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Commands.Local;

/// <summary>
/// One command on an installation: its arguments and nothing else, so that it is carried out alike by the process that was called and, when a
/// server owns the folder, by that server. Files are full paths of this machine. What is not null is required in JSON, where initial values do not count.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(ImportList), "import")]
[JsonDerivedType(typeof(CreateCampaign), "campaign-create")]
[JsonDerivedType(typeof(StartCampaign), "campaign-launch")]
[JsonDerivedType(typeof(MoveCampaign), "campaign-move")]
[JsonDerivedType(typeof(AlterCampaign), "campaign-change")]
[JsonDerivedType(typeof(PlaceRound), "campaign-round")]
[JsonDerivedType(typeof(UnlinkCampaign), "campaign-unlink")]
[JsonDerivedType(typeof(ShowCampaign), "campaign-status")]
[JsonDerivedType(typeof(ListCampaigns), "campaign-list")]
[JsonDerivedType(typeof(SketchFrame), "frame-sketch")]
[JsonDerivedType(typeof(WriteBackup), "backup")]
[JsonDerivedType(typeof(SaveKeys), "save-keys")]
[JsonDerivedType(typeof(CheckHealth), "health")]
[JsonDerivedType(typeof(WriteExport), "export")]
[JsonDerivedType(typeof(ListExports), "export-list")]
[JsonDerivedType(typeof(MakeDoor), "door-create")]
[JsonDerivedType(typeof(ListDoors), "door-list")]
[JsonDerivedType(typeof(RevokeDoor), "door-revoke")]
internal abstract record LocalCommand
{
    /// <summary><c>zh-CN</c> or <c>en</c>: of everything that the answer says.</summary>
    [JsonRequired]
    public string Language { get; init; } = "zh-CN";

    /// <summary>Who called, for histories and the audit trail.</summary>
    [JsonRequired]
    public string Who { get; init; } = "";
}

/// <summary>Brings a list of residents in.</summary>
internal sealed record ImportList : LocalCommand
{
    public required string File { get; init; }

    public required string Name { get; init; }

    public required string Source { get; init; }

    public required string LegalBasis { get; init; }

    public required string Township { get; init; }

    public string? AreaCode { get; init; }

    /// <summary>Whom the list is about; null: residents.</summary>
    public string? Population { get; init; }

    /// <summary>Column title or letter to the name of a role, where titles do not tell.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Number of the header's last row; null: to be found.</summary>
    public int? HeaderRow { get; init; }

    /// <summary>Where the rejected rows are written; null: nowhere.</summary>
    public string? RejectedFile { get; init; }
}

/// <summary>Makes a campaign; nobody is called yet. The fields are those of <see cref="Campaigns.CampaignDraft"/>.</summary>
internal sealed record CreateCampaign : LocalCommand
{
    public required string Name { get; init; }

    public required string Template { get; init; }

    public string? IndexSet { get; init; }

    public required string Carrier { get; init; }

    [JsonRequired]
    public string Organiser { get; init; } = "";

    [JsonRequired]
    public string OrganiserKind { get; init; } = "township";

    [JsonRequired]
    public string OrganiserUnit { get; init; } = "township";

    [JsonRequired]
    public string Approval { get; init; } = "";

    /// <summary>Who answers for a reason given instead of an approval number.</summary>
    public string? SignedBy { get; init; }

    /// <summary>Text of the county's public key; null: none was given.</summary>
    public string? CountyKey { get; init; }

    /// <summary><c>name</c> or <c>name@township</c> to value.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, string> Blanks { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [JsonRequired]
    public IReadOnlyList<long> Frames { get; init; } = [];

    [JsonRequired]
    public long Seed { get; init; } = 1;

    public int? Target { get; init; }

    /// <summary>How the sample is drawn; null: everybody of the lists.</summary>
    public SamplePlan? Sample { get; init; }

    public int? MaxLines { get; init; }

    public double? MaxStarts { get; init; }

    public DateOnly? LastDay { get; init; }

    public bool LiveCallers { get; init; }
}

/// <summary>Launches a campaign.</summary>
internal sealed record StartCampaign(long Id) : LocalCommand;

/// <summary>Pauses, resumes or closes a campaign.</summary>
/// <param name="Move"><c>pause</c>, <c>resume</c> or <c>close</c>.</param>
internal sealed record MoveCampaign(long Id, string Move) : LocalCommand;

/// <summary>Changes what is still open of a campaign. The fields are those of <see cref="Campaigns.CampaignChange"/>.</summary>
internal sealed record AlterCampaign(long Id) : LocalCommand
{
    public DateOnly? LastDay { get; init; }

    public int? Target { get; init; }

    public int? MaxLines { get; init; }
}

/// <summary>Shows or corrects where a round stands in its series; null: stays as it is.</summary>
internal sealed record PlaceRound(long Id) : LocalCommand
{
    public int? Number { get; init; }

    /// <summary>As <see cref="Estimates.RoundPeriod"/> reads it.</summary>
    public string? Period { get; init; }

    /// <summary>The round before; 0: none.</summary>
    public long? After { get; init; }
}

/// <summary>Brings the data of a closed campaign to their end.</summary>
/// <param name="Early">Before the days are over that residents were told.</param>
internal sealed record UnlinkCampaign(long Id, bool Early) : LocalCommand;

/// <summary>Progress of one campaign and the way from a dissatisfied answer to a visit.</summary>
internal sealed record ShowCampaign(long Id) : LocalCommand;

/// <summary>All campaigns.</summary>
internal sealed record ListCampaigns : LocalCommand;

/// <summary>The shape of an imported list for a rehearsal: places, languages and kinds of numbers, with made-up names and numbers.</summary>
internal sealed record SketchFrame(long FrameId) : LocalCommand;

/// <summary>Writes a copy of the database.</summary>
/// <param name="File">Must not exist; null: into the folder's <c>backups</c>.</param>
internal sealed record WriteBackup(string? File) : LocalCommand;

/// <summary>Saves a copy of the keys apart from the data.</summary>
/// <param name="File">Must not exist.</param>
internal sealed record SaveKeys(string File) : LocalCommand;

/// <summary>Looks for what needs attention.</summary>
internal sealed record CheckHealth : LocalCommand;

/// <summary>Takes something out.</summary>
/// <param name="File">Must not exist.</param>
internal sealed record WriteExport(string Kind, long CampaignId, string File) : LocalCommand;

/// <summary>What can be taken out.</summary>
internal sealed record ListExports : LocalCommand;

/// <summary>Makes a link for a named person.</summary>
internal sealed record MakeDoor(DoorKind Kind, string Name) : LocalCommand;

/// <summary>All doors.</summary>
internal sealed record ListDoors : LocalCommand;

/// <summary>Ends a door and whoever came in by it.</summary>
internal sealed record RevokeDoor(long Id) : LocalCommand;
