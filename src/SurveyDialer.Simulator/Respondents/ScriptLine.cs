using System.Globalization;

namespace SurveyDialer.Simulator.Respondents;

/// <summary>How a call is received.</summary>
internal enum PickupKind
{
    /// <summary>Left to the segment.</summary>
    Auto,
    Human,
    Machine,
    Fax,
    NoAnswer,
    Declines,
    Busy,

    /// <summary>Switched off: never rings.</summary>
    Off,

    /// <summary>The number does not exist: never rings.</summary>
    Missing,

    /// <summary>The network fails: never rings.</summary>
    Failed,
}

/// <summary>What is done at a prompt.</summary>
internal enum ReactionKind
{
    Keys,
    Silence,
    HangUp,
    Speech,
}

/// <summary>One deed at one prompt.</summary>
/// <param name="Keys">In order.</param>
/// <param name="At">Seconds: for keys after the prompt (or into it, where <paramref name="During"/>), for hanging up from its start; for speech its length.</param>
/// <param name="ThenHangUp">Hangs up right after, before the product's answer is heard.</param>
internal sealed record Reaction(ReactionKind Kind, string Keys = "", double At = 0, bool During = false, bool ThenHangUp = false)
{
    public static readonly Reaction Nothing = new(ReactionKind.Silence);
}

/// <summary>One attempt of a <see cref="NumberScript"/>: <c>busy</c>, or <c>answer: 1 !2 - hangup</c>.</summary>
/// <param name="RingSeconds">Null: by chance.</param>
/// <param name="Reactions">One a prompt; null: by the segment.</param>
internal sealed record ScriptLine(PickupKind Pickup, double? RingSeconds, IReadOnlyList<Reaction?> Reactions)
{
    /// <exception cref="FormatException">Names the word that is not understood.</exception>
    public static ScriptLine Parse(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var (head, ring) = Split(colon < 0 ? line : line[..colon]);
        var pickup = head switch
        {
            "auto" => PickupKind.Auto,
            "answer" => PickupKind.Human,
            "machine" => PickupKind.Machine,
            "fax" => PickupKind.Fax,
            "no-answer" => PickupKind.NoAnswer,
            "declines" => PickupKind.Declines,
            "busy" => PickupKind.Busy,
            "off" => PickupKind.Off,
            "missing" => PickupKind.Missing,
            "failed" => PickupKind.Failed,
            _ => throw new FormatException($"Script \"{line}\": \"{head}\" is none of auto, answer, machine, fax, no-answer, declines, busy, off, missing, failed."),
        };
        var words = colon < 0 ? [] : line[(colon + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new ScriptLine(pickup, ring, [.. words.Select(word => Word(word, line))]);
    }

    private static Reaction? Word(string word, string line)
    {
        var hangUp = word.EndsWith("+hangup", StringComparison.Ordinal);
        var during = word.StartsWith('!');
        var (what, at) = Split(word[(during ? 1 : 0)..^(hangUp ? 7 : 0)]);
        if (what == "auto")
            return null;
        if (what == "-")
            return Reaction.Nothing;
        if (what == "hangup")
            return new Reaction(ReactionKind.HangUp, At: at ?? -1);
        if (what.StartsWith("say", StringComparison.Ordinal) && double.TryParse(what[3..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return new Reaction(ReactionKind.Speech, "#", seconds, ThenHangUp: hangUp);
        if (what.Length > 0 && what.All(static key => key is >= '0' and <= '9' or '*' or '#'))
            return new Reaction(ReactionKind.Keys, what, at ?? 1, during, hangUp);
        throw new FormatException($"Script \"{line}\": \"{word}\" is none of keys such as 1 or 12#, !1, -, hangup, say5, auto (with @seconds, +hangup).");
    }

    private static (string Word, double? At) Split(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (text.Trim(), null) : (text[..at].Trim(), double.Parse(text[(at + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }
}
