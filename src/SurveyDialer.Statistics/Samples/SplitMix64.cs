namespace SurveyDialer.Statistics.Samples;

/// <summary>The generator of every draw, defined here to the bit so that a stored seed gives the same sample on every machine and in every version.</summary>
/// <remarks>
/// G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014; constants of S. Vigna's public-domain
/// splitmix64.c. State s ← s + 0x9E3779B97F4A7C15; z = s; z ← (z ⊕ z≫30)·0xBF58476D1CE4E5B9; z ← (z ⊕ z≫27)·0x94D049BB133111EB; output z ⊕ z≫31
/// (all modulo 2⁶⁴). First outputs for seed 1234567: 6457827717110365317, 3203168211198807973, 9817491932198370423.
/// </remarks>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A whole number from 0 to below <paramref name="bound"/>, each equally likely.</summary>
    /// <remarks>D. Lemire, Fast random integer generation in an interval, ACM TOMACS 29 (2019): the high half of output × bound; the output is
    /// drawn again while the low half is below 2⁶⁴ mod bound.</remarks>
    /// <param name="bound">Above 0.</param>
    public long Below(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var reject = unchecked(0 - range) % range;
        while (true)
        {
            var high = Math.BigMul(Next(), range, out var low);
            if (low >= reject) return (long)high;
        }
    }

    /// <summary>A share from 0 (inclusive) to 1 (exclusive): the top 53 bits times 2⁻⁵³.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));
}
