using System.Globalization;
using SurveyDialer.Simulator.Respondents;
using SurveyDialer.Simulator.Twiml;

namespace SurveyDialer.Simulator.Calls;

/// <summary>Dial, as far as a transfer to a person needs it: one number after another would be too much, the first one is called.</summary>
internal sealed partial class Conversation
{
    private const double TalkSeconds = 60;

    /// <returns>False when there is nobody to dial and the next verb follows at once.</returns>
    private bool Dial(SimulatedCall call, int generation, TwimlDocument document, DialVerb dial, string url, double before)
    {
        if (dial.Numbers.Count == 0)
            return false;
        var number = dial.Numbers[0];
        Next(call, generation, before, _ =>
        {
            var child = StartChild(call, dial, number);
            if (child.Pickup!.Kind is PickupKind.Human or PickupKind.Machine or PickupKind.Fax && child.Pickup.RingSeconds < dial.Timeout)
            {
                carrier.Life.Later(child, child.Pickup.RingSeconds, () => Connect(call, generation, document, dial, url, child));
            }
            else
            {
                var (state, sip) = child.Pickup.Kind switch
                {
                    PickupKind.Busy => (CallState.Busy, 486),
                    PickupKind.Missing or PickupKind.Failed => (CallState.Failed, 404),
                    _ => (CallState.NoAnswer, 487),
                };
                carrier.Life.Later(child, child.Rang ? dial.Timeout : 1, () =>
                {
                    carrier.Life.End(child, state, sip);
                    AfterDial(call, generation, document, dial, url, child);
                });
            }

            return Task.CompletedTask;
        });
        return true;
    }

    private SimulatedCall StartChild(SimulatedCall call, DialVerb dial, DialNumber number)
    {
        var attempt = carrier.Calls.NextAttempt(number.Number);
        var order = new CallOrder(number.Number, dial.CallerId ?? call.Order.From)
        {
            StatusCallback = number.StatusCallback, StatusEvents = number.StatusEvents.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        var child = new SimulatedCall(carrier.NewSid("CA", number.Number, attempt), call.AccountSid, order, attempt, carrier.Now)
        {
            Direction = "outbound-dial", ParentSid = call.Sid, Line = carrier.Residents.LineOf(number.Number, attempt), Started = carrier.Now,
        };
        child.Pickup = carrier.Residents.Receive(number.Number, attempt, carrier.Now, child.Line);
        carrier.Calls.Add(child);
        carrier.Life.Reports.Report(child, "initiated", CallState.Initiated);
        if (child.Pickup.Kind is PickupKind.Busy or PickupKind.Missing or PickupKind.Failed or PickupKind.Off)
            return child;
        child.State = CallState.Ringing;
        child.Rang = true;
        carrier.Life.Log(child, WitnessKind.Rang);
        carrier.Life.Reports.Report(child, "ringing", CallState.Ringing);
        return child;
    }

    private void Connect(SimulatedCall call, int generation, TwimlDocument document, DialVerb dial, string url, SimulatedCall child)
    {
        if (!IsCurrent(call, generation))
        {
            carrier.Life.End(child, CallState.Canceled);
            return;
        }

        lock (child.Gate)
        {
            child.State = CallState.InProgress;
            child.Answered = carrier.Now;
        }

        carrier.Life.Reports.Report(child, "answered", CallState.InProgress);

        // Who talks to whom, and how long, is nobody's business here: one minute, unless the limits or the resident's script end it sooner.
        var hangUp = call.Line?.Reactions is { } reactions && call.Step < reactions.Count && reactions[call.Step] is { Kind: ReactionKind.HangUp, At: var at }
            ? Math.Max(at, 1) : double.PositiveInfinity;
        var length = Math.Min(Math.Min(TalkSeconds, dial.TimeLimit), Math.Min(hangUp, carrier.Seconds(call.HardEnd - carrier.Now)));
        carrier.Life.Later(child, length, () =>
        {
            carrier.Life.End(child, CallState.Completed);
            if (hangUp <= length && IsCurrent(call, generation))
                carrier.Life.End(call, CallState.Completed);
            AfterDial(call, generation, document, dial, url, child);
        });
    }

    private void AfterDial(SimulatedCall call, int generation, TwimlDocument document, DialVerb dial, string url, SimulatedCall child)
    {
        List<KeyValuePair<string, string>> extra =
        [
            new("DialCallSid", child.Sid), new("DialCallStatus", SimulatedCall.Word(child.State)),
            new("DialCallDuration", child.Duration.ToString(CultureInfo.InvariantCulture)),
        ];
        if (call.IsFinal && dial.Action is not null)
        {
            var last = new Fetch(Resolve(url, dial.Action), dial.Method, "action") { Extra = extra, Status = "completed" };
            carrier.At(carrier.Now, call.NextKey(), cancellation => RequestAsync(call, last, cancellation));
        }
        else if (IsCurrent(call, generation) && dial.Action is not null)
        {
            Go(call, generation, 0, new Fetch(Resolve(url, dial.Action), dial.Method, "action") { Extra = extra });
        }
        else if (IsCurrent(call, generation))
        {
            var rest = document with { Verbs = [.. document.Verbs.SkipWhile(verb => !ReferenceEquals(verb, dial)).Skip(1)] };
            carrier.At(carrier.Now, call.NextKey(), cancellation => PlayAsync(call, generation, rest, url, new Fetch(url, "POST", "action"), cancellation));
        }
    }
}
