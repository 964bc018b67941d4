using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Sends one request whose intent is committed, and stores what came of it. An unclear outcome is never repeated.</summary>
internal sealed class PlaceCall(
    Database database, ICarrier carrier, FieldCipher cipher, AfterContact after, CallDeadlines deadlines, TextSender texts, TimeProvider clock)
{
    /// <returns>True when a line is free again already: nothing was placed.</returns>
    internal async Task<bool> SendAsync(Placing placing, CancellationToken cancellation)
    {
        if (placing.IsTexted) return await texts.SendFirstAsync(placing, cancellation);
        var number = cipher.Decrypt(SampleFields.NumberPurpose, placing.NumberEnc)!;
        var policy = placing.Campaign.Template.Policy;
        var order = new CallOrder(
            placing.Token, number, (int)policy.RingTime.TotalSeconds, (int)policy.MaximumCall.TotalSeconds, policy.DetectMachines);
        var outcome = await carrier.PlaceCallAsync(order, cancellation);
        string? second = null;
        var freed = await database.WriteAsync(connection => Record(connection, placing, outcome, out second), cancellation);
        if (second is not null) await carrier.CancelCallAsync(second, evenInProgress: true, cancellation);
        return freed;
    }

    /// <param name="second">A call that the carrier made although it had made another one for this attempt.</param>
    private bool Record(SqliteConnection connection, Placing placing, PlaceOutcome outcome, out string? second)
    {
        second = null;
        var now = clock.NowMillis();
        if (AttemptStore.Find(connection, placing.AttemptId) is not { } attempt || attempt.Token != placing.Token) return false;
        switch (outcome)
        {
            case PlaceOutcome.Accepted accepted:
                if (attempt.CarrierId is { } known && known != accepted.CarrierId)
                    CarrierEventStore.Add(connection, attempt.Id, "duplicate-call", second = accepted.CarrierId, null, now);
                AttemptStore.Placed(
                    connection, attempt, AttemptEvent.Accepted, accepted.CarrierId, deadlines.ForCall(attempt, accepted.QueueTime), now);
                return false;
            case PlaceOutcome.NotProcessed { Reason: var reason, RetryAfter: var pause } when attempt.State == "placing":
                AttemptStore.BackToPending(
                    connection, attempt, AttemptEvent.NotProcessed, now + (long)pause.TotalMilliseconds, "carrier-busy", now);
                CarrierEventStore.Add(connection, attempt.Id, "not-processed", reason, null, now);
                return true;
            case PlaceOutcome.Unclear unclear when attempt.State == "placing":
                AttemptStore.Unclear(connection, attempt, AttemptEvent.Unclear, deadlines.ForNextLook(), now);
                CarrierEventStore.Add(connection, attempt.Id, "unclear", unclear.Reason, null, now);
                return false;
            case PlaceOutcome.Rejected rejected when attempt.State == "placing":
                CarrierEventStore.Add(connection, attempt.Id, "rejected", $"{rejected.Why} {rejected.Code}", null, now);
                after.Rejected(connection, placing.Campaign, attempt, rejected, now);
                return true;
            default:
                return false;
        }
    }
}
