namespace SurveyDialer.Simulator.Respondents;

/// <summary>
/// What a resident without a rule understands: the keys that the words themselves offer ("很安全请按1", "press 2", "回1", "1很安全").
/// Keys of service (0, 7, 8, 9, *, #) are not chosen.
/// </summary>
internal static class OfferedKeys
{
    private static readonly string[] Cues = ["按", "回", "ress ", "eply "];

    /// <summary>One of the offered keys, each as likely; null when none is offered.</summary>
    public static string? Pick(string heard, double unit)
    {
        Span<bool> offered = stackalloc bool[7];
        foreach (var cue in Cues)
        {
            for (var at = heard.IndexOf(cue, StringComparison.Ordinal); at >= 0; at = heard.IndexOf(cue, at + cue.Length, StringComparison.Ordinal))
            {
                var digit = at + cue.Length < heard.Length ? heard[at + cue.Length] : ' ';
                if (digit is >= '1' and <= '6')
                    offered[digit - '0'] = true;
            }
        }

        var count = 0;
        foreach (var one in offered)
            count += one ? 1 : 0;
        var chosen = (int)(unit * count);
        for (var digit = 1; digit < offered.Length && count > 0; digit++)
        {
            if (offered[digit] && chosen-- == 0)
                return ((char)('0' + digit)).ToString();
        }

        return null;
    }
}
