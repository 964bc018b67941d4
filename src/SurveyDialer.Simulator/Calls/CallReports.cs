using System.Globalization;
using SurveyDialer.Simulator.Webhooks;

namespace SurveyDialer.Simulator.Calls;

/// <summary>Status reports of calls to the product, each an event of its own: they may overtake each other in real time, as Twilio's do.</summary>
internal sealed class CallReports(CarrierSimulator carrier)
{
    private static readonly FaultKind[] Drop = [FaultKind.DropCallback];
    private static readonly FaultKind[] Delay = [FaultKind.DelayCallback];
    private static readonly FaultKind[] Twice = [FaultKind.DuplicateCallback];
    private static readonly FaultKind[] Reorder = [FaultKind.ReorderCallbacks];
    private static readonly FaultKind[] Wrong = [FaultKind.WrongStatus];
    private static readonly FaultKind[] Same = [FaultKind.SameSequence];
    private static readonly FaultKind[] Forge = [FaultKind.ForgedSignature];

    /// <param name="name">initiated, ringing, answered or completed; by default only the last is asked for.</param>
    public void Report(SimulatedCall call, string name, CallState state)
    {
        var order = call.Order;
        if (order.StatusCallback is null || !order.StatusEvents.Contains(name) || (name == "initiated" && call.InitiatedReported))
            return;
        List<Action>? held = null;
        lock (call.Gate)
        {
            if (name != "completed" && call.Held is null && Struck(Reorder, name, call))
                call.Held = [];
            var fields = Fields(call, name, state, call.Sequence++);
            if (call.Held is not null)
            {
                call.Held.Add(() => Plan(call, name, fields));
                if (name != "completed")
                    return;
                held = call.Held;
                call.Held = null;
            }
            else
            {
                Plan(call, name, fields);
            }
        }

        for (var i = (held?.Count ?? 0) - 1; i >= 0; i--)
            held![i]();
    }

    /// <summary>The report that overtakes the answer to the create.</summary>
    public async Task ReportEarlyAsync(SimulatedCall call, CancellationToken cancellation)
    {
        if (call.Order.StatusCallback is null)
            return;
        call.InitiatedReported = true;
        await SendAsync(call, "initiated", Fields(call, "initiated", CallState.Initiated, call.Sequence++), call.NextKey(), cancellation);
    }

    private List<KeyValuePair<string, string>> Fields(SimulatedCall call, string name, CallState state, int sequence)
    {
        var status = carrier.Faults.Strike(Wrong, name, byDefault: true, call.Resident, call.Attempt) is { } wrong ? wrong.CallStatus : SimulatedCall.Word(state);
        var fields = CallFields.Standard(call, status);
        fields.Add(new("Timestamp", CallFields.Date(carrier.Now)));
        fields.Add(new("CallbackSource", "call-progress-events"));
        fields.Add(new("SequenceNumber", sequence.ToString(CultureInfo.InvariantCulture)));
        if (name != "completed")
            return fields;
        if (call.SipCode > 0)
            fields.Add(new("SipResponseCode", call.SipCode.ToString(CultureInfo.InvariantCulture)));
        fields.Add(new("CallDuration", call.Duration.ToString(CultureInfo.InvariantCulture)));
        fields.Add(new("Duration", ((call.Duration + 59) / 60).ToString(CultureInfo.InvariantCulture)));
        if (call.AnsweredBy is { } by)
            fields.Add(new("AnsweredBy", by));
        if (call.Recordings.Find(static recording => recording.Source == "OutboundAPI") is { } whole)
        {
            fields.Add(new("RecordingUrl", carrier.RecordingUrl(whole)));
            fields.Add(new("RecordingSid", whole.Sid));
            fields.Add(new("RecordingDuration", whole.Seconds.ToString(CultureInfo.InvariantCulture)));
        }

        return fields;
    }

    private void Plan(SimulatedCall call, string name, List<KeyValuePair<string, string>> fields)
    {
        if (Struck(Drop, name, call))
            return;
        var late = carrier.Faults.Strike(Delay, name, byDefault: true, call.Resident, call.Attempt)?.Seconds ?? 0;
        var key = call.NextKey();
        carrier.At(carrier.After(late), key, cancellation => SendAsync(call, name, fields, key, cancellation));
        if (carrier.Faults.Strike(Same, name, byDefault: true, call.Resident, call.Attempt) is { } same)
        {
            List<KeyValuePair<string, string>> other = [.. fields.Select(field => field.Key == "CallStatus" ? new(field.Key, same.CallStatus) : field)];
            var otherKey = call.NextKey();
            carrier.At(carrier.After(late), otherKey, cancellation => SendAsync(call, name, other, otherKey, cancellation));
        }
    }

    private async Task SendAsync(SimulatedCall call, string name, List<KeyValuePair<string, string>> fields, string key, CancellationToken cancellation)
    {
        var request = new WebhookRequest(
            call.Order.StatusCallback!, call.Order.StatusMethod, fields, Voice: true, CallFields.Token(call.Sid + key), Forged: Struck(Forge, name, call));
        carrier.Keep(call, request, await carrier.Webhooks.SendAsync(request, cancellation));
        if (Struck(Twice, name, call))
            await carrier.Webhooks.SendAsync(request, cancellation);
    }

    private bool Struck(FaultKind[] kinds, string name, SimulatedCall call)
        => carrier.Faults.Strike(kinds, name, byDefault: true, call.Resident, call.Attempt, name[0]) is not null;
}
