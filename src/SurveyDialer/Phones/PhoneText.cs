using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SurveyDialer.Phones;

/// <summary>Takes the text of a cell apart into pieces of digits, blanks, dashes, +, stars and extension marks.</summary>
internal static partial class PhoneText
{
    internal const char ExtensionMark = '#';
    private const char Star = '*';

    /// <summary>Pieces between separators, each with at least one digit other than 0.</summary>
    internal static IEnumerable<string> Pieces(string text)
    {
        var folded = Fold(text);
        if (Thousands().IsMatch(folded)) folded = folded.Replace(",", "", StringComparison.Ordinal);
        folded = ExtensionWords().Replace(Crosses().Replace(folded, "**"), "#$1");
        foreach (var piece in Separators().Split(folded))
        {
            var number = ZeroFraction().Replace(piece.Trim(), "$1");
            var cleaned = Exponent().IsMatch(number) || Fraction().IsMatch(number) ? number : Clean(number);
            if (cleaned.AsSpan().IndexOfAnyInRange('1', '9') >= 0) yield return cleaned;
        }
    }

    /// <summary>A single letter that stands among digits like one of them; null where there is none.</summary>
    internal static string? LetterInside(string text) => SingleLetter().Match(Fold(text)) is { Success: true } found ? found.Value : null;

    /// <summary>What is wrong with a piece before its digits are looked at; null when nothing is.</summary>
    internal static PhoneFault? Fault(string piece)
    {
        if (Exponent().IsMatch(piece)) return PhoneFault.DigitsLost;
        if (Fraction().IsMatch(piece)) return PhoneFault.Fraction;
        return piece.Contains(Star, StringComparison.Ordinal) ? PhoneFault.Starred : null;
    }

    /// <summary>Full-width characters to narrow ones, digits of any script to 0–9, every kind of dash to -, every kind of blank to a space.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var narrow = c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
            switch (CharUnicodeInfo.GetUnicodeCategory(narrow))
            {
                case UnicodeCategory.DecimalDigitNumber:
                    folded.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(narrow)));
                    break;
                case UnicodeCategory.DashPunctuation or UnicodeCategory.MathSymbol when narrow is not ('+' or '|' or '=' or '×'):
                    folded.Append('-');
                    break;
                case UnicodeCategory.Format:
                    break;
                case UnicodeCategory.SpaceSeparator:
                    folded.Append(' ');
                    break;
                default:
                    folded.Append(narrow is '\u30FC' or '\u4E00' && IsBetweenDigits(folded) ? '-' : narrow);
                    break;
            }
        }

        return folded.ToString();
    }

    /// <summary>The long vowel mark and the character one are typed for a dash, but only right after a digit.</summary>
    private static bool IsBetweenDigits(StringBuilder before) => before.Length > 0 && char.IsAsciiDigit(before[^1]);

    private static string Clean(string piece)
    {
        var cleaned = new StringBuilder(piece.Length);
        foreach (var c in piece)
        {
            cleaned.Append(c switch
            {
                >= '0' and <= '9' or '+' or '-' or ExtensionMark => c,
                Star or '●' or '•' or '×' => Star,
                '.' => '-',
                _ => ' ',
            });
        }

        return cleaned.ToString().Trim(' ', '-');
    }

    [GeneratedRegex(@"^[0-9]{1,3}(,[0-9]{3})+$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"(?:;ext=|转|轉|分机号?|分機|内线|內線|ext\.?|extension|[xX])[\s:.-]*([0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ExtensionWords();

    /// <summary>With digits on both sides, or on one side and nothing else on the other; x is an extension or a star.</summary>
    [GeneratedRegex(@"(?<=[0-9][ -]?)[A-WYZa-wyz](?=[ -]?[0-9]|\s*$)|(?<=^\s*)[A-WYZa-wyz](?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex SingleLetter();

    [GeneratedRegex("[xX×]{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Crosses();

    /// <summary>Also letters of any script (notes and labels), and a + that begins the next number.</summary>
    [GeneratedRegex(@"[、,;/\\|&\r\n\t。，；]|(?<![eE])(?=\+)|(?![eE][+-]?[0-9])\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();

    [GeneratedRegex(@"^[0-9]{7,}\.[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^([0-9]+)\.0*$", RegexOptions.CultureInvariant)]
    private static partial Regex ZeroFraction();
}
