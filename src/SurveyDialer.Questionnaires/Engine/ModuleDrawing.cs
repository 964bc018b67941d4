using System.Collections.Immutable;

namespace SurveyDialer.Questionnaires;

/// <summary>
/// Which modules one respondent is asked. Numbers 0..n-1 of a block draw a cyclic design over a permutation of the n modules, so that each
/// block asks every module equally often; permutations and the reversal of the scales are functions of (seed, block) and (seed, number).
/// </summary>
internal static class ModuleDrawing
{
    public static ImmutableArray<string> Modules(Template template, ulong seed, long number)
    {
        var all = template.Questions.Where(q => q.Module is not null).Select(q => q.Module!).Distinct().ToArray();
        if (template.Draw is not { } draw || all.Length == 0)
            return [];
        var block = Math.DivRem(number, all.Length, out var place);
        if (place < 0)
            (block, place) = (block - 1, place + all.Length);
        var order = Shuffled(all, Mix(seed ^ Mix((ulong)block)));
        var drawn = Enumerable.Range(0, Math.Min(draw.Modules, all.Length)).Select(i => order[(place + i) % all.Length]).ToHashSet();
        return [.. all.Where(drawn.Contains)];
    }

    public static bool Reversed(Template template, ulong seed, long number)
        => template.Draw is { ReverseHalf: true } && ((Mix(seed ^ 0x5ca1ab1eUL) & 1) == 1) != (number % 2 != 0);

    private static string[] Shuffled(string[] items, ulong state)
    {
        var shuffled = (string[])items.Clone();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            state = Mix(state);
            var j = (int)(state % (ulong)(i + 1));
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9e3779b97f4a7c15UL;
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
            value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
            return value ^ (value >> 31);
        }
    }
}
