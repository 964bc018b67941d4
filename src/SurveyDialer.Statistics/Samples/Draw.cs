namespace SurveyDialer.Statistics.Samples;

/// <summary>Draws positions of an ordered frame. The frame's order is part of the draw: store its hash beside the seed.</summary>
public static class Draw
{
    /// <summary>Version of the algorithms below, stored with every draw; another result needs another version.</summary>
    public const string Version = "splitmix64-1";

    /// <summary>Simple random draw without replacement: the first n of a Fisher-Yates shuffle, in order of the shuffle.</summary>
    /// <param name="frame">Size of the frame.</param>
    /// <param name="n">0 to <paramref name="frame"/>.</param>
    /// <param name="seed">Stored.</param>
    public static int[] Simple(int frame, int n, ulong seed)
    {
        Check(frame, n);
        var positions = new int[frame];
        for (var i = 0; i < frame; i++) positions[i] = i;
        var chance = new SplitMix64(seed);
        for (var i = 0; i < n; i++)
        {
            var other = i + (int)chance.Below(frame - i);
            (positions[i], positions[other]) = (positions[other], positions[i]);
        }

        return positions[..n];
    }

    /// <summary>Systematic draw with a fractional interval, in frame order: position ⌊(start + i·N)/n⌋ with start below N, in whole numbers throughout.</summary>
    /// <remarks>Sorting the frame by village first spreads the sample over the villages (implicit stratification).</remarks>
    /// <param name="frame">Size N of the frame.</param>
    /// <param name="n">0 to <paramref name="frame"/>.</param>
    /// <param name="seed">Stored.</param>
    public static int[] Systematic(int frame, int n, ulong seed)
    {
        Check(frame, n);
        if (n == 0) return [];
        var start = new SplitMix64(seed).Below(frame);
        var positions = new int[n];
        for (var i = 0; i < n; i++) positions[i] = (int)((start + ((long)i * frame)) / n);
        return positions;
    }

    /// <summary>Deals a sample into replicates, each a random part of it: entry i is the replicate (from 0) of unit i. Sizes differ by at most 1, larger ones first.</summary>
    /// <param name="sample">Size of the sample.</param>
    /// <param name="replicates">At least 1; 10 gives tenths.</param>
    /// <param name="seed">Stored.</param>
    public static int[] Replicates(int sample, int replicates, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 1);
        var order = Simple(sample, sample, seed);
        var replicate = new int[sample];
        for (var i = 0; i < sample; i++) replicate[order[i]] = i % replicates;
        return replicate;
    }

    private static void Check(int frame, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, frame);
    }
}
