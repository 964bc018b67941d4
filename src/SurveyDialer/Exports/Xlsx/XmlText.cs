using System.Text.RegularExpressions;

namespace SurveyDialer.Exports.Xlsx;

/// <summary>Character data of a part.</summary>
internal static partial class XmlText
{
    /// <summary>Escapes what XML and SpreadsheetML read otherwise. <c>_x0041_</c> would be read as the character A: its first underscore is written as one.</summary>
    internal static void Write(TextWriter part, string text)
    {
        if (text.Contains("_x", StringComparison.Ordinal)) text = Escapes().Replace(text, "_x005F_");
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var next = rest.IndexOfAny("<>&\"");
            if (next < 0)
            {
                part.Write(rest);
                return;
            }

            part.Write(rest[..next]);
            part.Write(rest[next] switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => "&quot;" });
            rest = rest[(next + 1)..];
        }
    }

    internal static string Of(string text)
    {
        using var written = new StringWriter();
        Write(written, text);
        return written.ToString();
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}
