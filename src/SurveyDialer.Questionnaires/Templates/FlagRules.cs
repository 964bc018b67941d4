namespace SurveyDialer.Questionnaires;

/// <summary>Finds the dissatisfied answers.</summary>
public static class FlagRules
{
    /// <summary>
    /// Ids of the rules that these answers raise, in the template's order. Only keys that the respondent gave count, never an 8 that
    /// stands for silence or wrong keys.
    /// </summary>
    public static IReadOnlyList<string> Raised(Template template, IEnumerable<StoredAnswer> answers)
    {
        var keys = answers.Where(a => a.How == AnswerHow.Given)
            .Join(template.AllQuestions, a => a.QuestionId, q => q.Id, (a, q) => (q.Tag, Keys: a.Key.Split(',')))
            .ToLookup(a => a.Tag, a => a.Keys);
        return [.. template.Flags.Where(rule => keys[rule.Tag].Any(given => given.Any(rule.Keys.Contains))).Select(rule => rule.Id)];
    }
}
