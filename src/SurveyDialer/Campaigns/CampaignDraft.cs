using SurveyDialer.Sample;

namespace SurveyDialer.Campaigns;

/// <summary>Everything that a round needs before it may be launched. What is missing is named by <see cref="LaunchGate"/>, not by an exception.</summary>
public sealed record CampaignDraft
{
    /// <summary>Unit of an organiser that no topic of a template concerns.</summary>
    public const string OtherUnit = "other";

    public required string Name { get; init; }

    /// <summary>Folder name of the template.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Name of the set of indices that it reports; null: the one that fits the template best.</summary>
    public string? IndexSet { get; init; }

    /// <summary><c>twilio</c>, <c>simulator</c> or <c>desk-phone</c>.</summary>
    public required string Carrier { get; init; }

    /// <summary>Who asks: a township or a department.</summary>
    public string Organiser { get; init; } = "";

    /// <summary><c>township</c> or <c>department</c>.</summary>
    public string OrganiserKind { get; init; } = "township";

    /// <summary>The organiser's unit in the words of the template's topics; <c>township</c> for a township, <see cref="OtherUnit"/> where none fits.</summary>
    public string OrganiserUnit { get; init; } = "township";

    /// <summary>Approval number, or the reason why none applies; a text without any digit is a reason.</summary>
    public string Approval { get; init; } = "";

    /// <summary>Who answers for the reason; null with an approval number.</summary>
    public string? ApprovalSignedBy { get; init; }

    /// <summary>As it is stored and as residents hear it.</summary>
    public string ApprovalInFull => string.IsNullOrWhiteSpace(ApprovalSignedBy) ? Approval.Trim() : $"{Approval.Trim()}（签字：{ApprovalSignedBy.Trim()}）";

    /// <summary>Text of the county's public key file (PEM); needed where a topic concerns the organiser itself.</summary>
    public string? CountyKey { get; init; }

    /// <summary>Values of the blanks; <c>name@area id</c> for one township.</summary>
    public IReadOnlyDictionary<string, string> Blanks { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The frames whose respondents make the sample.</summary>
    public IReadOnlyList<long> Frames { get; init; } = [];

    /// <summary>Seed of the draw, the order and the modules.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Completed interviews at which the round ends; null: until everybody has been tried.</summary>
    public int? Target { get; init; }

    /// <summary>How the sample is drawn from the lists; null: everybody. Its interviews are then the target.</summary>
    public SamplePlan? Sample { get; init; }

    /// <summary>Fewer lines than the account has; null: as many.</summary>
    public int? MaxLines { get; init; }

    /// <summary>Fewer starts a second than the account has; null: as many.</summary>
    public double? MaxStarts { get; init; }

    /// <summary>The last day on which anybody is called, where the respondents live; null: <see cref="RoundDays.PlannedDays"/> days after the launch.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>People at desk telephones take the attempts that only a person may make; with <c>desk-phone</c> they take all, whatever stands here.</summary>
    public bool LiveCallers { get; init; }
}
