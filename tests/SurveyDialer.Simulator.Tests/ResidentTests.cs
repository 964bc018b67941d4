using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Simulator.Respondents;

namespace SurveyDialer.Simulator.Tests;

public sealed class ResidentTests
{
    private const string Township = """
        {
          "segments": {
            "happy": { "rules": [ { "hears": ["愿意"], "keys": { "1": 1 } }, { "hears": ["安全"], "keys": { "1": 0.8, "5": 0.2 }, "trait": "safe" } ] },
            "angry": { "mobile": { "answerByHour": { "0": 1 }, "missing": 0, "off": 0, "busy": 0 }, "neverAnswers": 0, "atWork": 0, "rules": [ { "hears": ["安全"], "keys": { "1": 0.2, "5": 0.8 } } ] }
          },
          "default": "happy",
          "prefixes": { "+86138": "angry", "+861380": "happy" },
          "numbers": { "+8613900000009": "angry" }
        }
        """;

    [Fact]
    public void Segment_is_found_by_number_then_longest_prefix_then_default()
    {
        var population = Population.Parse(Township);
        string Of(string number) => population.Segments.Single(pair => pair.Value == population.SegmentOf(number)).Key;

        Assert.Equal(["angry", "angry", "happy", "happy"], new[] { Of("+8613900000009"), Of("+8613811111111"), Of("+8613800000000"), Of("+8613900000001") });
    }

    [Fact]
    public void What_is_not_written_keeps_its_default()
    {
        var segment = Population.Parse(Township).Segments["angry"];

        Assert.Equal((1.0, 0.0, new LineHabits().Declines, new TalkHabits().HangUpFirst), (segment.Mobile.AnswerAt(3), segment.Mobile.Busy, segment.Mobile.Declines, segment.Talk.HangUpFirst));
        Assert.Equal(new Segment().Landline.Fax, segment.Landline.Fax);
        Assert.Equal(Population.Parse(Township).ToJson(), Population.Parse(Population.Parse(Township).ToJson()).ToJson());
    }

    [Theory]
    [InlineData("""{ "segment": {} }""")]
    [InlineData("""{ "default": "nobody" }""")]
    [InlineData("""{ "segments": { "a": { "talk": { "hangup": 1 } } } }""")]
    [InlineData("null")]
    public void Mistake_in_a_population_is_an_error(string json) => Assert.Throws<JsonException>(() => Population.Parse(json));

    [Theory]
    [InlineData("dance", "dance")]
    [InlineData("answer: 1 x", "x")]
    public void Mistake_in_a_script_names_the_word(string line, string word)
        => Assert.Contains($"\"{word}\"", Assert.Throws<FormatException>(() => ScriptLine.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Answer_rate_holds_from_its_hour_on()
    {
        var habits = new LineHabits { AnswerByHour = new Dictionary<int, double> { [8] = 0.1, [18] = 0.6 } };

        Assert.Equal([0.6, 0.1, 0.1, 0.6], new[] { 7, 8, 17, 18 }.Select(habits.AnswerAt));
    }

    [Fact]
    public void Shares_are_met_over_many_residents_and_an_opinion_stays_the_same()
    {
        var residents = new Residents(7, Population.Parse(Township), TimeSpan.FromHours(8));
        var rule = residents.Population.Segments["happy"].Rules[1];
        var first = Enumerable.Range(0, 4000).Select(i => residents.Opinion(rule, $"+8613700{i:D6}", 1, 3, "安全")).ToList();
        var later = Enumerable.Range(0, 4000).Select(i => residents.Opinion(rule, $"+8613700{i:D6}", 2, 5, "安全")).ToList();

        Assert.Equal(first, later);
        Assert.InRange(first.Count(static key => key == "1") / 4000.0, 0.78, 0.82);
    }

    [Fact]
    public void Evening_reaches_more_than_working_hours()
    {
        var residents = new Residents(7, new Population(), TimeSpan.FromHours(8));
        int Reached(int hour) => Enumerable.Range(0, 4000).Count(i => residents.Receive(
            $"+8613700{i:D6}", 1, new DateTimeOffset(2026, 3, 3, hour, 0, 0, TimeSpan.FromHours(8)), null).Kind == PickupKind.Human);

        Assert.True(Reached(19) > 1.7 * Reached(10));
    }

    [Theory]
    [InlineData("很安全请按1，安全请按2，说不清请按8", 0.0, "1")]
    [InlineData("很安全请按1，安全请按2，说不清请按8", 0.99, "2")]
    [InlineData("press 4 for none", 0.5, "4")]
    [InlineData("谢谢，再见", 0.5, null)]
    public void Without_a_rule_an_offered_key_is_pressed(string heard, double unit, string? key) => Assert.Equal(key, OfferedKeys.Pick(heard, unit));

    [Fact]
    public void Chance_is_even_and_independent_of_its_neighbours()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<ulong, int>((seed, step) =>
        {
            var draws = Enumerable.Range(0, 2000).Select(i => Chance.Unit(seed, $"+8613700{i:D6}", 1, step & 0xFFFF, Facet.Key)).ToArray();
            var mean = draws.Average();
            var neighbours = draws.Zip(draws.Skip(1)).Average(pair => (pair.First - mean) * (pair.Second - mean));
            return draws.All(static draw => draw is >= 0 and < 1) && Math.Abs(mean - 0.5) < 0.04 && Math.Abs(neighbours) < 0.012;
        }));
    }
}
