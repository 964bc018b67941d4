namespace SurveyDialer.Estimates;

/// <summary>Puts the answers to a template's demographic questions together, always in the template's order.</summary>
internal ref struct ProfileBuilder(CellLayout layout)
{
    private readonly CellLayout layout = layout;
    private ulong keys;

    /// <summary>Takes an answer; one to another question, or without a place on the scale, changes nothing.</summary>
    internal void Add(CellLayout.Place place, ReadOnlySpan<char> key)
    {
        for (var i = 0; i < layout.Demographic.Count; i++)
        {
            if (ReferenceEquals(layout.Demographic[i], place) && place.IndexOf(key) is >= 0 and < 255 and var index)
                keys |= (ulong)(index + 1) << (8 * i);
        }
    }

    /// <inheritdoc/>
    public override readonly string ToString() => keys == 0 ? "" : layout.ProfileOf(keys);
}
