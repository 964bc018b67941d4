namespace SurveyDialer.Simulator;

/// <summary>How the pretend carrier behaves. Every duration is in the carrier's own seconds; <see cref="Pace"/> maps them to the clock.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The one account; 34 characters, <c>AC</c> and 32 hexadecimal digits.</summary>
    public string AccountSid { get; init; } = "AC00000000000000000000000000000001";

    /// <summary>Password of the account and key of every signature.</summary>
    public string AuthToken { get; init; } = "simulator-auth-token";

    /// <summary>Caller numbers that the account owns, E.164; empty: any is accepted.</summary>
    public IReadOnlyList<string> CallerNumbers { get; init; } = [];

    /// <summary>Calls started per second; what comes faster waits in the queue. 0: no limit. Default 1.</summary>
    public double CallsPerSecond { get; init; } = 1;

    /// <summary>Calls at the same time; what comes on top waits in the queue. 0: no limit (default).</summary>
    public int Lines { get; init; }

    /// <summary>Texts handed over per second; 0: no limit. Default 10.</summary>
    public double TextsPerSecond { get; init; } = 10;

    /// <summary>Start of all chance. The same seed gives the same residents doing the same things.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Who lives behind the numbers; null: the built-in population.</summary>
    public Population? Population { get; init; }

    /// <summary>Where a resident's text is delivered; null: nowhere.</summary>
    public string? IncomingTextUrl { get; init; }

    /// <summary>Where a call from a resident is answered; null: it is refused.</summary>
    public string? IncomingCallUrl { get; init; }

    /// <summary>Speed of the synthetic voice for Chinese characters; other characters count a third. Default 4 a second.</summary>
    public double CharactersPerSecond { get; init; } = 4;

    /// <summary>Length of a recorded prompt whose file is not a WAV. Default 10 s.</summary>
    public double UnknownAudioSeconds { get; init; } = 10;

    /// <summary>Real time per carrier second: 1 is real time, 0.01 makes a ring of 20 s take 200 ms. Default 1.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>From leaving the queue to the first ring, at least; up to twice as long. Default 1.5 s.</summary>
    public double RingDelaySeconds { get; init; } = 1.5;

    /// <summary>Until machine detection has its verdict. Default 4 s.</summary>
    public double DetectionSeconds { get; init; } = 4;

    /// <summary>From the end of a recording until its file exists and its callback is sent. Default 2 s.</summary>
    public double RecordingDelaySeconds { get; init; } = 2;

    /// <summary>Local time of the residents. Default UTC+8.</summary>
    public TimeSpan UtcOffset { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Faults that are on from the start.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>The witness log is also appended to this file, one JSON object a line; null: memory only.</summary>
    public string? WitnessFile { get; init; }

    /// <summary>Keep every request to the product and its answer for <c>Events.json</c>. Costs memory; default off.</summary>
    public bool KeepExchanges { get; init; }

    /// <summary>Clock of the fault <c>slow</c>, which has to pass in real time also where the rest runs in virtual time; null: the simulator's own.</summary>
    public TimeProvider? WallClock { get; init; }
}
