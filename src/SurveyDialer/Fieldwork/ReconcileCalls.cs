using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Asks the carrier about attempts that have gone quiet. What is unclear is never placed again before the carrier's own lists have not shown
/// it for the whole grace period; guessing would be wrong half of the time.
/// </summary>
internal sealed class ReconcileCalls(
    Database database, ICarrier carrier, FieldCipher cipher, AfterContact after, CallDeadlines deadlines, FieldworkOptions options, TimeProvider clock)
{
    private const int RowsPerRun = 200;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    private const string SelectBound = "SELECT count(*) FROM attempt WHERE carrier_id = @carrierId AND id <> @id;";

    /// <summary>After a start: whatever the last process had claimed goes back, whatever it was sending is unclear. Callers go on where they were.</summary>
    internal Task RecoverAsync(CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            var now = clock.NowMillis();
            foreach (var attempt in AttemptStore.InState(connection, "leased").Where(attempt => attempt.Channel != "live")) AttemptStore.BackToPending(connection, attempt, AttemptEvent.Released, now, "restarted", now);
            foreach (var attempt in AttemptStore.InState(connection, "placing"))
                AttemptStore.Unclear(connection, attempt, AttemptEvent.Overdue, deadlines.ForNextLook(), now);
        },
        cancellation);

    /// <summary>One run of the job. True when a line became free.</summary>
    internal async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var now = clock.NowMillis();
        if (!database.Read(connection => AttemptStore.AnyQuiet(connection, now))) return false;
        var freed = await database.WriteAsync(ExpireQuietOnes, cancellation);
        foreach (var attempt in database.Read(connection => AttemptStore.Overdue(connection, "unknown", texted: false, now, RowsPerRun)))
            freed |= await LookForAsync(attempt, cancellation);
        foreach (var attempt in database.Read(connection => AttemptStore.Overdue(connection, "placed", texted: false, now, RowsPerRun)))
            freed |= await FollowAsync(attempt, cancellation);
        return freed;
    }

    private bool ExpireQuietOnes(SqliteConnection connection)
    {
        var now = clock.NowMillis();
        var expired = AttemptStore.ExpiredLeases(connection, now, RowsPerRun);
        foreach (var attempt in expired) AttemptStore.BackToPending(connection, attempt, AttemptEvent.Released, now, "lease-expired", now);
        foreach (var attempt in AttemptStore.Overdue(connection, "placing", texted: null, now, RowsPerRun))
            AttemptStore.Unclear(connection, attempt, AttemptEvent.Overdue, now, now);
        return expired.Count > 0;
    }

    /// <summary>Looks for an unclear attempt in the carrier's list of calls to its number.</summary>
    private async Task<bool> LookForAsync(AttemptRow attempt, CancellationToken cancellation)
    {
        var placingAt = Instants.FromMillis(attempt.PlacingAt!.Value);
        var listed = await carrier.FindCallsAsync(NumberOf(attempt), placingAt - ClockSkew, cancellation);
        var ours = listed.Where(call => IsFree(attempt, call)).OrderBy(call => call.CreatedAt).ToList();
        if (ours is [var found, ..])
        {
            foreach (var extra in ours.Skip(1).Where(call => !IsOver(call.Status)))
                await carrier.CancelCallAsync(extra.CarrierId, evenInProgress: true, cancellation);
            return await ReportAsync(attempt, found, cancellation);
        }

        return await database.WriteAsync(
            connection =>
            {
                var now = clock.GetUtcNow();
                if (AttemptStore.Find(connection, attempt.Id) is not { State: "unknown" } still) return false;
                if (now - placingAt < options.NeverCreatedAfter)
                {
                    AttemptStore.SetDeadline(connection, attempt.Id, deadlines.ForNextLook());
                    return false;
                }

                after.NeverCreated(connection, still, now.ToUnixTimeMilliseconds());
                return true;
            },
            cancellation);
    }

    private async Task<bool> FollowAsync(AttemptRow attempt, CancellationToken cancellation)
    {
        if (await carrier.FollowCallAsync(attempt.CarrierId!, cancellation) is { } call) return await ReportAsync(attempt, call, cancellation);
        await database.WriteAsync(connection => AttemptStore.SetDeadline(connection, attempt.Id, deadlines.ForNextLook()), cancellation);
        return false;
    }

    private async Task<bool> ReportAsync(AttemptRow attempt, CarrierCall call, CancellationToken cancellation)
    {
        var reported = await after.ReportAsync(new CallReport(attempt.Token!, call.CarrierId, call.Status, null, null, call.Duration), cancellation);
        if (!IsOver(call.Status))
            await database.WriteAsync(connection => AttemptStore.SetDeadline(connection, attempt.Id, deadlines.ForNextLook()), cancellation);
        return reported == Reported.Ended;
    }

    /// <summary>A listed call that no other attempt has: created by our request, or there already with our own id.</summary>
    private bool IsFree(AttemptRow attempt, CarrierCall call)
        => (attempt.CarrierId is null || attempt.CarrierId == call.CarrierId)
            && database.Read(connection => connection.ExecuteScalar<long>(SelectBound, new { carrierId = call.CarrierId, id = attempt.Id })) == 0;

    private string NumberOf(AttemptRow attempt)
        => cipher.Decrypt(SampleFields.NumberPurpose, database.Read(connection => PhoneStore.NumberOf(connection, attempt.PhoneId!.Value)))!;

    private static bool IsOver(CallStatus status)
        => status is CallStatus.Completed or CallStatus.Busy or CallStatus.NoAnswer or CallStatus.Failed or CallStatus.Canceled;
}
