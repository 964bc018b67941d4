using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>
/// The residents of a rehearsal: one kind for each village, whose opinions differ, answering the questions of a template by what they hear. A
/// rehearsal shows how much work a round is, never what residents think.
/// </summary>
internal static partial class PracticePopulation
{
    /// <summary>Of the households that are asked for one of them, so many say that this one is not there.</summary>
    private const double AwayShare = 0.25;

    private const string SelectNumbers = """
        SELECT p.number_enc, r.area_id FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id JOIN respondent r ON r.id = rp.respondent_id;
        """;

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Blank { get; }

    internal static Population For(Template template, RecordingSet recordings, Database database, FieldCipher cipher, long seed)
    {
        var population = new Population();
        foreach (var row in database.Read(connection => connection.Query<NumberRow>(SelectNumbers).AsList()))
        {
            var segment = $"area-{row.AreaId}";
            if (!population.Segments.ContainsKey(segment)) population.Segments[segment] = SegmentOf(template, recordings, seed, row.AreaId);
            population.Numbers[PhoneNumber.Read(cipher.Decrypt(SampleFields.NumberPurpose, row.NumberEnc)!).E164] = segment;
        }

        return population;
    }

    /// <summary>The same for whatever numbers are called: one kind of resident, and no number in the file.</summary>
    internal static Population For(Template template, RecordingSet recordings, long seed)
        => new() { Segments = { ["resident"] = SegmentOf(template, recordings, seed, 0) }, Default = "resident" };

    private static Segment SegmentOf(Template template, RecordingSet recordings, long seed, long areaId)
    {
        var unhappy = 0.03 + (0.22 * Unit(seed, areaId));
        return new Segment
        {
            Rules = [.. template.Languages.SelectMany(language => Rules(template, recordings, language, unhappy))],
            Texts = new TextHabits { Reply = 0.93 },
        };
    }

    private static IEnumerable<AnswerRule> Rules(Template template, RecordingSet recordings, string language, double unhappy)
    {
        var followUp = template.FollowUp;
        IEnumerable<string> Heard(string step, params LocalText[] texts) => Fragments(recordings, language, step, texts);
        foreach (var question in template.Screening.Concat(template.Questions))
        {
            foreach (var heard in Heard($"question.{question.Id}", question.Text, question.Message))
            {
                // Who is at home differs from call to call.
                var trait = question.Skips.Any(skip => skip.To == SkipTarget.Appointment) ? null : question.Id;
                yield return new AnswerRule { Hears = [heard], Keys = Shares(question, unhappy), Trait = trait, Words = WordsFor(question) };
            }
        }

        foreach (var heard in Heard("consent", followUp.Text, followUp.Message))
            yield return new AnswerRule { Hears = [heard], Keys = new() { ["1"] = 0.11, ["2"] = 0.07, ["3"] = 0.12, ["4"] = 0.68, ["-"] = 0.02 }, Trait = "consent" };
        foreach (var heard in Heard("topic", followUp.TopicText, followUp.TopicMessage))
            yield return new AnswerRule { Hears = [heard], Keys = followUp.Topics.ToDictionary(topic => topic.Key, _ => 1.0), Trait = "topic" };
        foreach (var asked in Heard("ask", template.Introduction.Ask))
            yield return new AnswerRule { Hears = [asked], Keys = new() { ["1"] = 0.78, ["2"] = 0.17, ["-"] = 0.05 } };

        // Most leave an invitation by text alone; who has agreed answers most of what follows.
        if (Fragment(template.Introduction.Message.In(language)) is { } invited)
            yield return new AnswerRule { Hears = [invited], Keys = new() { ["1"] = 0.25, ["2"] = 0.06, ["-"] = 0.69 } };
    }

    /// <summary>Shares of the keys: by the pole of an option where it has one, otherwise mostly the first of two, or all alike.</summary>
    private static Dictionary<string, double> Shares(Question question, double unhappy)
    {
        var rated = question.Options.Any(option => option.Pole is OptionPole.Positive or OptionPole.Negative);
        var plain = question.Options.Where(option => option.Pole != OptionPole.CannotSay).ToList();
        return question.Options.ToDictionary(option => option.Key, option => option.Pole switch
        {
            OptionPole.CannotSay => 0.05,
            OptionPole.Positive => (0.87 - unhappy) / Count(question, OptionPole.Positive),
            OptionPole.Middle => 0.08,
            OptionPole.Negative => unhappy / Count(question, OptionPole.Negative),
            _ when rated => 0.06,
            _ when plain.Count == 2 => option.Key == plain[0].Key ? 0.96 : 0.04,
            _ when EndsThere(question, option) => AwayShare,
            _ => (plain.Exists(other => EndsThere(question, other)) ? 1 - AwayShare : 1) / plain.Count(other => !EndsThere(question, other)),
        });
    }

    private static bool EndsThere(Question question, AnswerOption option)
        => question.Skips.Any(skip => skip.Keys.Contains(option.Key) && skip.To.StartsWith(SkipTarget.EndPrefix, StringComparison.Ordinal));

    private static int Count(Question question, OptionPole pole) => question.Options.Count(option => option.Pole == pole);

    private static List<string>? WordsFor(Question question) => question.Options.Count > 0 ? null : ["路灯坏了，晚上出门不方便", "希望多来巡逻", "没有了"];

    /// <summary>What of a step can be heard: a stretch of each text, and the address of each recording, which ends in its hash.</summary>
    private static IEnumerable<string> Fragments(RecordingSet recordings, string language, string step, LocalText[] texts)
        => texts.Select(text => Fragment(text.In(language))).OfType<string>()
            .Concat(recordings.All.Where(recording => (recording.Language, recording.Step) == (language, step)).Select(recording => recording.Sha256));

    /// <summary>The longest stretch of a text without a blank; null when there is none worth listening for.</summary>
    private static string? Fragment(string text) => Blank.Split(text).MaxBy(part => part.Length) is { Length: >= 4 } fragment ? fragment : null;

    private static double Unit(long seed, long areaId)
        => BitConverter.ToUInt32(SHA256.HashData(Encoding.ASCII.GetBytes($"{seed}/{areaId}"))) / (double)uint.MaxValue;

    private sealed record NumberRow
    {
        public byte[] NumberEnc { get; init; } = [];

        public long AreaId { get; init; }
    }
}
