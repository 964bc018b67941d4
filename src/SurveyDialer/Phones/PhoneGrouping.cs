namespace SurveyDialer.Phones;

/// <summary>
/// Tells blanks inside a number from blanks between numbers: of all ways to cut a piece at its blanks, the one that leaves the fewest
/// digits over, then the one with the fewest numbers.
/// </summary>
internal static class PhoneGrouping
{
    private const int MostTokens = 16;

    /// <param name="piece">Digits, blanks, dashes, +, extension marks.</param>
    /// <param name="read">
    /// Reads a group. Its flag allows numbers whose beginning shows nothing (no area code, no 0): only where the whole piece is numbers,
    /// since the end of a damaged number looks like one.
    /// </param>
    internal static PhoneGroups Best(string piece, Func<string, bool, NumberReading> read)
    {
        var atBlanks = Solve(piece.Split(' ', StringSplitOptions.RemoveEmptyEntries), read);
        if (atBlanks.Rest.Count == 0 || !piece.Contains('-', StringComparison.Ordinal)) return atBlanks;
        var atDashes = Solve(piece.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries), read);
        return atDashes.DigitsLeft < atBlanks.DigitsLeft ? atDashes : atBlanks;
    }

    private static PhoneGroups Solve(string[] tokens, Func<string, bool, NumberReading> read)
    {
        if (tokens.Length > MostTokens) return new PhoneGroups([], [string.Join(' ', tokens)]);
        var whole = Cut(tokens, group => read(group, true));
        return whole.Rest.Count == 0 ? whole : Cut(tokens, group => read(group, false));
    }

    private static PhoneGroups Cut(string[] tokens, Func<string, NumberReading> read)
    {
        var best = new Step[tokens.Length + 1];
        for (var end = 1; end <= tokens.Length; end++)
        {
            var left = best[end - 1].DigitsLeft + tokens[end - 1].Count(char.IsAsciiDigit);
            best[end] = new Step(left, best[end - 1].Groups, end - 1, null);
            for (var start = end - 1; start >= 0; start--)
            {
                var before = best[start];
                var candidate = (before.DigitsLeft, Groups: before.Groups + 1);
                if (candidate.CompareTo((best[end].DigitsLeft, best[end].Groups)) >= 0) continue;
                if (read(string.Join(' ', tokens[start..end])) is NumberReading.Good good)
                    best[end] = new Step(candidate.DigitsLeft, candidate.Groups, start, good.Number);
            }
        }

        return Collect(tokens, best);
    }

    private static PhoneGroups Collect(string[] tokens, Step[] best)
    {
        var numbers = new List<PhoneNumber>();
        var rest = new List<string>();
        var leftOver = new List<string>();
        for (var end = tokens.Length; end > 0; end = best[end].Start)
        {
            if (best[end].Number is not { } number)
            {
                leftOver.Insert(0, tokens[end - 1]);
                continue;
            }

            numbers.Insert(0, number);
            Close(leftOver, rest);
        }

        Close(leftOver, rest);
        return new PhoneGroups(numbers, rest);
    }

    private static void Close(List<string> leftOver, List<string> rest)
    {
        if (leftOver.Exists(token => token.Any(char.IsAsciiDigit))) rest.Insert(0, string.Join(' ', leftOver));
        leftOver.Clear();
    }

    private readonly record struct Step(int DigitsLeft, int Groups, int Start, PhoneNumber? Number);
}

/// <param name="Numbers">In the order of the piece.</param>
/// <param name="Rest">What belongs to no number.</param>
internal sealed record PhoneGroups(IReadOnlyList<PhoneNumber> Numbers, IReadOnlyList<string> Rest)
{
    internal int DigitsLeft => Rest.Sum(text => text.Count(char.IsAsciiDigit));
}
