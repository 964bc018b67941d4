using SurveyDialer.People;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>What a person can do at a case: take the next step, and see the number for a reason that is written down.</summary>
public sealed class CaseDesk(Database database, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>Longest note, in characters.</summary>
    public const int LongestNote = 2000;

    /// <summary>How a case can be closed.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["solved", "partly", "explained", "not_solvable", "transferred", "unreachable"];

    /// <summary>Takes one step; null when it was done.</summary>
    public Task<CaseProblem?> TakeStepAsync(CaseStep step, CancellationToken cancellation) => TakeStepsAsync([step], cancellation);

    /// <summary>Takes several steps at one case, all or none; null when they were done.</summary>
    public async Task<CaseProblem?> TakeStepsAsync(IReadOnlyList<CaseStep> steps, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var now = clock.GetUtcNow();
        foreach (var step in steps)
        {
            if (Check(step, now) is { } problem) return problem;
        }

        var moves = steps.Select(step => (step.CaseId, step.Event, Move: Prepare(step))).ToList();
        try
        {
            await database.WriteAsync(
                connection =>
                {
                    foreach (var (id, happened, move) in moves)
                    {
                        if (happened != CaseEvent.Withdraw && CaseStore.IsOwnInterview(connection, id, move.Who)) throw new NotTaken(CaseProblem.OwnInterview);
                        if (!CaseStore.Move(connection, id, move, now.ToUnixTimeMilliseconds())) throw new NotTaken(CaseProblem.NotPossibleNow);
                    }
                },
                cancellation);
            return null;
        }
        catch (NotTaken refused)
        {
            return refused.Problem;
        }
    }

    private CaseMove Prepare(CaseStep step)
    {
        var text = string.IsNullOrWhiteSpace(step.Note) || step.Event == CaseEvent.Withdraw ? null : step.Note.Trim();
        var note = text is null ? null : cipher.Encrypt("case.note", text);
        var closes = step.Event == CaseEvent.Close;
        var result = closes && text is not null ? cipher.Encrypt("case.result", text) : null;
        return new CaseMove(step.Event, step.Who, step.NextAt?.ToUnixTimeMilliseconds(), note, result, closes ? step.Outcome : null);
    }

    /// <summary>The whole number of a case, once the reason has been written down; null and a problem otherwise.</summary>
    public async Task<(string? Number, CaseProblem? Problem)> ShowNumberAsync(long caseId, string who, string? reason, CancellationToken cancellation)
    {
        if (reason is null || reason.Trim().Length < 2) return (null, CaseProblem.ReasonMissing);
        if (reason.Length > LongestNote) return (null, CaseProblem.TooLong);
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (IsOwnInterview(caseId, who)) return (null, CaseProblem.OwnInterview);
        var number = await database.WriteAsync(
            connection =>
            {
                if (CaseQueries.FindNumber(connection, caseId) is not { } sealedNumber) return null;
                AuditLog.Add(connection, at, who, "number-shown", $"case {caseId}: {reason.Trim()}");
                return sealedNumber;
            },
            cancellation);
        return number is null ? (null, CaseProblem.NotPossibleNow) : (cipher.Decrypt(SampleFields.NumberPurpose, number), null);
    }

    /// <summary>Whether this person held the interview in which the resident agreed: somebody else gets the case.</summary>
    public bool IsOwnInterview(long caseId, string who) => database.Read(connection => CaseStore.IsOwnInterview(connection, caseId, who));

    private static CaseProblem? Check(CaseStep step, DateTimeOffset now) => step switch
    {
        { Note.Length: > LongestNote } => CaseProblem.TooLong,
        { Event: CaseEvent.SetNext, NextAt: null } => CaseProblem.NextTimeMissing,
        { NextAt: { } next } when next <= now => CaseProblem.NextTimePast,
        { Event: CaseEvent.Close, Outcome: null or "" } => CaseProblem.OutcomeMissing,
        { Event: CaseEvent.Close, Outcome: { } outcome } when !Outcomes.Contains(outcome) => CaseProblem.OutcomeMissing,
        { Event: CaseEvent.Close or CaseEvent.Contact or CaseEvent.Visit or CaseEvent.Tell } when string.IsNullOrWhiteSpace(step.Note) => CaseProblem.NoteMissing,
        _ => null,
    };

    /// <summary>Takes back what the story has done so far.</summary>
    private sealed class NotTaken(CaseProblem problem) : Exception(problem.ToString())
    {
        internal CaseProblem Problem => problem;
    }
}

/// <summary>One step at a case.</summary>
public sealed record CaseStep
{
    public required long CaseId { get; init; }

    public required CaseEvent Event { get; init; }

    public required string Who { get; init; }

    /// <summary>What was said or found; needed for a contact, a visit, the close and the telling.</summary>
    public string? Note { get; init; }

    /// <summary>The next appointed time.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>One of <see cref="CaseDesk.Outcomes"/>; only when closing.</summary>
    public string? Outcome { get; init; }
}

/// <summary>Why a step at a case was not taken.</summary>
public enum CaseProblem
{
    /// <summary>The case is gone, or in a state from which that is not possible; somebody else may have been quicker.</summary>
    NotPossibleNow,

    /// <summary>The resident told it to this person in an interview; somebody else follows it up.</summary>
    OwnInterview,

    /// <summary>What was said or found has to be written down.</summary>
    NoteMissing,

    /// <summary>Closing needs an outcome.</summary>
    OutcomeMissing,

    NextTimeMissing,

    NextTimePast,

    /// <summary>Showing a number needs a reason.</summary>
    ReasonMissing,

    /// <summary>More than <see cref="CaseDesk.LongestNote"/> characters.</summary>
    TooLong,
}
