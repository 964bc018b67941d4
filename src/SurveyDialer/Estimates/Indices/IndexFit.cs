using System.Globalization;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Estimates;

/// <summary>Holds index sets against what a questionnaire asks.</summary>
public static class IndexFit
{
    /// <summary>Id of the set that reports everything that a questionnaire asks.</summary>
    public const string AllId = "all-asked";

    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")];

    /// <summary>Tags and keys that a set names and a questionnaire lacks; empty when it gives everything that the set reports.</summary>
    public static IReadOnlyList<IndexProblem> Check(IndexSet set, Template template)
    {
        ArgumentNullException.ThrowIfNull(set);
        var problems = new List<IndexProblem>();
        foreach (var index in set.Indices)
        {
            if (QuestionOf(template, index.Tag) is not { } question)
            {
                problems.Add(new IndexProblem(IndexProblem.NotAsked, index.Tag, index.Name.In("zh-CN"), template.Id));
                continue;
            }

            var scale = Scale(question);
            var strange = index.Positive.Concat(index.Points?.Keys ?? []).Where(key => !scale.Contains(key, StringComparer.Ordinal)).ToList();
            if (strange.Count > 0) problems.Add(new IndexProblem("key_not_offered", index.Tag, string.Join("、", strange), question.Id, string.Join("、", scale)));
            if (index is { Positive.Count: 0, Points: null } && !IsReported(question)) problems.Add(new IndexProblem("nothing_positive", index.Tag, question.Id));
            var pointless = index.Points is { } points ? scale.Where(key => !points.ContainsKey(key)).ToList() : [];
            if (pointless.Count > 0) problems.Add(new IndexProblem("points_missing", index.Tag, string.Join("、", pointless), question.Id));
        }

        return problems;
    }

    /// <summary>
    /// The set that a round takes when nobody chooses: of those that ask nothing which the questionnaire lacks, the one with most indices, the first
    /// in the order given where several have as many; everything that is asked where none fits. Completed in either case.
    /// </summary>
    public static IndexSet Default(IEnumerable<IndexSet> sets, Template template)
        => sets.Where(set => Check(set, template).Count == 0).MaxBy(set => set.Indices.Count) is { } best ? Complete(best, template) : AllOf(template);

    /// <summary>The set as a round of this questionnaire reports it: what is asked besides follows, by the questionnaire's own marking, so that nothing asked is lost.</summary>
    public static IndexSet Complete(IndexSet set, Template template)
    {
        ArgumentNullException.ThrowIfNull(set);
        var own = set.Indices.Where(index => !index.Annex).ToList();
        var named = own.Select(index => index.Tag).ToHashSet(StringComparer.Ordinal);
        return set with { Indices = [.. own, .. Asked(template).Where(question => !named.Contains(question.Tag)).Select(question => Of(question) with { Annex = true })] };
    }

    /// <summary>Every question that has positive options, each by the questionnaire's own marking; for rounds that know no set.</summary>
    public static IndexSet AllOf(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new IndexSet { Id = AllId, Version = 1, Name = Both("all_asked"), Indices = [.. Asked(template).Select(Of)] };
    }

    /// <summary>The question whose answers an index counts; null when the questionnaire does not ask it.</summary>
    public static Question? QuestionOf(Template template, string tag)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Questions.FirstOrDefault(question => question.Tag == tag);
    }

    /// <summary>Keys of the options on a question's scale, in its order; neither "cannot say" nor "does not apply".</summary>
    public static IReadOnlyList<string> Scale(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return [.. question.Options.Where(option => option.Pole is not (OptionPole.NotApplicable or OptionPole.CannotSay)).Select(option => option.Key)];
    }

    private static IEnumerable<Question> Asked(Template template) => template.Questions.Where(IsReported).DistinctBy(question => question.Tag, StringComparer.Ordinal);

    private static bool IsReported(Question question) => question.Options.Any(option => option.Pole == OptionPole.Positive);

    private static SurveyIndex Of(Question question) => new()
    {
        Tag = question.Tag,
        Name = IndexTexts.Find($"tag_{question.Tag}", Languages[0]) is null ? question.Text.IsEmpty ? question.Message : question.Text : Both($"tag_{question.Tag}"),
    };

    private static LocalText Both(string key) => new(Languages.Select(culture => KeyValuePair.Create(culture.Name, IndexTexts.Say(key, culture))));
}
