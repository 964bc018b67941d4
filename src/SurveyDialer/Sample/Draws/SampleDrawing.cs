using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Sample;

/// <summary>One who was drawn.</summary>
/// <param name="Place">Order of release within the stratum, from 1.</param>
/// <param name="Replicate">From 1.</param>
internal readonly record struct DrawnPerson(long RespondentId, long AreaId, long Stratum, long Place, long Replicate);

/// <summary>What a draw gave, and what it can be repeated from.</summary>
/// <param name="FrameSha256">Of those who could be drawn, in their order.</param>
internal sealed record SampleDrawn(byte[] FrameSha256, IReadOnlyList<DrawnPerson> People);

/// <summary>
/// The draw: in each stratum people stand in order of township, village, then a key of number and name, so that neither the order of a file nor that
/// of imports matters, and a systematic draw meets every village in proportion. Pure.
/// </summary>
internal static class SampleDrawing
{
    internal static SampleDrawn Of(SamplePlan plan, long seed, SampleLayout layout)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chance = new SplitMix64(unchecked((ulong)seed));
        var drawn = new List<DrawnPerson>();
        foreach (var cell in layout.Cells)
        {
            var frame = cell.Eligible.OrderBy(person => person.Township, StringComparer.Ordinal).ThenBy(person => person.Village, StringComparer.Ordinal)
                .ThenBy(person => person.Key).ThenBy(person => person.Id).ToList();
            Add(hash, cell.Label, frame);
            drawn.AddRange(Cell(plan, cell.Stratum, frame, chance.Next(), chance.Next()));
        }

        return new SampleDrawn(hash.GetHashAndReset(), drawn);
    }

    private static IEnumerable<DrawnPerson> Cell(SamplePlan plan, SampleStratum stratum, List<SampleCandidate> frame, ulong drawSeed, ulong replicateSeed)
    {
        var n = (int)stratum.Drawn;
        var positions = plan.Draw == SampleDrawKind.Systematic ? Draw.Systematic(frame.Count, n, drawSeed) : Draw.Simple(frame.Count, n, drawSeed);
        var replicates = Draw.Replicates(n, plan.Replicates, replicateSeed);
        return positions.Zip(replicates).OrderBy(pair => pair.Second)
            .Select((pair, index) => new DrawnPerson(frame[pair.First].Id, frame[pair.First].AreaId, stratum.Number, index + 1, pair.Second + 1));
    }

    private static void Add(IncrementalHash hash, string label, List<SampleCandidate> frame)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{label}\n{frame.Count}\n"));
        Span<byte> key = stackalloc byte[16];
        foreach (var person in frame)
        {
            BinaryPrimitives.WriteUInt128BigEndian(key, person.Key);
            hash.AppendData(key);
        }
    }
}
