namespace SurveyDialer.Answers;

/// <summary>
/// The closed list of what may stand on an interview. Nothing here names a respondent, a number, an attempt or a row of the contact side,
/// and own words never come here. A new column needs a new line here and an answer to: can it be matched to a person once the link is gone?
/// </summary>
internal sealed record InterviewRow
{
    /// <summary>128 random bits.</summary>
    public byte[] Id { get; init; } = [];

    public long CampaignId { get; init; }

    public long AreaId { get; init; }

    /// <summary><c>landline</c> or <c>mobile</c>: the stratum.</summary>
    public string NumberKind { get; init; } = "";

    /// <summary><c>voice</c>, <c>text</c> or <c>live</c>.</summary>
    public string Channel { get; init; } = "";

    public string Language { get; init; } = "";

    /// <summary>Number of the prompt that is answered next; 0 before the first.</summary>
    public long Turn { get; init; }

    /// <summary>The engine's position; cleared by unlinking.</summary>
    public string? Position { get; init; }

    public string Outcome { get; init; } = "open";

    public long Flagged { get; init; }

    /// <summary>1 once the follow-up question was asked.</summary>
    public long Asked { get; init; }

    /// <summary><c>phone</c>, <c>visit</c>, <c>report</c> or <c>no</c>; cleared by unlinking.</summary>
    public string? Consent { get; init; }

    /// <summary>Cleared by unlinking.</summary>
    public string? Topic { get; init; }

    /// <summary>What became of the flags: <c>case</c> or <c>voice</c>.</summary>
    public string? NextStep { get; init; }
}
