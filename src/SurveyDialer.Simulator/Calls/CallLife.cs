using SurveyDialer.Simulator.Respondents;

namespace SurveyDialer.Simulator.Calls;

/// <summary>A call from its create to its end: queued → initiated → ringing → in-progress → completed, or busy, no-answer, failed, canceled.</summary>
internal sealed class CallLife(CarrierSimulator carrier)
{
    private static readonly FaultKind[] Wrong = [FaultKind.WrongStatus];
    private readonly CallReports _reports = new(carrier);

    public CallReports Reports => _reports;

    /// <summary>Takes an order that has been checked; the call waits for its turn in the queue.</summary>
    public SimulatedCall Accept(CallOrder order, bool stuck)
    {
        var attempt = carrier.Calls.NextAttempt(order.To);
        var call = new SimulatedCall(carrier.NewSid("CA", order.To, attempt), carrier.Options.AccountSid, order, attempt, carrier.Now)
        {
            Line = carrier.Residents.LineOf(order.To, attempt),
        };
        carrier.Calls.Add(call);
        Log(call, WitnessKind.CallAccepted, path: call.Path);
        call.QueueTime = stuck ? "86400000" : null;
        if (!stuck)
            call.QueueTime = carrier.Queue.Enqueue(call).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return call;
    }

    /// <summary>The queue gives the call its line.</summary>
    public void Dial(SimulatedCall call) => carrier.At(carrier.Now, call.NextKey(), _ =>
    {
        lock (call.Gate)
        {
            if (call.IsFinal)
                return Task.CompletedTask; // whoever ended it has given the line back
            Move(call, CallState.Initiated);
            call.Started = carrier.Now;
            call.Pickup = carrier.Residents.Receive(call.Order.To, call.Attempt, carrier.Now, call.Line);
        }

        Log(call, WitnessKind.CallStarted);
        _reports.Report(call, "initiated", CallState.Initiated);
        var (delay, next) = (carrier.Residents.PostDialDelay(call.Order.To, call.Attempt, carrier.Options.RingDelaySeconds), call.Pickup.Kind);
        Later(call, delay, () => AfterDialling(call, next));
        return Task.CompletedTask;
    });

    /// <summary>A resident calls the campaign's number.</summary>
    public void Incoming(string resident, string to)
    {
        var attempt = carrier.Calls.NextAttempt("from " + resident);
        var order = new CallOrder(to, resident) { Url = carrier.Options.IncomingCallUrl };
        var call = new SimulatedCall(carrier.NewSid("CA", "from " + resident, attempt), carrier.Options.AccountSid, order, attempt, carrier.Now)
        {
            Direction = "inbound", Line = carrier.Residents.LineOf("from " + resident, attempt), Pickup = new Pickup(PickupKind.Human, 0),
        };
        carrier.Calls.Add(call);
        if (order.Url is null)
        {
            End(call, CallState.Failed);
            return;
        }

        carrier.At(carrier.Now, call.NextKey(), cancellation =>
        {
            lock (call.Gate)
                Move(call, CallState.Ringing);
            call.HardEnd = carrier.After(call.Order.TimeLimit);
            call.Started = carrier.Now;
            return carrier.Talk.FetchAsync(call, call.Generation, new Fetch(order.Url, order.Method, "voice"), cancellation);
        });
    }

    /// <summary>An incoming call is answered by the first verb that is no Reject.</summary>
    public void AnswerIncoming(SimulatedCall call)
    {
        lock (call.Gate)
        {
            if (call.State != CallState.Ringing)
                return;
            Move(call, CallState.InProgress);
            call.Answered = carrier.Now;
        }
    }

    /// <summary>Ends the call; nothing happens when it has ended already.</summary>
    /// <param name="silently">Without a status report: a call that was cancelled in the queue.</param>
    public bool End(SimulatedCall call, CallState state, int sip = 0, bool silently = false)
    {
        bool heldLine;
        lock (call.Gate)
        {
            if (call.IsFinal)
                return false;
            Move(call, state);
            call.Generation++;
            call.Ended = carrier.Now;
            call.SipCode = sip;
            call.Duration = call.Answered is { } answered ? (int)Math.Round(carrier.Seconds(carrier.Now - answered)) : 0;
            heldLine = call.HoldsLine;
            call.HoldsLine = false;
        }

        if (call.Order.Record && call.Answered is not null)
            carrier.Talk.Recorder.Whole(call);
        Log(call, call.Rang ? WitnessKind.Freed : WitnessKind.EndedUnrung, detail: SimulatedCall.Word(state));
        if (!silently)
            _reports.Report(call, "completed", state);
        if (heldLine)
            carrier.Queue.Release();
        return true;
    }

    /// <summary>The update <c>Status=canceled</c> or <c>completed</c>. False: the call had ended before, or cannot be cancelled any more.</summary>
    public bool Stop(SimulatedCall call, bool evenInProgress)
    {
        CallState state;
        lock (call.Gate)
            state = call.State;
        if (state == CallState.InProgress)
            return evenInProgress && End(call, CallState.Completed);
        if (state == CallState.Queued)
            carrier.Queue.Remove(call);
        return End(call, CallState.Canceled, silently: state == CallState.Queued);
    }

    /// <summary>Runs work so many carrier seconds from now, unless the call has got another instruction or ended before.</summary>
    /// <param name="generation">The call's when the work was decided; null: now.</param>
    public void Later(SimulatedCall call, double seconds, Func<CancellationToken, Task> work, int? generation = null)
    {
        var wanted = generation ?? call.Generation;
        carrier.At(carrier.After(seconds), call.NextKey(), cancellation =>
        {
            lock (call.Gate)
            {
                if (call.Generation != wanted || call.IsFinal)
                    return Task.CompletedTask;
            }

            return work(cancellation);
        });
    }

    public void Later(SimulatedCall call, double seconds, Action work, int? generation = null) => Later(
        call, seconds,
        _ =>
        {
            work();
            return Task.CompletedTask;
        },
        generation);

    public void Log(SimulatedCall call, WitnessKind kind, string? path = null, string? detail = null)
        => carrier.Witness.Add(new WitnessEntry(carrier.Now, kind, call.Resident, call.Attempt, call.Sid, path, detail));

    private void Move(SimulatedCall call, CallState state)
    {
        call.EarlierState = call.State;
        call.State = state;
        call.Updated = carrier.Now;
    }

    /// <summary>A call that nobody took out of the queue within a day is cancelled without a word.</summary>
    public void ExpireIfStuck(SimulatedCall call)
    {
        if (call.State != CallState.Queued || carrier.Now - call.Created <= TimeSpan.FromHours(24))
            return;
        carrier.Queue.Remove(call);
        End(call, CallState.Canceled, silently: true);
    }

    private void AfterDialling(SimulatedCall call, PickupKind kind)
    {
        switch (kind)
        {
            case PickupKind.Missing:
                End(call, CallState.Failed, 404);
                return;
            case PickupKind.Failed:
                End(call, CallState.Failed, 503);
                return;
            case PickupKind.Off:
                End(call, CallState.NoAnswer, 480);
                return;
            case PickupKind.Busy:
                End(call, CallState.Busy, 486);
                return;
            case PickupKind.Human or PickupKind.Machine or PickupKind.Fax or PickupKind.NoAnswer or PickupKind.Declines or PickupKind.Auto:
                Ring(call, kind);
                return;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private void Ring(SimulatedCall call, PickupKind kind)
    {
        lock (call.Gate)
        {
            Move(call, CallState.Ringing);
            call.Rang = true;
        }

        Log(call, WitnessKind.Rang);
        _reports.Report(call, "ringing", CallState.Ringing);
        var (ring, patience) = (call.Pickup!.RingSeconds, call.Order.Timeout);
        if (kind == PickupKind.NoAnswer || ring >= patience)
            Later(call, patience, () => End(call, CallState.NoAnswer, 487));
        else if (kind == PickupKind.Declines)
            Later(call, ring, () => End(call, CallState.NoAnswer, 603));
        else
            Later(call, ring, cancellation => AnswerAsync(call, kind, cancellation));
    }

    private Task AnswerAsync(SimulatedCall call, PickupKind kind, CancellationToken cancellation)
    {
        lock (call.Gate)
        {
            Move(call, CallState.InProgress);
            call.Answered = carrier.Now;
            var stay = Math.Min(call.Order.TimeLimit, call.Pickup!.StaySeconds);
            call.HardEnd = carrier.After(stay);
        }

        Log(call, WitnessKind.Answered, detail: kind switch { PickupKind.Machine => "machine", PickupKind.Fax => "fax", _ => "human" });
        _reports.Report(call, "answered", CallState.InProgress);
        var first = new Fetch(call.Order.Url ?? "", call.Order.Method, "voice");
        if (call.Order.MachineDetection is null || call.Order.SendDigits is not null)
            return carrier.Talk.StartAsync(call, first, cancellation);
        var verdict = carrier.Faults.Strike(Wrong, "amd", byDefault: false, call.Resident, call.Attempt)?.CallStatus ?? Verdict(call, kind);
        var wait = Math.Min(carrier.Options.DetectionSeconds, call.Order.DetectionTimeout);
        if (call.Order.AsyncAmd)
        {
            carrier.Talk.ReportMachine(call, verdict, wait);
            return carrier.Talk.StartAsync(call, first, cancellation);
        }

        Later(call, wait, later =>
        {
            call.AnsweredBy = verdict;
            return carrier.Talk.StartAsync(call, first with { Extra = [new("AnsweredBy", verdict), new("MachineDetectionDuration", Milliseconds(wait))] }, later);
        });
        return Task.CompletedTask;
    }

    internal static string Milliseconds(double seconds) => ((int)(seconds * 1000)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Verdict(SimulatedCall call, PickupKind kind) => kind switch
    {
        PickupKind.Fax => "fax",
        PickupKind.Machine => call.Order.MachineDetection == "DetectMessageEnd" ? "machine_end_beep" : "machine_start",
        _ => "human",
    };
}
