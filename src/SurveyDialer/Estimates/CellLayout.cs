using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Estimates;

/// <summary>
/// Where a template's answers are counted in the numbers of a cell: one slot per question, key and whether the explanation was asked for. The order
/// follows from the template alone, which a round never changes.
/// </summary>
internal sealed class CellLayout
{
    /// <summary>Questions whose answers describe the respondent; they make the profile of a cell, for weights.</summary>
    private const string DemographicPrefix = "DEMO_";

    /// <summary>Adults of the household, for weights.</summary>
    internal const string AdultsTag = "ADULTS";

    /// <summary>What a live interviewer keeps apart where the keys have one "cannot say".</summary>
    internal static readonly string[] LiveKeys = ["98", "99"];

    private static readonly ConditionalWeakTable<Template, CellLayout> Known = [];

    // As many as pack into one word; more would make cells of single persons.
    private const int MostDemographic = 8;

    private readonly ConcurrentDictionary<ulong, string> profiles = new();
    private readonly FrozenDictionary<string, Place>.AlternateLookup<ReadOnlySpan<char>> places;

    private CellLayout(Template template)
    {
        var next = 0;
        var all = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var question in template.Screening.Concat(template.Questions).Where(question => question.Kind != QuestionKind.Words))
        {
            List<string> keys = [.. question.Options.Select(option => option.Key)];
            if (question.Options.Any(option => option.Pole == OptionPole.CannotSay)) keys.AddRange(LiveKeys);
            all.Add(question.Id, new Place(question, next, keys));
            next += 2 * keys.Count;
        }

        Length = next;
        Questions = [.. all.Values.OrderBy(place => place.First)];
        Demographic = [.. Questions.Where(place => IsDemographic(place.Question)).Take(MostDemographic)];
        places = all.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Numbers in a cell.</summary>
    internal int Length { get; }

    /// <summary>In the template's order.</summary>
    internal IReadOnlyList<Place> Questions { get; }

    /// <summary>Those that make the profile.</summary>
    internal IReadOnlyList<Place> Demographic { get; }

    /// <summary>The profile of packed demographic answers: eight bits a question, 0 for none, else one more than the key's index. Made once each.</summary>
    internal string ProfileOf(ulong packed) => profiles.GetOrAdd(packed, static (keys, layout) => string.Join(
        ';', layout.Demographic.Select((place, i) => (place, Index: (int)(keys >> (8 * i)) & 0xFF)).Where(one => one.Index > 0)
            .Select(one => $"{one.place.Question.Tag}={one.place.Keys[one.Index - 1]}")), this);

    /// <summary>The profile of stored answers.</summary>
    internal string ProfileOf(IEnumerable<CountedAnswer> answers)
    {
        var profile = new ProfileBuilder(this);
        foreach (var answer in answers)
        {
            if (Find(answer.QuestionId) is { } place) profile.Add(place, answer.Key);
        }

        return profile.ToString();
    }

    internal static CellLayout Of(Template template) => Known.GetValue(template, static of => new CellLayout(of));

    internal static bool IsDemographic(Question question)
        => question.Tag == AdultsTag || question.Tag.StartsWith(DemographicPrefix, StringComparison.Ordinal);

    /// <summary>Null for a question without keys.</summary>
    internal Place? Find(ReadOnlySpan<char> questionId) => places.TryGetValue(questionId, out var place) ? place : null;

    /// <summary>Counts one stored answer; several keys of a multiple choice count each. A key that the question does not have is not counted.</summary>
    internal static void Count(uint[] counts, Place place, ReadOnlySpan<char> keys, bool explained)
    {
        foreach (var part in keys.Split(','))
        {
            var index = place.IndexOf(keys[part]);
            if (index >= 0) counts[place.Slot(index, explained)]++;
        }
    }

    /// <summary>As stored: little-endian, four bytes a slot.</summary>
    internal static byte[] ToBlob(uint[] counts)
    {
        var blob = new byte[counts.Length * sizeof(uint)];
        for (var i = 0; i < counts.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(blob.AsSpan(i * sizeof(uint)), counts[i]);
        return blob;
    }

    /// <exception cref="InvalidDataException">The blob is not of this template.</exception>
    internal uint[] FromBlob(byte[] blob)
    {
        if (blob.Length != Length * sizeof(uint)) throw new InvalidDataException("The stored totals do not belong to this questionnaire.");
        if (BitConverter.IsLittleEndian) return MemoryMarshal.Cast<byte, uint>(blob).ToArray();
        var counts = new uint[Length];
        for (var i = 0; i < counts.Length; i++) counts[i] = BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(i * sizeof(uint)));
        return counts;
    }

    /// <summary>One question's slots.</summary>
    /// <param name="First">The first one.</param>
    /// <param name="Keys">In the order of the slots: those of the options, then what only live interviewers enter.</param>
    internal sealed record Place(Question Question, int First, IReadOnlyList<string> Keys)
    {
        internal int Slot(int key, bool explained) => First + (2 * key) + (explained ? 1 : 0);

        internal int IndexOf(ReadOnlySpan<char> key)
        {
            for (var i = 0; i < Keys.Count; i++)
            {
                if (key.SequenceEqual(Keys[i])) return i;
            }

            return -1;
        }
    }
}
