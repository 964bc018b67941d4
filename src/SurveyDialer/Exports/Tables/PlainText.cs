using System.Text;

namespace SurveyDialer.Exports.Tables;

/// <summary>Text without what neither XML nor a spreadsheet can hold.</summary>
internal static class PlainText
{
    /// <summary>Without control characters (tab and line ends stay), lone surrogates and non-characters; line ends become LF.</summary>
    /// <param name="longest">In UTF-16 units; a longer text is cut and ends with an ellipsis.</param>
    internal static string Of(string text, int longest)
    {
        var plain = text.All(IsOrdinary) ? text : Clean(text);
        if (plain.Length <= longest) return plain;
        var cut = longest - 1;
        if (char.IsHighSurrogate(plain[cut - 1])) cut--;
        return string.Concat(plain.AsSpan(0, cut), "…");
    }

    private static bool IsOrdinary(char c) => c >= ' ' && c is not ('\u007F' or '\uFFFE' or '\uFFFF') && !char.IsSurrogate(c) && !char.IsControl(c);

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsOrdinary(c) || c is '\t' or '\n')
            {
                clean.Append(c);
            }
            else if (c == '\r')
            {
                // A lone CR is the line end of old lists.
                if (i + 1 == text.Length || text[i + 1] != '\n') clean.Append('\n');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (char.IsSurrogate(c))
            {
                clean.Append('\uFFFD');
            }
        }

        return clean.ToString();
    }
}
