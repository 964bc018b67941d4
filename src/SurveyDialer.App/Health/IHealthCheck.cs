using System.Globalization;

namespace SurveyDialer.App.Health;

/// <summary>How much a finding matters.</summary>
internal enum HealthLevel
{
    /// <summary>Nothing to do.</summary>
    Fine,

    /// <summary>To be seen to soon; the work goes on.</summary>
    Warning,

    /// <summary>Calls or data are at risk now.</summary>
    Failure,
}

/// <summary>What one check found.</summary>
/// <param name="Key">Of the sentence: what is the case and, unless fine, what to do.</param>
internal sealed record HealthFinding(HealthLevel Level, string Key, params IReadOnlyList<object> Arguments)
{
    internal static HealthFinding Fine(string key, params IReadOnlyList<object> arguments) => new(HealthLevel.Fine, key, arguments);

    internal static HealthFinding Warning(string key, params IReadOnlyList<object> arguments) => new(HealthLevel.Warning, key, arguments);

    internal static HealthFinding Failure(string key, params IReadOnlyList<object> arguments) => new(HealthLevel.Failure, key, arguments);

    internal string InWords(CultureInfo culture) => Words.SayIn(culture, Key, [.. Arguments]);
}

/// <summary>One thing that is looked at; a file of its own, listed in <see cref="HealthDesk.Checks"/>.</summary>
internal interface IHealthCheck
{
    /// <summary>For scripts, and the key of its name.</summary>
    string Id { get; }

    /// <summary>False: reads the whole database.</summary>
    bool IsQuick => true;

    /// <summary>Changes nothing.</summary>
    Task<HealthFinding> LookAsync(HealthLook look, CancellationToken cancellation);
}
