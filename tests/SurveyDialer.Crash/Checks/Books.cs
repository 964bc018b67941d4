namespace SurveyDialer.Crash.Checks;

/// <summary>What the product has written down, as far as the witness can contradict it.</summary>
internal sealed record Books
{
    public IReadOnlyList<AttemptLine> Attempts { get; init; } = [];

    public IReadOnlyList<MessageLine> Messages { get; init; } = [];

    public IReadOnlyList<AnswerLine> Answers { get; init; } = [];

    public IReadOnlyList<MemberLine> Members { get; init; } = [];

    /// <summary>Interviews that no link, or more than one, leads to.</summary>
    public int StrayInterviews { get; init; }

    /// <summary>Questions and the keys of their options.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Options { get; init; } = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);

    /// <summary>The questions without which no interview is complete.</summary>
    public IReadOnlyList<string> Core { get; init; } = [];
}

/// <summary>One attempt; <see cref="State"/>, <see cref="Outcome"/> and <see cref="CarrierStatus"/> in the product's words.</summary>
internal sealed record AttemptLine
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long RespondentId { get; init; }

    public string Channel { get; init; } = "voice";

    public string State { get; init; } = "ended";

    public string? Token { get; init; }

    public string? CarrierId { get; init; }

    public string? CarrierStatus { get; init; }

    public string? Outcome { get; init; }

    public long? RangAt { get; init; }

    public bool IsVoice => Channel == "voice";
}

/// <summary>One outgoing text.</summary>
internal sealed record MessageLine
{
    public long AttemptId { get; init; }

    public long Turn { get; init; }

    public string State { get; init; } = "ended";

    public string Token { get; init; } = "";
}

/// <summary>One stored answer, joined to its respondent by the link between the ledgers.</summary>
internal sealed record AnswerLine(long CampaignId, long RespondentId, string Question, string Key, string How);

/// <summary>One respondent of a sample.</summary>
internal sealed record MemberLine
{
    public long CampaignId { get; init; }

    public long RespondentId { get; init; }

    public string? FinalCode { get; init; }
}
