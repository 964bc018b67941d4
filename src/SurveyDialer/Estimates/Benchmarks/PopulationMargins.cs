using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.People;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>How many people of the population gave, or would give, one answer to a question on themselves.</summary>
/// <param name="Tag">Of the question, for example DEMO_SEX, or of two crossed, DEMO_SEX+DEMO_AGE.</param>
/// <param name="Key">Of its option, or of both: 1+3.</param>
public sealed record PopulationMargin(string Tag, string Key, long Population);

/// <summary>A question on the respondents themselves, by which a round may be weighted.</summary>
/// <param name="Options">Key and text, without "cannot say".</param>
public sealed record MarginQuestion(string Tag, LocalText Text, IReadOnlyList<(string Key, LocalText Text)> Options)
{
    /// <summary>Two questions at once: each pair of answers has a number of its own (post-stratification to cells).</summary>
    public bool IsCrossed => Tag.Contains(PopulationMargins.Cross, StringComparison.Ordinal);

    internal MarginQuestion By(MarginQuestion other) => new(
        $"{Tag}{PopulationMargins.Cross}{other.Tag}",
        Joined(Text, other.Text),
        [.. Options.SelectMany(one => other.Options.Select(two => ($"{one.Key}{PopulationMargins.Cross}{two.Key}", Joined(one.Text, two.Text))))]);

    private static LocalText Joined(LocalText first, LocalText second)
        => new(first.Where(text => second.Find(text.Key) is not null).Select(text => KeyValuePair.Create(text.Key, $"{text.Value} × {second.In(text.Key)}")));
}

/// <summary>The population's numbers for weighting, of one round; owner of <c>population_margin</c>.</summary>
public sealed class PopulationMargins(Database database, TimeProvider clock)
{
    /// <summary>Joins the tags of two questions that are crossed, and the keys of their options.</summary>
    internal const char Cross = '+';

    private const string Demography = "DEMO_";

    private static readonly string[][] Columns = [["题目", "question", "tag"], ["选项", "option", "key"], ["人数", "people", "population"]];

    /// <summary>Those of a round, in the order of tags and keys; empty: the round is not weighted to its population.</summary>
    public static IReadOnlyList<PopulationMargin> Of(SqliteConnection connection, long campaignId)
        => [.. connection.Query<(string, string, long)>("SELECT tag, key, population FROM population_margin WHERE campaign_id = @campaignId ORDER BY tag, key;", new { campaignId })
            .Select(row => new PopulationMargin(row.Item1, row.Item2, row.Item3))];

    /// <inheritdoc cref="Of(SqliteConnection, long)"/>
    public IReadOnlyList<PopulationMargin> Of(long campaignId) => database.Read(connection => Of(connection, campaignId));

    /// <summary>The questions of a questionnaire by which it may be weighted, then each two of them crossed.</summary>
    public static IReadOnlyList<MarginQuestion> Questions(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        List<MarginQuestion> single =
        [
            .. template.Questions.Where(question => question.Tag.StartsWith(Demography, StringComparison.Ordinal) && question.Options.Count > 0)
                .Select(question => new MarginQuestion(question.Tag, question.Text, [.. question.Options.Where(option => option.Pole != OptionPole.CannotSay).Select(option => (option.Key, option.Text))])),
        ];
        return [.. single, .. single.SelectMany((first, i) => single.Skip(i + 1).Select(first.By))];
    }

    /// <summary>Keeps the numbers of one question in place of those before; all empty: the round is not weighted by it.</summary>
    /// <param name="typed">Option key to number of people, as typed.</param>
    /// <returns>What is wrong; null when they were kept.</returns>
    public async Task<OfficialProblem?> SaveAsync(long campaignId, MarginQuestion question, IReadOnlyDictionary<string, string?> typed, string who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(typed);
        var margins = new List<PopulationMargin>();
        foreach (var (key, _) in question.Options)
        {
            var text = Numbers.Plain(typed.GetValueOrDefault(key));
            if (text.Length == 0) continue;
            if (Numbers.Whole(text) is not { } people) return new OfficialProblem("people_unknown", text);
            margins.Add(new PopulationMargin(question.Tag, key, people));
        }

        if (margins.Count > 0 && margins.Count < question.Options.Count) return new OfficialProblem("margin_gap", question.Tag);
        if (margins.Count > 0 && margins.TrueForAll(margin => margin.Population == 0)) return new OfficialProblem("margin_zero", question.Tag);
        await database.WriteAsync(connection => Replace(connection, campaignId, question.Tag, margins, who), cancellation);
        return null;
    }

    /// <summary>Takes the numbers from a .csv or workbook with the columns 题目, 选项 and 人数; all of a question or nothing of it.</summary>
    public async Task<OfficialImport> ImportAsync(long campaignId, Template template, Stream file, string who, CultureInfo culture, CancellationToken cancellation)
    {
        var (rows, unreadable) = SmallTable.Read(file, Columns, [0, 1, 2], culture);
        if (rows is null) return new OfficialImport(0, [], unreadable);
        var questions = Questions(template);
        var problems = new List<OfficialRowProblem>();
        var typed = new Dictionary<string, Dictionary<string, string?>>(StringComparer.Ordinal);
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (row, cells) in rows)
        {
            var question = questions.FirstOrDefault(one => Is(cells[0], one.Tag, one.Text));
            var option = question?.Options.FirstOrDefault(one => Is(cells[1], one.Key, one.Text));
            if (question is null) problems.Add(new OfficialRowProblem(row, RoundTexts.Say("question_unknown", culture, Numbers.Plain(cells[0]), string.Join("、", questions.Select(one => one.Tag)))));
            else if (option is not { Key: { } key }) problems.Add(new OfficialRowProblem(row, RoundTexts.Say("option_unknown", culture, Numbers.Plain(cells[1]), question.Tag)));
            else
            {
                first.TryAdd(question.Tag, row);
                if (!typed.TryGetValue(question.Tag, out var all)) typed.Add(question.Tag, all = new Dictionary<string, string?>(StringComparer.Ordinal));
                all[key] = cells[2];
            }
        }

        var taken = 0;
        foreach (var (tag, all) in typed)
        {
            if (await SaveAsync(campaignId, questions.First(one => one.Tag == tag), all, who, cancellation) is { } problem) problems.Add(new OfficialRowProblem(first[tag], problem.InWords(culture)));
            else taken += all.Count;
        }

        return new OfficialImport(taken, problems, null);
    }

    private void Replace(SqliteConnection connection, long campaignId, string tag, List<PopulationMargin> margins, string who)
    {
        connection.Execute("DELETE FROM population_margin WHERE campaign_id = @campaignId AND tag = @tag;", new { campaignId, tag });
        foreach (var margin in margins)
        {
            connection.Execute(
                "INSERT INTO population_margin (campaign_id, tag, key, population) VALUES (@campaignId, @Tag, @Key, @Population);",
                new { campaignId, margin.Tag, margin.Key, margin.Population });
        }

        AuditLog.Add(connection, clock.NowMillis(), who, "margins-saved", $"campaign {campaignId}, {tag}: {string.Join(", ", margins.Select(margin => $"{margin.Key} {margin.Population}"))}");
    }

    private static bool Is(string? cell, string name, LocalText text)
        => Numbers.Plain(cell) is { Length: > 0 } plain && (string.Equals(plain, name, StringComparison.OrdinalIgnoreCase) || text.Any(one => Numbers.Plain(one.Value) == plain));
}
