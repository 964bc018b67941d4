namespace SurveyDialer.Estimates;

/// <summary>What interviews of one cell have in common: everything that their weight depends on, and what figures are told apart by.</summary>
/// <param name="AreaId">The township.</param>
/// <param name="Profile">Answers to the demographic questions, <c>DEMO_SEX=1;DEMO_AGE=3</c>.</param>
/// <param name="Numbers">Numbers of the frame that reach the respondent.</param>
/// <param name="Careless">Bits of <see cref="Statistics.Quality.CarelessFlag"/>.</param>
internal readonly record struct CellKey(long AreaId, long Stratum, string NumberKind, string Channel, string Profile, long Numbers, long Careless)
{
    /// <summary>The answer to a demographic question, or to several joined by <see cref="PopulationMargins.Cross"/>, joined alike; null where one was not given.</summary>
    internal string? Answer(string tag)
    {
        if (tag.IndexOf(PopulationMargins.Cross, StringComparison.Ordinal) is > 0 and var at)
            return Answer(tag[..at]) is { } first && Answer(tag[(at + 1)..]) is { } second ? $"{first}{PopulationMargins.Cross}{second}" : null;
        foreach (var part in Profile.AsSpan().Split(';'))
        {
            var pair = Profile.AsSpan(part);
            if (pair.Length > tag.Length && pair[tag.Length] == '=' && pair.StartsWith(tag, StringComparison.Ordinal)) return pair[(tag.Length + 1)..].ToString();
        }

        return null;
    }
}

/// <summary>Finished interviews that are alike but for their answers.</summary>
internal sealed class ResultCell(CellKey key, uint[] counts)
{
    internal CellKey Key { get; } = key;

    internal long Completes { get; set; }

    internal long Partials { get; set; }

    internal long Interviews => Completes + Partials;

    /// <summary>By <see cref="CellLayout"/>.</summary>
    internal uint[] Counts { get; } = counts;
}
