using System.Text;
using System.Text.RegularExpressions;

namespace SurveyDialer.Questionnaires;

/// <param name="Rule">Name of the rule; the text <c>coaching.RULE</c> says what to write instead.</param>
/// <param name="Words">The words that gave it away.</param>
public sealed record CoachingHit(string Rule, string Words);

/// <summary>
/// Finds wording that steers the answers: which answer to give, reward, honour, deductions, shame, praise of results, discouraging "so-so" or
/// "cannot say", talk about the official survey. Reads texts as spoken: width, spaces and quotation marks do not matter, and the reading of
/// keys ("很安全，请按1。安全，请按2。") is not an instruction. A neutral text may be caught; it is then worded differently.
/// </summary>
public static partial class CoachingLint
{
    /// <param name="text">As the respondent would hear or read it.</param>
    /// <param name="language">BCP 47; Chinese and its dialects are read by the Chinese rules as well as the English ones.</param>
    public static IReadOnlyList<CoachingHit> Check(string text, string language)
    {
        var latin = Folded(text);
        var english = Hits(CoachingRules.English, latin, WithoutEnglishKeys(latin));
        if (language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            return english;
        var chinese = Spaces.Replace(latin, "");
        return [.. Hits(CoachingRules.Chinese, chinese, WithoutKeys(chinese)), .. english];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }

    [GeneratedRegex("[\"'“”‘’「」『』《》【】()]")]
    private static partial Regex Quotes { get; }

    // The one sentence about the official survey that is allowed.
    [GeneratedRegex("(请|就)?(您)?照(您|你)?(自己)?的?(真实|实际)(想法|感受|情况)(如实)?(回答|说)")]
    private static partial Regex OwnView { get; }

    [GeneratedRegex("as you (truly |really )?(think|feel|see it)")]
    private static partial Regex OwnViewEnglish { get; }

    [GeneratedRegex("(?<label>(说不清)?[^,。;:!?、请说选答评要给]{1,24}|说不清(或不想回答)?),?请?按(?<key>[0-9*#]|星号键|井号键)")]
    private static partial Regex SpokenKey { get; }

    [GeneratedRegex("(?<![0-9])(?<key>[0-9])[.、:]?(?<label>[^0-9,。;:!?、]{1,16})(?=[0-9,。;:!?、]|$)")]
    private static partial Regex WrittenKey { get; }

    [GeneratedRegex("(?<label>[a-z' /-]{1,40}),? ?press (?<key>[0-9*#]|star|hash)")]
    private static partial Regex EnglishKey { get; }

    private static CoachingHit[] Hits(IEnumerable<CoachingRule> rules, string whole, string withoutKeys)
        => [.. rules
            .Select(rule => (rule.Name, Match: rule.Pattern.Match(rule.WithKeys ? whole : withoutKeys)))
            .Where(hit => hit.Match.Success)
            .Select(hit => new CoachingHit(hit.Name, hit.Match.Value.Trim()))];

    private static string WithoutKeys(string text)
    {
        text = WithoutListing(SpokenKey, text);
        return WithoutListing(WrittenKey, text);
    }

    private static string WithoutEnglishKeys(string text) => WithoutListing(EnglishKey, text);

    // One key alone is an instruction; two or more are a choice that is being read.
    private static string WithoutListing(Regex listing, string text)
        => listing.Matches(text).Select(m => m.Groups["key"].Value).Distinct().Count() >= 2 ? listing.Replace(text, "。") : text;

    private static string Folded(string text)
    {
        string folded;
        try
        {
            folded = text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            folded = text;
        }

        folded = Quotes.Replace(folded.ToLowerInvariant().Replace('’', '\''), m => m.Value == "'" ? "'" : "");
        folded = OwnViewEnglish.Replace(OwnView.Replace(folded, "。"), ".");
        return folded.Replace('，', ',').Replace('；', ';').Replace('：', ':').Replace('！', '!').Replace('？', '?');
    }
}
