using System.Collections.Concurrent;

namespace SurveyDialer.Simulator.Respondents;

/// <summary>How a call is received.</summary>
/// <param name="RingSeconds">Until it is answered or rejected.</param>
/// <param name="StaySeconds">Until a machine or fax gives up by itself; infinite for a person.</param>
internal sealed record Pickup(PickupKind Kind, double RingSeconds, double StaySeconds = double.PositiveInfinity);

/// <summary>A prompt as it is heard.</summary>
/// <param name="Attempt">Which call to the number this is, from 1.</param>
/// <param name="Step">Which prompt of the call this is, from 1.</param>
/// <param name="Heard">Everything said or played since the last input.</param>
/// <param name="PromptSeconds">Length of what is heard while keys count.</param>
/// <param name="TotalSeconds">Length of all that is heard at this step.</param>
/// <param name="Recording">A voice comment is asked for.</param>
internal sealed record Hearing(string Number, int Attempt, int Step, string Heard, double PromptSeconds, double TotalSeconds, bool Recording);

/// <summary>All residents: decides, as a function of seed, number, attempt and step, what they do.</summary>
internal sealed partial class Residents(ulong seed, Population population, TimeSpan utcOffset)
{
    private readonly ConcurrentDictionary<string, NumberScript> _scripts =
        new(population.Scripts.Select(static script => KeyValuePair.Create(script.Number, script)).DistinctBy(static pair => pair.Key));

    public Population Population => population;

    public ulong Seed => seed;

    public void Add(NumberScript script) => _scripts[script.Number] = script;

    public NumberScript? ScriptOf(string number) => _scripts.GetValueOrDefault(number);

    public ScriptLine? LineOf(string number, int attempt)
    {
        if (!_scripts.TryGetValue(number, out var script) || script.Script.Count == 0)
            return null;
        return ScriptLine.Parse(script.Script[Math.Min(attempt, script.Script.Count) - 1]);
    }

    /// <summary>Chinese mobiles begin with 13 to 19; numbers of other countries count as mobiles.</summary>
    public static bool IsMobile(string number)
        => !number.StartsWith("+86", StringComparison.Ordinal) || (number.Length == 14 && number[3] == '1' && number[4] is >= '3' and <= '9');

    public Pickup Receive(string number, int attempt, DateTimeOffset now, ScriptLine? line)
    {
        var segment = population.SegmentOf(number);
        var habits = IsMobile(number) ? segment.Mobile : segment.Landline;
        var kind = line?.Pickup ?? PickupKind.Auto;
        if (kind == PickupKind.Auto)
            kind = ByChance(number, attempt, now, segment, habits);
        var ring = kind switch
        {
            PickupKind.Machine => Draw(number, attempt, 0, Facet.RingLength, 15, 25),
            PickupKind.Declines => Draw(number, attempt, 0, Facet.RingLength, 2, 8),
            PickupKind.Fax => Draw(number, attempt, 0, Facet.RingLength, 3, 8),
            _ => Draw(number, attempt, 0, Facet.RingLength, habits.Ring[0], habits.Ring[1]),
        };
        var stay = kind is PickupKind.Machine or PickupKind.Fax ? Draw(number, attempt, 0, Facet.MachineLength, 20, 60) : double.PositiveInfinity;
        return new Pickup(kind, line?.RingSeconds ?? ring, stay);
    }

    /// <summary>Seconds from dialling to the first ring: between <paramref name="least"/> and twice as much.</summary>
    public double PostDialDelay(string number, int attempt, double least) => Draw(number, attempt, 0, Facet.PostDial, least, 2 * least);

    public Reaction React(Hearing hearing, ScriptLine? line, PickupKind who)
    {
        if (who is PickupKind.Machine or PickupKind.Fax)
            return Reaction.Nothing;
        if (line is { Pickup: PickupKind.Human } && (line.Reactions.Count > 0))
        {
            if (hearing.Step > line.Reactions.Count)
                return Reaction.Nothing;
            if (line.Reactions[hearing.Step - 1] is { } scripted)
                return scripted is { Kind: ReactionKind.HangUp, At: < 0 } ? scripted with { At = Finite(hearing.TotalSeconds) / 2 } : scripted;
        }

        var segment = population.SegmentOf(hearing.Number);
        var talk = segment.Talk;
        if (Happens(hearing, Facet.HangUp, hearing.Step == 1 ? talk.HangUpFirst : talk.HangUp))
            return new Reaction(ReactionKind.HangUp, At: Draw(hearing, Facet.HangUpAt) * (Finite(hearing.TotalSeconds) + 3));
        return hearing.Recording ? Comment(hearing, talk) : Press(hearing, segment);
    }

    /// <summary>The key that a resident's opinion is, for a prompt or a text.</summary>
    public static AnswerRule? RuleFor(Segment segment, string heard)
    {
        foreach (var rule in segment.Rules)
        {
            var fits = true;
            foreach (var words in rule.Hears)
                fits = fits && heard.Contains(words, StringComparison.Ordinal);
            if (fits)
                return rule;
        }

        return null;
    }

    /// <summary>What a resident takes a prompt or a text to be about: the trait of the rule that fits; null when there is none.</summary>
    public string? Understood(string number, string heard) => RuleFor(population.SegmentOf(number), heard)?.Trait;

    public string? Opinion(AnswerRule? rule, string number, int attempt, int step, string heard)
    {
        var unit = rule?.Trait is { } trait ? Chance.Trait(seed, number, trait) : Chance.Unit(seed, number, attempt, step, Facet.Key);
        if (rule is null || rule.Keys.Count == 0)
            return OfferedKeys.Pick(heard, unit);
        var total = 0.0;
        foreach (var share in rule.Keys.Values)
            total += share;
        var left = unit * total;
        var last = "-";
        foreach (var (key, share) in rule.Keys)
        {
            if (share <= 0)
                continue;
            last = key;
            if ((left -= share) < 0)
                break;
        }

        return last == "-" ? null : last;
    }

    public double Draw(string number, int attempt, int step, Facet facet, double least, double most)
        => least + (Chance.Unit(seed, number, attempt, step, facet) * (most - least));

    private static double Finite(double seconds) => double.IsFinite(seconds) ? seconds : 20;

    private double Draw(Hearing hearing, Facet facet) => Chance.Unit(seed, hearing.Number, hearing.Attempt, hearing.Step, facet);

    private bool Happens(Hearing hearing, Facet facet, double share) => Draw(hearing, facet) < share;

    private PickupKind ByChance(string number, int attempt, DateTimeOffset now, Segment segment, LineHabits habits)
    {
        if (Chance.Trait(seed, number, "missing") < habits.Missing)
            return PickupKind.Missing;
        if (Chance.Trait(seed, number, "fax") < habits.Fax)
            return PickupKind.Fax;
        if (Chance.Unit(seed, number, attempt, 0, Facet.Off) < habits.Off)
            return PickupKind.Off;
        if (Chance.Unit(seed, number, attempt, 0, Facet.Busy) < habits.Busy)
            return PickupKind.Busy;
        var local = now.ToOffset(utcOffset);
        var rate = habits.AnswerAt(local.Hour);
        if (Chance.Trait(seed, number, "never-answers") < segment.NeverAnswers)
            rate = 0;
        var working = local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && local.Hour is >= 8 and < 18;
        if (working && Chance.Trait(seed, number, "at-work") < segment.AtWork)
            rate *= segment.AtWorkFactor;
        if (Chance.Unit(seed, number, attempt, 0, Facet.Answer) < rate)
            return PickupKind.Human;
        if (Chance.Trait(seed, number, "machine") < habits.Machine)
            return PickupKind.Machine;
        return Chance.Unit(seed, number, attempt, 0, Facet.Decline) < habits.Declines ? PickupKind.Declines : PickupKind.NoAnswer;
    }

    private Reaction Comment(Hearing hearing, TalkHabits talk)
    {
        if (!Happens(hearing, Facet.Comment, talk.Comment))
            return Chance.Unit(seed, hearing.Number, hearing.Attempt, hearing.Step, Facet.CommentEnd) < 0.5
                ? new Reaction(ReactionKind.HangUp, At: hearing.TotalSeconds * 0.9)
                : new Reaction(ReactionKind.Keys, "#", 1);
        var length = talk.CommentSeconds[0] + (Draw(hearing, Facet.CommentLength) * (talk.CommentSeconds[1] - talk.CommentSeconds[0]));
        return new Reaction(ReactionKind.Speech, "#", length, ThenHangUp: Happens(hearing, Facet.CommentEnd, talk.CommentHangUp));
    }

    private Reaction Press(Hearing hearing, Segment segment)
    {
        var talk = segment.Talk;
        if (Happens(hearing, Facet.Silence, talk.Silence))
            return Reaction.Nothing;
        var rule = RuleFor(segment, hearing.Heard);
        var key = Happens(hearing, Facet.WrongKey, talk.WrongKey) ? WrongKey(hearing, rule)
            : Happens(hearing, Facet.OptOut, talk.OptOut) ? "9"
            : Happens(hearing, Facet.Explain, talk.Explain) ? "7"
            : Happens(hearing, Facet.Repeat, talk.Repeat) ? "*"
            : Happens(hearing, Facet.CallBack, talk.CallBack) ? "0"
            : hearing.Step == 1 && Chance.Trait(seed, hearing.Number, "other-language") < talk.OtherLanguage ? "3"
            : Opinion(rule, hearing.Number, hearing.Attempt, hearing.Step, hearing.Heard);
        if (key is null)
            return Reaction.Nothing;
        if (key == "hangup")
            return new Reaction(ReactionKind.HangUp, At: Draw(hearing, Facet.HangUpAt) * (Finite(hearing.TotalSeconds) + 3));
        if (Happens(hearing, Facet.BargeIn, talk.BargeIn) && hearing.PromptSeconds > 0)
            return new Reaction(ReactionKind.Keys, key, (0.3 + (0.65 * Draw(hearing, Facet.BargeInAt))) * Finite(hearing.PromptSeconds), During: true);
        var delay = rule?.Delay ?? talk.Delay;
        return new Reaction(ReactionKind.Keys, key, delay[0] + (Draw(hearing, Facet.Delay) * (delay[1] - delay[0])));
    }

    private string WrongKey(Hearing hearing, AnswerRule? rule)
    {
        const string Candidates = "456#12";
        var from = (int)(Draw(hearing, Facet.WhichWrongKey) * Candidates.Length);
        for (var i = 0; i < Candidates.Length; i++)
        {
            var key = Candidates[(from + i) % Candidates.Length].ToString();
            if (rule is null || !rule.Keys.ContainsKey(key))
                return key;
        }

        return "#";
    }
}
