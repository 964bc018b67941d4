using System.Globalization;
using SurveyDialer.Attempts;

namespace SurveyDialer.Dispositions;

/// <summary>Where a respondent of a campaign stands, as the pages say it.</summary>
public enum RespondentState
{
    /// <summary>An attempt is in the queue.</summary>
    Waiting,

    /// <summary>Somebody or something is calling.</summary>
    Calling,

    /// <summary>The end of the last attempt is being found out.</summary>
    Unclear,

    /// <summary>Interviewed in full or in part.</summary>
    Interviewed,

    /// <summary>Nothing more will be tried.</summary>
    Finished,

    /// <summary>Neither finished nor in the queue: the round has not begun.</summary>
    Idle,
}

/// <summary>Which respondents a list shows; null: all.</summary>
/// <param name="Area">A township, with its villages, or one village.</param>
public sealed record RespondentFilter(long? Area, RespondentState? State);

/// <summary>What is stored about a respondent's course in a campaign. Times are UTC milliseconds.</summary>
public record RespondentSummary
{
    public long Id { get; init; }

    public long AreaId { get; init; }

    public string Area { get; init; } = "";

    /// <summary>Null where <see cref="Area"/> is the township.</summary>
    public string? Township { get; init; }

    /// <summary>AAPOR code so far; null before the first attempt ended.</summary>
    public string? Code { get; init; }

    /// <summary>AAPOR code once nothing more will be tried.</summary>
    public string? FinalCode { get; init; }

    public long? FinishedAt { get; init; }

    /// <summary>State of the attempt that is open; null when none is.</summary>
    public string? AttemptState { get; init; }

    public long? DueAt { get; init; }

    public string? WaitingReason { get; init; }

    public long? Appointment { get; init; }

    /// <summary>Attempts that have ended.</summary>
    public long Attempts { get; init; }

    /// <summary>Where the respondent stands.</summary>
    public RespondentState State => (FinalCode, AttemptState) switch
    {
        (not null, _) when FinalCode.StartsWith('1') => RespondentState.Interviewed,
        (not null, _) => RespondentState.Finished,
        (null, "pending") => RespondentState.Waiting,
        (null, "unknown") => RespondentState.Unclear,
        (null, not null) => RespondentState.Calling,
        (null, null) => RespondentState.Idle,
    };

    /// <summary>Why the open attempt is not made now; null when nothing holds it.</summary>
    public string? WaitingInWords(CultureInfo culture) => Reasons.InWords(WaitingReason, culture);

    /// <summary>Name of the final code, or of the code so far; null before the first.</summary>
    public string? CodeInWords(CultureInfo culture) => Reasons.InWords(FinalCode ?? Code, culture);
}

/// <summary>One line of the list. Name and number are whole: pages mask both.</summary>
public sealed record RespondentItem(RespondentSummary Facts, string? Name, string? Number);

/// <summary>One respondent of one campaign.</summary>
public sealed record RespondentDetail
{
    public required RespondentItem Item { get; init; }

    /// <summary>In the order of the list.</summary>
    public required IReadOnlyList<RespondentNumber> Numbers { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<AttemptView> Attempts { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<CodeChange> Codes { get; init; }
}

/// <param name="Canonical">Whole: pages mask it.</param>
/// <param name="Kind"><c>landline</c> or <c>mobile</c>.</param>
/// <param name="DeskOnly">Only a person at a desk telephone can reach it.</param>
/// <param name="Bad">Found not to exist.</param>
public sealed record RespondentNumber(string Canonical, string Kind, bool DeskOnly, bool Bad);

/// <summary>What is stored about one attempt. Times are UTC milliseconds.</summary>
public record AttemptSummary
{
    public long Id { get; init; }

    public long Ordinal { get; init; }

    /// <summary><c>voice</c>, <c>text</c>, <c>live</c> or <c>notice</c>.</summary>
    public string Channel { get; init; } = "";

    public string State { get; init; } = "";

    public long DueAt { get; init; }

    public long Appointment { get; init; }

    public string? WaitingReason { get; init; }

    public long? RangAt { get; init; }

    public long? AnsweredAt { get; init; }

    public long? EndedAt { get; init; }

    public string? Code { get; init; }

    public long OurFault { get; init; }

    /// <summary>Name of the code; null before the end.</summary>
    public string? CodeInWords(CultureInfo culture) => Reasons.InWords(Code, culture);
}

/// <summary>One attempt with its steps, the earliest first. The number is whole: pages mask it; null while none was chosen.</summary>
public sealed record AttemptView(AttemptSummary Facts, string? Number, IReadOnlyList<AttemptStep> Steps);

/// <summary>One change of an attempt's state or waiting reason.</summary>
public sealed record AttemptStep
{
    public long AttemptId { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public long At { get; init; }

    public string FromState { get; init; } = "";

    public string ToState { get; init; } = "";

    public string? Reason { get; init; }

    /// <summary>Why; null where there is nothing to say to staff.</summary>
    public string? ReasonInWords(CultureInfo culture) => Reasons.InWords(Reason, culture);
}

/// <summary>One change of a respondent's code.</summary>
public sealed record CodeChange
{
    /// <summary>UTC milliseconds.</summary>
    public long At { get; init; }

    public string? FromCode { get; init; }

    public string ToCode { get; init; } = "";

    /// <summary>1: nothing more will be tried.</summary>
    public long Final { get; init; }

    /// <summary>Name of the new code.</summary>
    public string InWords(CultureInfo culture) => Reasons.InWords(ToCode, culture) ?? ToCode;
}

/// <summary>Words for what the columns of reasons and codes hold.</summary>
internal static class Reasons
{
    internal static string? InWords(string? stored, CultureInfo culture)
    {
        if (stored is null) return null;
        if (Disposition.TryOf(stored, out var disposition)) return DispositionTexts.Name(disposition, culture);
        return AttemptTexts.Find(stored, culture);
    }
}
