using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Crash.Checks;

namespace SurveyDialer.Crash.Rig;

/// <summary>What was broken, counted at each kill from the files as the dead process left them.</summary>
internal sealed class Injected
{
    private const string SelectPlacing = "SELECT token, channel <> 'voice' AS texted FROM attempt WHERE state = 'placing' AND token IS NOT NULL;";

    private const string CountInHand = "SELECT count(*) FROM attempt WHERE state IN ('placing', 'placed');";

    private const string CountUnclear = "SELECT count(*) FROM attempt WHERE state = 'unknown';";

    private const string CountQueued = "SELECT count(*) FROM message WHERE state IN ('pending', 'placing');";

    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    internal int Kills { get; private set; }

    /// <summary>Kills at which something was being placed, or was at the carrier.</summary>
    internal int KillsAtWork { get; private set; }

    /// <summary>What happened how often, by its sentence.</summary>
    internal IReadOnlyDictionary<string, int> Counts => counts;

    /// <summary>Looks at what one kill hit.</summary>
    internal void Killed(SqliteConnection copy, CarrierLog log, bool starting)
    {
        Kills++;
        Add(starting ? "kills while starting" : "kills while running", 1);
        if (copy.ExecuteScalar<string>("PRAGMA quick_check;") is var sound && sound != "ok") throw new InvalidDataException($"The database is damaged after kill {Kills}: {sound}");
        var accepted = log.Calls.Select(call => call.Token).Concat(log.Accepted.Select(text => CarrierLog.TokenOf(text.Path))).ToHashSet(StringComparer.Ordinal);
        foreach (var (token, texted) in copy.Query<(string, long)>(SelectPlacing))
        {
            var what = texted == 1 ? "text" : "call";
            Add(accepted.Contains(token) ? $"{what} accepted, its answer not stored" : $"{what} intended and committed, request not sent or not taken", 1);
        }

        var open = log.Calls.Count(call => call.Final is null);
        if (open + copy.ExecuteScalar<int>(CountInHand) > 0) KillsAtWork++;
        Add("calls queued, ringing or open at a kill", open);
        Add("attempts unclear at a kill", copy.ExecuteScalar<int>(CountUnclear));
        Add("texts queued or being sent at a kill", copy.ExecuteScalar<int>(CountQueued));
    }

    /// <summary>Adds what the carrier did by itself and what met nobody.</summary>
    internal void Finish(CarrierLog log)
    {
        foreach (var (kind, times) in log.Faults) Add($"fault of the carrier: {kind}", times);
        Add("turns of a call that met no server, or a dying one", log.Calls.Sum(call => call.Turns.Count(turn => turn is { HttpStatus: 0 })));
    }

    private void Add(string what, int times)
    {
        if (times > 0) counts[what] = counts.GetValueOrDefault(what) + times;
    }
}
