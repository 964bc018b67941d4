using System.Text;

namespace SurveyDialer.Exports.Xlsx;

/// <summary>Names of sheets as Excel takes them: 1 to 31 characters, none of <c>: \ / ? * [ ]</c>, no apostrophe at an end, unique, not "History".</summary>
internal sealed class SheetNames
{
    private const int Longest = 31;

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase) { "History" };

    /// <summary>The wanted name, mended and numbered where needed.</summary>
    internal string Next(string wanted)
    {
        var mended = new StringBuilder(wanted.Length);
        foreach (var c in wanted)
        {
            if (!char.IsControl(c) && !char.IsSurrogate(c) && c < '\uFFFE') mended.Append(c is ':' or '\\' or '/' or '?' or '*' or '[' or ']' ? ' ' : c);
        }

        var name = Ends(Cut(mended.ToString(), Longest));
        if (name.Length == 0) name = "Sheet";
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            var suffix = $" ({number})";
            free = Ends(Cut(name, Longest - suffix.Length)) + suffix;
        }

        return free;
    }

    private static string Cut(string name, int longest) => name.Length <= longest ? name : name[..longest];

    private static string Ends(string name) => name.Trim(' ', '\'');
}
