namespace SurveyDialer.Crash.Rig;

/// <summary>How much is to be broken.</summary>
internal sealed record CrashPlan
{
    public required int Kills { get; init; }

    /// <summary>Moments of the kills, residents and the carrier's faults.</summary>
    public required int Seed { get; init; }

    /// <summary>Empty folder of this run.</summary>
    public required string Folder { get; init; }

    /// <summary>The real one.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Told about progress.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    // There is always somebody left to be called while the killing goes on.
    internal int CalledPeople => 30 + (5 * Kills);

    internal int TextedPeople => 15 + (2 * Kills);
}
