using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SurveyDialer.Simulator.Respondents;

namespace SurveyDialer.Simulator;

/// <summary>Who lives behind the numbers, in the format of the project's README.</summary>
public sealed class Population
{
    /// <summary>Kinds of residents by name.</summary>
    public Dictionary<string, Segment> Segments { get; set; } = [];

    /// <summary>Segment of every number that nothing else names; null: the built-in one.</summary>
    public string? Default { get; set; }

    /// <summary>Number prefix → segment; the longest prefix wins.</summary>
    public Dictionary<string, string> Prefixes { get; set; } = [];

    /// <summary>Number → segment.</summary>
    public Dictionary<string, string> Numbers { get; set; } = [];

    /// <summary>What single numbers do, attempt by attempt.</summary>
    public List<NumberScript> Scripts { get; set; } = [];

    /// <summary>Reads the JSON form; a key that is not known is an error.</summary>
    /// <exception cref="JsonException">Says where and what.</exception>
    public static Population Parse(string json)
    {
        var population = JsonSerializer.Deserialize(json, PopulationJson.Default.Population) ?? throw new JsonException("A population is a JSON object.");
        population.Check();
        return population;
    }

    /// <summary>The JSON form, for people to change: one value a line, Chinese as it is.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PopulationJson.Readable.Population);

    internal void Check()
    {
        var named = Numbers.Values.Concat(Prefixes.Values).Concat(Default is null ? [] : [Default]);
        if (named.FirstOrDefault(name => !Segments.ContainsKey(name)) is { } missing)
            throw new JsonException($"The segment \"{missing}\" is named but not described.");
        foreach (var script in Scripts)
            script.Check();
    }

    internal Segment SegmentOf(string number)
    {
        if (Numbers.TryGetValue(number, out var name))
            return Segments[name];
        var best = "";
        foreach (var prefix in Prefixes.Keys)
        {
            if (prefix.Length > best.Length && number.StartsWith(prefix, StringComparison.Ordinal))
                best = prefix;
        }

        return best.Length > 0 ? Segments[Prefixes[best]] : Default is null ? Segment.BuiltIn : Segments[Default];
    }
}

/// <summary>How one kind of resident behaves. Shares are between 0 and 1; ranges are [least, most].</summary>
public sealed class Segment
{
    internal static readonly Segment BuiltIn = new();

    /// <summary>Landlines of the segment.</summary>
    public LineHabits Landline { get; set; } = new() { Off = 0, Machine = 0.02, Fax = 0.01, Missing = 0.06 };

    /// <summary>Mobiles of the segment.</summary>
    public LineHabits Mobile { get; set; } = new();

    /// <summary>Residents who never answer an unknown number.</summary>
    public double NeverAnswers { get; set; } = 0.1;

    /// <summary>Residents who are at work on weekdays, 8 to 18 o'clock.</summary>
    public double AtWork { get; set; } = 0.5;

    /// <summary>Factor on the answer rate of residents at work.</summary>
    public double AtWorkFactor { get; set; } = 0.4;

    /// <summary>Conduct in a conversation.</summary>
    public TalkHabits Talk { get; set; } = new();

    /// <summary>Conduct with text messages.</summary>
    public TextHabits Texts { get; set; } = new();

    /// <summary>What is answered to what is heard; the first rule that fits decides.</summary>
    public List<AnswerRule> Rules { get; set; } = [];
}

/// <summary>What happens when such a line is called.</summary>
public sealed class LineHabits
{
    /// <summary>Hour → share of calls answered from that hour on, until the next one listed. Before the first: the last.</summary>
    public Dictionary<int, double> AnswerByHour { get; set; } = new() { [8] = 0.3, [12] = 0.4, [14] = 0.3, [18] = 0.55, [21] = 0.35 };

    /// <summary>Engaged, by call.</summary>
    public double Busy { get; set; } = 0.04;

    /// <summary>Switched off or without coverage, by call.</summary>
    public double Off { get; set; } = 0.06;

    /// <summary>Rejected by the resident after a few rings, by call.</summary>
    public double Declines { get; set; } = 0.05;

    /// <summary>Numbers with a machine that answers in the resident's place.</summary>
    public double Machine { get; set; } = 0.06;

    /// <summary>Numbers with a fax.</summary>
    public double Fax { get; set; }

    /// <summary>Numbers that do not exist.</summary>
    public double Missing { get; set; } = 0.04;

    /// <summary>Seconds of ringing before somebody answers.</summary>
    public double[] Ring { get; set; } = [3, 18];

    internal double AnswerAt(int hour)
    {
        var (best, last) = (-1, -1);
        foreach (var from in AnswerByHour.Keys)
        {
            last = Math.Max(last, from);
            if (from <= hour)
                best = Math.Max(best, from);
        }

        return last < 0 ? 0 : AnswerByHour[best < 0 ? last : best];
    }
}

/// <summary>Chances at every prompt, tried in this order.</summary>
public sealed class TalkHabits
{
    /// <summary>Hangs up at the first prompt.</summary>
    public double HangUpFirst { get; set; } = 0.15;

    /// <summary>Hangs up at any later prompt, at any point of it.</summary>
    public double HangUp { get; set; } = 0.02;

    /// <summary>Says nothing.</summary>
    public double Silence { get; set; } = 0.03;

    /// <summary>Presses a key that is not offered.</summary>
    public double WrongKey { get; set; } = 0.02;

    /// <summary>Presses 9.</summary>
    public double OptOut { get; set; } = 0.01;

    /// <summary>Presses 7.</summary>
    public double Explain { get; set; } = 0.02;

    /// <summary>Presses *.</summary>
    public double Repeat { get; set; } = 0.015;

    /// <summary>Presses 0.</summary>
    public double CallBack { get; set; } = 0.005;

    /// <summary>Residents who press 3 at the first prompt for another language.</summary>
    public double OtherLanguage { get; set; } = 0.05;

    /// <summary>Presses before the prompt has ended.</summary>
    public double BargeIn { get; set; } = 0.25;

    /// <summary>Seconds from the end of the prompt to the key.</summary>
    public double[] Delay { get; set; } = [0.6, 4];

    /// <summary>Leaves a voice comment when asked for one.</summary>
    public double Comment { get; set; } = 0.6;

    /// <summary>Seconds of a voice comment.</summary>
    public double[] CommentSeconds { get; set; } = [4, 40];

    /// <summary>Ends a voice comment by hanging up instead of #.</summary>
    public double CommentHangUp { get; set; } = 0.3;
}

/// <summary>Conduct with text messages.</summary>
public sealed class TextHabits
{
    /// <summary>Answers a text.</summary>
    public double Reply { get; set; } = 0.25;

    /// <summary>Seconds until the answer.</summary>
    public double[] Delay { get; set; } = [20, 5400];

    /// <summary>Answers with a stop word.</summary>
    public double Stop { get; set; } = 0.02;

    /// <summary>The stop words.</summary>
    public List<string> StopWords { get; set; } = ["T", "TD", "退订", "拒收", "STOP"];

    /// <summary>Types digits full-width.</summary>
    public double FullWidth { get; set; } = 0.1;

    /// <summary>Answers in words where a digit was asked.</summary>
    public double Words { get; set; } = 0.04;

    /// <summary>The words.</summary>
    public List<string> Texts { get; set; } = ["你是谁", "还可以吧", "忙着呢"];

    /// <summary>Texts that never arrive, by text.</summary>
    public double Unreachable { get; set; } = 0.03;
}

/// <summary>What is answered when certain words are heard or read.</summary>
public sealed class AnswerRule
{
    /// <summary>All of these must occur in what was said since the last input (or in an address that was played). Empty: always fits.</summary>
    public List<string> Hears { get; set; } = [];

    /// <summary>Key → share; shares are scaled to 1. <c>-</c> stands for silence, <c>hangup</c> for hanging up.</summary>
    public Dictionary<string, double> Keys { get; set; } = [];

    /// <summary>Name of an opinion of the resident that is the same at every attempt; null: chosen anew each time.</summary>
    public string? Trait { get; set; }

    /// <summary>Seconds from the end of the prompt to the key; null: as the segment.</summary>
    public double[]? Delay { get; set; }

    /// <summary>Free words sent to a text in place of a key.</summary>
    public List<string>? Words { get; set; }
}

/// <summary>What one number does.</summary>
public sealed class NumberScript
{
    /// <summary>E.164.</summary>
    public string Number { get; set; } = "";

    /// <summary>One line an attempt; the last one is repeated. See the README for the words.</summary>
    public List<string> Script { get; set; } = [];

    /// <summary>Bodies of the answers to the first, second ... text; an empty one: no answer.</summary>
    public List<string> Texts { get; set; } = [];

    /// <summary>Seconds until such an answer.</summary>
    public double TextDelay { get; set; } = 30;

    internal void Check()
    {
        foreach (var line in Script)
            _ = ScriptLine.Parse(line);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Population))]
[JsonSerializable(typeof(List<NumberScript>))]
internal sealed partial class PopulationJson : JsonSerializerContext
{
    public static PopulationJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
