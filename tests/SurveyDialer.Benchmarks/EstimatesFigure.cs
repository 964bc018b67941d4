using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Benchmarks;

/// <summary>What the figures of a very large round cost: counted anew from its answers, held against plain SQL, and live from the kept totals.</summary>
internal static class EstimatesFigure
{
    private const int Townships = 30;
    private const int Slice = 20_000;
    private const double MostTimes = 5;
    private static readonly TimeSpan MostLive = TimeSpan.FromMilliseconds(50);

    // Spread over townships, kinds and groups without any order; ids ascend, as random ones do in their own tree.
    private const string InsertInterviews = """
        INSERT INTO interview (id, campaign_id, area_id, number_kind, channel, language, turn, outcome, flagged, asked, stratum, careless)
        WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to)
        SELECT unhex(printf('%032x', i)), 1, 1 + i * 7919 % @townships, CASE i * 31 % 7 WHEN 0 THEN 'landline' ELSE 'mobile' END, 'live', 'zh-CN', 0,
               CASE i * 17 % 20 WHEN 0 THEN 'partial' ELSE 'complete' END, 0, 0, 2 * (i * 7919 % @townships) + (i * 31 % 7 = 0), (i * 13 % 50 = 0)
        FROM n;
        """;

    private const string InsertAnswers = """
        INSERT INTO answer (interview_id, question_id, tag, key, turn, explained, replays, how)
        WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to)
        SELECT unhex(printf('%032x', i)), q.id, q.tag, substr(q.keys, 1 + (i * 10007 + q.number * 101) % 97 * length(q.keys) / 97, 1), 0, i % 25 = 0, 0, 'given'
        FROM n CROSS JOIN (SELECT value ->> 'id' AS id, value ->> 'tag' AS tag, value ->> 'keys' AS keys, value ->> 'number' AS number FROM json_each(@questions)) q;
        """;

    internal static async Task RunAsync(Run run)
    {
        var interviews = run.Quick ? 100_000 : 1_000_000;
        var template = TemplateLibrary.ReadFile(Path.Combine(ContentFolders.Templates(), "standard", "template.yaml")).Template!;
        var set = new IndexSet { Id = "all", Version = 1, Name = new LocalText([]), Indices = [.. template.Questions.Where(question => question.Core).Select(question => new SurveyIndex { Tag = question.Tag, Name = question.Text, Line = 0.8 })] };
        run.Say($"{interviews:N0} interviews of the standard questionnaire in {Townships} townships, {set.Indices.Count} indices. Counted anew: cells, weights (selection, non-response, trimming), effective sizes, intervals, verdicts and ranks of every township. Beside it one GROUP BY township with a sum and a count per index over the same answers. File in cache, median of 3; live: median of 15.");
        run.Say("");
        var folder = run.FreshFolder("results");
        await using var database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "surveydialer.db") }, new ShiftedClock(run.Clock));
        await FillAsync(database, template, interviews);
        var wish = new EstimateWish(1, set, null, []);
        var margins = template.Questions.Where(CellLayout.IsDemographic)
            .SelectMany(question => question.Options.Where(option => option.Key != "8").Select((option, i) => new PopulationCount(question.Tag, option.Key, 10_000 + (1_000 * i)))).ToList();
        var plain = Median(3, () => database.Read(connection => connection.Query(GroupBy(template, set)).AsList()));
        var scratch = Median(3, () => RoundEstimates.Of(database.Read(Recounted), null, wish));
        var live = Median(15, () => new RoundEstimates(database).Find(wish));
        var raked = Median(5, () => new RoundEstimates(database).Find(wish with { Population = margins }));
        var cells = database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM result_cell;"));
        run.Say("| | measured |");
        run.Say("|---|---|");
        run.Say($"| GROUP BY township in SQL | {plain.TotalSeconds:F2} s |");
        run.Say($"| all figures from the answers | {scratch.TotalSeconds:F2} s = {scratch / plain:F2} times: {run.Verdict(scratch <= MostTimes * plain)} (aim: at most {MostTimes:F0} times) |");
        run.Say($"| live, from {cells:N0} kept cells | {live.TotalMilliseconds:F1} ms: {run.Verdict(live <= MostLive)} (aim: under {MostLive.TotalMilliseconds:F0} ms) |");
        run.Say($"| live, fitted to two population margins by raking | {raked.TotalMilliseconds:F1} ms |");
        Run.Drop(folder);
    }

    /// <summary>A round of many interviews, with its totals.</summary>
    internal static async Task FillAsync(Database database, Template template, int interviews)
    {
        var questions = System.Text.Json.JsonSerializer.Serialize(template.Questions.Where(question => question.Kind != QuestionKind.Words && question.When is null).Select((question, number) => new
        {
            id = question.Id, tag = question.Tag, keys = string.Concat(question.Options.Select(option => option.Key)), number,
        }));
        await database.WriteAsync(
            connection =>
            {
                connection.Execute(
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @Townships) INSERT INTO area (id, parent_id, kind, name) SELECT i, 0, 'township', printf('镇%02d', i) FROM n;",
                    new { Townships });
                CampaignStore.Insert(connection, new CampaignRow
                {
                    Name = "测速", Carrier = "simulator", TemplateId = template.Id, TemplateHash = TemplateJson.Hash(template), TemplateJson = TemplateJson.Write(template),
                    Blanks = "{}", Organiser = "云溪镇", OrganiserKind = "township", OrganiserUnit = "township", Approval = "1", FrameSource = "1", TimeZone = "Asia/Shanghai", LinkKeyId = "k",
                });
                connection.Execute(
                    """
                    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2 * @Townships - 1)
                    INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes)
                    SELECT 1, i, 1 + i / 2, CASE i % 2 WHEN 1 THEN 'landline' ELSE 'mobile' END, printf('%d', i), @interviews * (1 + i % 5), 0, @interviews / 10, @interviews / 10, @interviews / 10, @interviews / 20 FROM n;
                    """,
                    new { Townships, interviews });
            },
            CancellationToken.None);
        for (var from = 1; from <= interviews; from += Slice)
        {
            var slice = new { from, to = Math.Min(interviews, from + Slice - 1), townships = Townships, questions };
            await database.WriteAsync(connection => connection.Execute(InsertInterviews + InsertAnswers, slice), CancellationToken.None);
        }

        await database.WriteAsync(connection => connection.Execute("ANALYZE main;"), CancellationToken.None);
        var totals = database.Read(Recounted);
        await database.WriteAsync(connection => ResultCellStore.Replace(connection, 1, totals.Cells, totals.Funnel), CancellationToken.None);
    }

    private static RoundTotals Recounted(SqliteConnection connection)
    {
        var totals = RoundTotals.Read(connection, 1)!;
        return totals with { Cells = CellRecount.Of(connection, 1, totals.Layout) };
    }

    private static string GroupBy(Template template, IndexSet set)
    {
        var columns = set.Indices.Select(index =>
        {
            var options = template.Questions.First(question => question.Tag == index.Tag).Options;
            string Keys(params OptionPole[] poles) => string.Join(',', options.Where(option => poles.Contains(option.Pole)).Select(option => $"'{option.Key}'"));
            return $"sum(x.tag = '{index.Tag}' AND x.key IN ({Keys(OptionPole.Positive)})), sum(x.tag = '{index.Tag}' AND x.key IN ({Keys(OptionPole.Positive, OptionPole.Middle, OptionPole.Negative)}))";
        });
        return $"SELECT i.area_id, {string.Join(", ", columns)} FROM interview i JOIN answer x ON x.interview_id = i.id WHERE i.campaign_id = 1 GROUP BY i.area_id;";
    }

    private static TimeSpan Median(int times, Func<object?> work)
    {
        work();
        var took = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            took.Add(Stopwatch.GetElapsedTime(started));
        }

        took.Sort();
        return took[times / 2];
    }
}
