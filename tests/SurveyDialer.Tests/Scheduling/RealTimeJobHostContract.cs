namespace SurveyDialer.Tests.Scheduling;

/// <summary>The contract on the system's clock, for hosts that cannot run on another.</summary>
public abstract class RealTimeJobHostContract : JobHostContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

#pragma warning disable RS0030 // The host under test keeps real time; nothing is measured by this clock.
    protected override TimeProvider Clock => TimeProvider.System;
#pragma warning restore RS0030

    protected override Task<T> PassAsync<T>(Task<T> until) => until.WaitAsync(Patience, Clock, Cancellation);

    protected override Task TicksPassDuringAJobAsync(Func<bool> until) => PassAsync(Until(until));
}
