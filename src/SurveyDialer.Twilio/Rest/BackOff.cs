namespace SurveyDialer.Twilio.Rest;

/// <summary>
/// How long to leave the carrier alone after it processed nothing: 1 s, doubled at each further failure up to 32 s, shortened by up to
/// half so that attempts do not come back together. The shortening is a function of the attempt, so that a rehearsal repeats exactly.
/// </summary>
internal sealed class BackOff(TimeProvider clock)
{
    private const int LastStep = 5;
    private readonly Lock _lock = new();
    private int _step = -1;
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    internal void Succeeded()
    {
        lock (_lock)
        {
            _step = -1;
            _until = DateTimeOffset.MinValue;
        }
    }

    /// <param name="key">The attempt's token.</param>
    /// <param name="asked">What the carrier asked for; the least that is returned.</param>
    internal TimeSpan Next(string key, TimeSpan? asked)
    {
        double seconds;
        lock (_lock)
        {
            // Requests that were in flight together fail together: that is one failure, not one a line.
            var now = clock.GetUtcNow();
            if (now >= _until)
            {
                _step = Math.Min(_step + 1, LastStep);
                _until = now.AddSeconds(0.5 * (1 << _step));
            }

            seconds = 1 << _step;
        }

        var wait = TimeSpan.FromSeconds(seconds * (1 - (0.5 * Share(key))));
        return asked > wait ? asked.Value : wait;
    }

    // FNV-1a: the runtime's own string hash differs from process to process.
    private static double Share(string key)
    {
        var hash = 2166136261u;
        foreach (var c in key) hash = unchecked((hash ^ c) * 16777619u);
        return hash / (double)uint.MaxValue;
    }
}
