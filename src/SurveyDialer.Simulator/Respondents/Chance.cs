namespace SurveyDialer.Simulator.Respondents;

/// <summary>What is being decided, so that two decisions of one step are independent.</summary>
internal enum Facet
{
    Off = 1,
    Busy,
    Answer,
    RingLength,
    Decline,
    PostDial,
    HangUp,
    HangUpAt,
    Silence,
    WrongKey,
    WhichWrongKey,
    OptOut,
    Explain,
    Repeat,
    CallBack,
    BargeIn,
    BargeInAt,
    Key,
    Delay,
    Comment,
    CommentLength,
    CommentEnd,
    Machine,
    MachineLength,
    Reply,
    Stop,
    StopWord,
    FullWidth,
    Words,
    WhichWords,
    Reach,
    Fault,
}

/// <summary>
/// Chance without a generator: every draw is a pure function of (seed, number, attempt, step, facet), so results do not depend on
/// the order in which threads or calls happen to run. SplitMix64 finalisation over an FNV-1a hash of the number.
/// </summary>
internal static class Chance
{
    /// <summary>A draw in [0, 1).</summary>
    public static double Unit(ulong seed, string number, int attempt, int step, Facet facet)
        => ToUnit(Mix(Mix(Mix(seed ^ Hash(number)) + (ulong)(uint)attempt) + (((ulong)(uint)step << 8) | (ulong)facet)));

    /// <summary>A draw in [0, 1) that belongs to the person behind the number and never changes.</summary>
    public static double Trait(ulong seed, string number, string trait) => ToUnit(Mix(Mix(seed ^ Hash(number)) ^ Hash(trait)));

    /// <summary>64 bits of a text, the same on every machine.</summary>
    public static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            hash = (hash ^ character) * 1099511628211UL;
        return hash;
    }

    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    private static double ToUnit(ulong value) => (value >> 11) * (1.0 / (1UL << 53));
}
