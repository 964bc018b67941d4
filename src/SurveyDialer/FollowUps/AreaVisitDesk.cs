using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>What a person can do at an area visit: say that it was made, and what everybody there was told.</summary>
public sealed class AreaVisitDesk(Database database, TimeProvider clock)
{
    /// <summary>Longest public answer, in characters.</summary>
    public const int LongestAnswer = 2000;

    /// <summary>The visit was made today; null when that was noted.</summary>
    public Task<AreaVisitProblem?> MarkVisitedAsync(long id, string who, CancellationToken cancellation)
        => database.WriteAsync<AreaVisitProblem?>(
            connection =>
            {
                var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
                if (!AreaVisitStore.MarkVisited(connection, id, at)) return AreaVisitProblem.NotPossibleNow;
                AuditLog.Add(connection, at, who, "area-visited", $"area visit {id}");
                return null;
            },
            cancellation);

    /// <summary>"You said, we did": what was done about it, for everybody there to read. May be written again; null when it was kept.</summary>
    public async Task<AreaVisitProblem?> AnswerAsync(long id, string who, string? answer, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(answer)) return AreaVisitProblem.AnswerMissing;
        if (answer.Length > LongestAnswer) return AreaVisitProblem.TooLong;
        if (WrittenWords.HoldsNumber(answer)) return AreaVisitProblem.HoldsNumber;
        return await database.WriteAsync<AreaVisitProblem?>(
            connection =>
            {
                var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
                if (!AreaVisitStore.Answer(connection, id, answer.Trim())) return AreaVisitProblem.NotPossibleNow;
                AuditLog.Add(connection, at, who, "area-answered", $"area visit {id}");
                return null;
            },
            cancellation);
    }
}

/// <summary>Why something about an area visit was not noted.</summary>
public enum AreaVisitProblem
{
    /// <summary>There is no such visit, or it has not been made yet.</summary>
    NotPossibleNow,

    AnswerMissing,

    /// <summary>More than <see cref="AreaVisitDesk.LongestAnswer"/> characters.</summary>
    TooLong,

    /// <summary>Something in it looks like a telephone or identity number, and everybody may read it.</summary>
    HoldsNumber,
}
