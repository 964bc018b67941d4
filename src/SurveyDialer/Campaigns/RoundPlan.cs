using System.Text.Json.Serialization;
using SurveyDialer.Sample;

namespace SurveyDialer.Campaigns;

/// <summary>
/// A round as far as a clerk has come with it on the pages; stored, so that it outlives browser and process. Holds no name and no number of a
/// resident. What is empty has not been said yet.
/// </summary>
public sealed record RoundPlan
{
    /// <summary>Name of the uploaded list.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Where the upload lies until it is imported; null: nothing is waiting.</summary>
    public string? Upload { get; init; }

    /// <summary>Column letter to role, where a person has changed what was found.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Last row of the header as a person says; null: found.</summary>
    public int? HeaderRow { get; init; }

    public string Source { get; init; } = "";

    public string LegalBasis { get; init; } = "";

    /// <summary>Of rows that name none.</summary>
    public string Township { get; init; } = "";

    /// <summary>Of landlines written without one.</summary>
    public string AreaCode { get; init; } = "";

    /// <summary>Whom the list is about; empty: residents.</summary>
    public string Population { get; init; } = "";

    /// <summary>The list that was imported for this round, whose rejected rows may be corrected; null: none yet.</summary>
    public long? Imported { get; init; }

    /// <summary>All lists whose respondents make the sample.</summary>
    public IReadOnlyList<long> Frames { get; init; } = [];

    public string Template { get; init; } = "";

    /// <summary>Name of the set of indices; empty: the one that fits the template best.</summary>
    public string IndexSet { get; init; } = "";

    public string Carrier { get; init; } = "";

    public string Name { get; init; } = "";

    public string Organiser { get; init; } = "";

    public string OrganiserUnit { get; init; } = "township";

    public string Approval { get; init; } = "";

    public string SignedBy { get; init; } = "";

    public string CountyKey { get; init; } = "";

    /// <summary>Blank, or blank and township (<c>name@area id</c>), to value.</summary>
    public IReadOnlyDictionary<string, string> Blanks { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public DateOnly? LastDay { get; init; }

    public int? Target { get; init; }

    /// <summary>How the sample is drawn; null: everybody of the lists.</summary>
    public SamplePlan? Sample { get; init; }

    /// <summary>People at telephones, or lines, that the rehearsal reckons with.</summary>
    public int? Lines { get; init; }

    /// <summary>Of a minute's call, for the rehearsal.</summary>
    public decimal? Price { get; init; }

    /// <summary>The last rehearsal's result, JSON; null: none that still holds.</summary>
    public string? Rehearsal { get; init; }

    /// <summary>What would be launched.</summary>
    /// <param name="sources">Where its lists come from.</param>
    /// <param name="remembered">What the office said before for the blanks of its texts.</param>
    public CampaignDraft ToDraft(IEnumerable<string> sources, IReadOnlyDictionary<string, string> remembered)
    {
        var draft = new CampaignDraft
        {
            Name = Name, TemplateId = Template, IndexSet = IndexSet.Length > 0 ? IndexSet : null, Carrier = Carrier, Organiser = Organiser, OrganiserKind = OrganiserUnit == "township" ? "township" : "department",
            OrganiserUnit = OrganiserUnit, Approval = Approval, ApprovalSignedBy = SignedBy.Trim().Length > 0 ? SignedBy : null,
            CountyKey = CountyKey.Trim().Length > 0 ? CountyKey : null, Frames = Frames, LastDay = LastDay, Target = Target, Sample = Sample,
            Blanks = Blanks.Where(pair => pair.Value.Trim().Length > 0).ToDictionary(pair => pair.Key, pair => pair.Value.Trim(), StringComparer.Ordinal),
        };
        return draft with { Blanks = DraftBlanks.Fill(draft, sources, remembered).All };
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RoundPlan))]
internal sealed partial class RoundPlanJson : JsonSerializerContext;
