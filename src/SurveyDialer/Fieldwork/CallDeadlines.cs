using SurveyDialer.Attempts;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>When the reconciler asks the carrier about an attempt that has gone quiet. All by settings, so that tests can use milliseconds.</summary>
internal sealed class CallDeadlines(FieldworkOptions options, TimeProvider clock)
{
    /// <summary>A lease that was not used by then goes back to the queue.</summary>
    internal long ForLease() => After(options.LeaseTime);

    /// <summary>A request whose answer is not known by then is unclear.</summary>
    internal long ForPlacing() => After(options.PlacingTime);

    /// <summary>A call that should have ended by then: queue, ringing, talking and some slack.</summary>
    internal long ForCall(AttemptRow attempt, TimeSpan queueTime)
        => Math.Max(attempt.DeadlineAt ?? 0, After(queueTime + options.RingTime + options.MaximumCall + options.ReportSlack));

    /// <summary>Until then a text may stay without a reply.</summary>
    internal long ForReply() => After(options.TextSilence);

    /// <summary>A notice about which nothing was reported by then is asked about.</summary>
    internal long ForNotice() => After(options.ReportSlack);

    /// <summary>Next look at an unclear one.</summary>
    internal long ForNextLook() => After(options.LookAgain);

    private long After(TimeSpan time) => clock.NowMillis() + (long)time.TotalMilliseconds;
}
