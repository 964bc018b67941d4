using System.Collections.Frozen;
using System.Text;

namespace SurveyDialer.Questionnaires;

/// <summary>Words that stop calls and texts for good. They stand alone in a message; 2 is never one of them.</summary>
public static class StopWords
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        [
            "t", "td", "r", "退", "退订", "拒收", "拒绝接收", "停止", "取消", "停", "别发了", "别再发", "别再发了", "不要再发", "不要再发了", "不要发了",
            "不要再打", "不要再打了", "别再打了", "别打了", "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke",
            "退订t", "退订td", "退订r", "拒收t", "拒收r", "拒收td",
        ],
        StringComparer.Ordinal);

    private static readonly string[] Openings = ["回复", "回", "我要", "请", "发送", "reply"];

    /// <summary>True when the message is nothing but a stop word: width, case, spaces and punctuation do not matter, nor does a leading 回复.</summary>
    public static bool IsStop(string body)
    {
        var plain = Plain(body);
        if (Words.Contains(plain))
            return true;
        var opening = Openings.FirstOrDefault(o => plain.StartsWith(o, StringComparison.Ordinal));
        return opening is not null && Words.Contains(plain[opening.Length..]);
    }

    /// <summary>Letters and digits only, half width, lower case.</summary>
    internal static string Plain(string body)
    {
        var plain = new StringBuilder(body.Length);
        foreach (var rune in Normalised(body).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                plain.Append(rune.ToString());
        }

        return plain.ToString().ToLowerInvariant();
    }

    // A text cut inside a surrogate pair cannot be normalised; it is taken as it is.
    private static string Normalised(string body)
    {
        try
        {
            return body.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return body;
        }
    }
}
