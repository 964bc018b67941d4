namespace SurveyDialer.Attempts;

/// <summary>One attempt as stored; times are UTC milliseconds.</summary>
internal sealed record AttemptRow
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long RespondentId { get; init; }

    /// <summary>1 for the respondent's first attempt in the campaign.</summary>
    public long Ordinal { get; init; }

    /// <summary><c>voice</c>, <c>text</c>, <c>live</c> or <c>notice</c>.</summary>
    public string Channel { get; init; } = "";

    public string State { get; init; } = "";

    public long DueAt { get; init; }

    /// <summary>The part of the day that the next attempt must fall into; null when any will do.</summary>
    public string? DayPart { get; init; }

    /// <summary>1 when the respondent asked for this time.</summary>
    public long Appointment { get; init; }

    public string? WaitingReason { get; init; }

    public long? PhoneId { get; init; }

    public string? Token { get; init; }

    public string? LeaseOwner { get; init; }

    public long LeaseNumber { get; init; }

    public long? LeaseUntil { get; init; }

    public string? CarrierId { get; init; }

    public long? PlacingAt { get; init; }

    public long? PlacedAt { get; init; }

    /// <summary>When the reconciler asks about it, if nothing has been heard until then.</summary>
    public long? DeadlineAt { get; init; }

    public long? RangAt { get; init; }

    public long? AnsweredAt { get; init; }

    public long? EndedAt { get; init; }

    public string? CarrierStatus { get; init; }

    public long? SipCode { get; init; }

    public string? AnsweredBy { get; init; }

    public long? DurationS { get; init; }

    /// <summary><see cref="Questionnaires.Policy.AttemptOutcome"/> by name, once ended.</summary>
    public string? Outcome { get; init; }

    public string? Code { get; init; }

    public long OurFault { get; init; }
}
