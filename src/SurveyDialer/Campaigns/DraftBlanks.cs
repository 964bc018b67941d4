namespace SurveyDialer.Campaigns;

/// <summary>The blanks of a draft: what was given for it, what the draft says elsewhere, and what the office said before, in this order.</summary>
public static class DraftBlanks
{
    /// <summary>Blanks that say what another field of a draft says.</summary>
    public static IReadOnlyList<string> Implied { get; } = ["org", "approval_no", "frame_name"];

    /// <param name="draft">Its <see cref="CampaignDraft.Blanks"/> are those given.</param>
    /// <param name="sources">Where its lists come from.</param>
    /// <param name="remembered">Of the office, <c>name</c> or <c>name@area id</c>.</param>
    /// <returns>All values; and of them those that were remembered only.</returns>
    public static (Dictionary<string, string> All, Dictionary<string, string> Remembered) Fill(
        CampaignDraft draft, IEnumerable<string> sources, IReadOnlyDictionary<string, string> remembered)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(remembered);
        var all = new Dictionary<string, string>(draft.Blanks, StringComparer.Ordinal);
        string[] implied = [draft.Organiser.Trim(), draft.ApprovalInFull, string.Join('；', sources.Distinct(StringComparer.Ordinal))];
        foreach (var (name, value) in Implied.Zip(implied))
        {
            if (value.Length > 0) all.TryAdd(name, value);
        }

        return (all, remembered.Where(pair => all.TryAdd(pair.Key, pair.Value)).ToDictionary(StringComparer.Ordinal));
    }
}
