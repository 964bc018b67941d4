namespace SurveyDialer.Questionnaires;

/// <summary>Reads a text reply as one of some options, only where it can mean nothing else.</summary>
internal static class TextReply
{
    private static readonly string[] Around =
        ["我的答案是", "我的选择是", "答案是", "我选择", "我选", "选择", "回复", "我回", "答案", "选项", "选", "回", "答", "是", "第", "按", "您好", "你好", "option", "answer", "reply"];

    private static readonly string[] Behind = ["谢谢", "号", "项", "吧", "的", "thanks", "please"];

    private static readonly string[] Numerals = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

    /// <summary>The key, or null where the words are unclear: several digits, a digit and other words, another option's words.</summary>
    public static string? Choose(string body, IEnumerable<(string Key, string Text)> options)
    {
        var offered = options.Select(o => (o.Key, Plain: StopWords.Plain(o.Text))).ToArray();
        var plain = StopWords.Plain(body);
        return Match(plain, offered) ?? Match(Stripped(plain), offered);
    }

    private static string? Match(string plain, (string Key, string Plain)[] offered)
    {
        if (plain.Length == 0)
            return null;
        var digit = Array.IndexOf(Numerals, plain) is var numeral and > 0 ? $"{numeral}" : plain;
        var matches = offered
            .Where(o => digit == o.Key || (o.Plain.Length > 0 && (plain == o.Plain || plain == o.Key + o.Plain || plain == o.Plain + o.Key)))
            .Select(o => o.Key).Distinct().ToArray();
        return matches is [var only] ? only : null;
    }

    private static string Stripped(string plain)
    {
        var opening = Around.FirstOrDefault(w => plain.StartsWith(w, StringComparison.Ordinal)) ?? "";
        plain = plain[opening.Length..];
        var closing = Behind.FirstOrDefault(w => plain.EndsWith(w, StringComparison.Ordinal)) ?? "";
        return plain[..^closing.Length];
    }
}
