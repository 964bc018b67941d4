using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>Takes down how many interviews of a round a supervisor listened in to or asked again; the quality gate counts them.</summary>
public sealed class SupervisedChecks(Database database, TimeProvider clock)
{
    /// <param name="interviews">At least 1.</param>
    /// <param name="confirmed">Of these found as they stand; 0 to <paramref name="interviews"/>.</param>
    /// <param name="who">Name of the supervisor, as on the door.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers cannot be.</exception>
    public Task AddAsync(long campaignId, long interviews, long confirmed, string who, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interviews, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(confirmed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(confirmed, interviews);
        var day = Instants.Day(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        return database.WriteAsync(
            connection =>
            {
                SupervisedCheckStore.Add(connection, campaignId, day, interviews, confirmed, who);
                AuditLog.Add(connection, clock.NowMillis(), who, "interviews-checked", $"campaign {campaignId}: {confirmed} of {interviews}");
            },
            cancellation);
    }
}
