using System.Globalization;
using SurveyDialer.Simulator.Twiml;
using SurveyDialer.Simulator.Webhooks;

namespace SurveyDialer.Simulator.Calls;

/// <summary>Recordings: made during a call, ready some time after it.</summary>
internal sealed class Recorder(CarrierSimulator carrier)
{
    private static readonly FaultKind[] Lost = [FaultKind.RecordingAbsent];
    private static readonly FaultKind[] Drop = [FaultKind.DropCallback];
    private static readonly FaultKind[] Twice = [FaultKind.DuplicateCallback];
    private static readonly FaultKind[] Delay = [FaultKind.DelayCallback];

    public Recording FromVerb(SimulatedCall call, RecordVerb verb, double seconds)
    {
        var recording = Make(call, "RecordVerb", seconds);
        Announce(call, recording, verb.StatusCallback, verb.StatusMethod, verb.StatusEvents);
        return recording;
    }

    /// <summary>Nothing was said: there is no recording, which the callback tells where it was asked to.</summary>
    public void Absent(SimulatedCall call, RecordVerb verb, double after)
    {
        if (verb.StatusCallback is null || !verb.StatusEvents.Contains("absent", StringComparison.Ordinal))
            return;
        var recording = Make(call, "RecordVerb", 0);
        recording.Deleted = true;
        Send(call, recording, verb.StatusCallback, verb.StatusMethod, "absent", carrier.After(after));
    }

    /// <summary>The whole call, where its create asked for it.</summary>
    public void Whole(SimulatedCall call)
    {
        var recording = Make(call, "OutboundAPI", call.Duration);
        Announce(call, recording, call.Order.RecordingCallback, call.Order.RecordingMethod, call.Order.RecordingEvents);
    }

    private Recording Make(SimulatedCall call, string source, double seconds)
    {
        Recording recording;
        lock (call.Gate)
        {
            var sid = carrier.NewSid("RE", call.Resident, call.Attempt, call.Recordings.Count + 1);
            recording = new Recording(sid, call.Sid, source, carrier.Now, (int)Math.Max(1, Math.Round(seconds)))
            {
                ReadyAt = carrier.After(carrier.Options.RecordingDelaySeconds),
            };
            call.Recordings.Add(recording);
        }

        carrier.Recordings[recording.Sid] = recording;
        return recording;
    }

    private void Announce(SimulatedCall call, Recording recording, string? url, string method, string events)
    {
        var status = "completed";
        if (carrier.Faults.Strike(Lost, "recording", byDefault: true, call.Resident, call.Attempt, call.Recordings.Count) is not null)
        {
            recording.ReadyAt = null;
            status = "absent";
        }

        if (url is null || !events.Contains(status, StringComparison.Ordinal))
            return;
        if (carrier.Faults.Strike(Drop, "recording", byDefault: false, call.Resident, call.Attempt, call.Recordings.Count) is not null)
            return;
        var late = carrier.Faults.Strike(Delay, "recording", byDefault: false, call.Resident, call.Attempt, call.Recordings.Count)?.Seconds ?? 0;
        Send(call, recording, url, method, status, carrier.After(carrier.Options.RecordingDelaySeconds + late));
    }

    private void Send(SimulatedCall call, Recording recording, string url, string method, string status, DateTimeOffset due)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("AccountSid", call.AccountSid), new("CallSid", call.Sid), new("RecordingSid", recording.Sid), new("RecordingUrl", carrier.RecordingUrl(recording)),
            new("RecordingStatus", status), new("RecordingDuration", status == "absent" ? "0" : recording.Seconds.ToString(CultureInfo.InvariantCulture)),
            new("RecordingChannels", "1"), new("RecordingStartTime", CallFields.Date(recording.Created)), new("RecordingSource", recording.Source),
            new("RecordingTrack", "both"),
        ];
        var key = call.NextKey();
        var request = new WebhookRequest(url, method, fields, Voice: true, CallFields.Token(call.Sid + key));
        carrier.At(due, key, async cancellation =>
        {
            carrier.Keep(call, request, await carrier.Webhooks.SendAsync(request, cancellation));
            if (carrier.Faults.Strike(Twice, "recording", byDefault: false, call.Resident, call.Attempt) is not null)
                await carrier.Webhooks.SendAsync(request, cancellation);
        });
    }
}
