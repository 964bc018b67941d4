using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Health;

/// <summary>Runs the checks, for the command, the page and programs that watch.</summary>
internal interface IHealthDesk
{
    /// <param name="quick">Without those that read the whole database.</param>
    Task<IReadOnlyList<HealthResult>> LookAsync(bool quick, CancellationToken cancellation);

    /// <summary>No copy of the keys lies elsewhere, of an installation that somebody would miss; costs nothing to ask.</summary>
    bool KeysUnsaved { get; }
}

/// <param name="Check">Id of the check.</param>
internal sealed record HealthResult(string Check, HealthFinding Finding);

/// <inheritdoc cref="IHealthDesk"/>
internal sealed class HealthDesk(OpenInstallation office) : IHealthDesk
{
    /// <summary>In the order in which they are told.</summary>
    internal static IReadOnlyList<IHealthCheck> Checks { get; } =
    [
        new DatabaseIntegrity(), new DiskSpace(), new KeyFileSafety(), new BackupAge(), new CarrierAccount(), new ClockSkew(), new PublicAddressAnswers(),
        new DispatcherAlive(), new StuckAttempts(), new DoubledContacts(), new FailedJobs(), new CalendarCoverage(),
    ];

    public bool KeysUnsaved => office.Installation is { Backups: not null, Keys.SavedApart: false };

    public async Task<IReadOnlyList<HealthResult>> LookAsync(bool quick, CancellationToken cancellation)
    {
        var look = new HealthLook(office, cancellation);
        return await Task.WhenAll(Checks.Where(check => check.IsQuick || !quick).Select(check => Task.Run(() => LookAsync(check, look, cancellation), cancellation)));
    }

    // A check that fails is itself something that somebody must see to.
    private static async Task<HealthResult> LookAsync(IHealthCheck check, HealthLook look, CancellationToken cancellation)
    {
        try
        {
            return new HealthResult(check.Id, await check.LookAsync(look, cancellation));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new HealthResult(check.Id, HealthFinding.Failure("health_check_failed", fault.Message));
        }
    }
}
