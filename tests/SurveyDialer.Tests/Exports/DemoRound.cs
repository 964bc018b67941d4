using Dapper;
using SurveyDialer.Estimates;
using SurveyDialer.Exports.Reports;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Tests.Exports;

/// <summary>A closed round of four townships with strata of different weight, non-response, an explanation here and there, and a township with too few interviews.</summary>
internal static class DemoRound
{
    /// <summary>Township, its interviews, and how many of 20 answer well.</summary>
    private static readonly (long Area, string Name, int Interviews, int Well)[] Townships = [(1, "云溪镇", 160, 18), (10, "清水乡", 120, 16), (11, "白岩镇", 90, 14), (12, "龙塘乡", 12, 15)];

    internal static async Task<ExportData> CreateAsync()
    {
        var data = await ExportData.CreateAsync();
        await data.ExecuteAsync("""
            INSERT INTO area (id, parent_id, kind, name) VALUES (10, 0, 'township', '清水乡'), (11, 0, 'township', '白岩镇'), (12, 0, 'township', '龙塘乡');
            UPDATE campaign SET state = 'closed', launched_at = 1772415000000, closed_at = 1773415000000;
            INSERT INTO setting (name, value) VALUES ('totals.due', '1');
            """);
        await data.WriteAsync(connection =>
        {
            var number = 0;
            foreach (var (area, _, interviews, well) in Townships)
            {
                foreach (var kind in (string[])["landline", "mobile"])
                {
                    number++;
                    connection.Execute(
                        "INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes) VALUES (1, @number, @area, @kind, '', @population, 0, @released, @released, 0, 0);",
                        new { number, area, kind, population = 400 * number, released = interviews });
                }

                for (var i = 0; i < interviews; i++)
                {
                    var stratum = i % 3 == 0 ? number - 1 : number;
                    var person = new { id = (area * 1000) + i, area, stratum, code = i % 9 == 0 ? "1.2" : "1.1", kind = i % 3 == 0 ? "landline" : "mobile" };
                    connection.Execute("INSERT INTO respondent (id, frame_id, area_id, added_at) VALUES (@id, 1, @area, 0); INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, stratum, number_kind, code, final_code) VALUES (1, @id, @area, 1, @stratum, @kind, @code, @code);", person);
                    if (i % (2 + (area % 3)) == 0)
                        connection.Execute("INSERT INTO respondent (id, frame_id, area_id, added_at) VALUES (@id + 500, 1, @area, 0); INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, stratum, number_kind, code, final_code) VALUES (1, @id + 500, @area, 1, @stratum, @kind, '2.111', '2.111');", person);
                    connection.Execute(
                        "INSERT INTO interview (id, campaign_id, area_id, number_kind, channel, language, turn, outcome, flagged, asked, stratum, careless) VALUES (unhex(printf('%032x', @id * 7919 % 1000003)), 1, @area, @kind, 'voice', 'zh-CN', 0, @outcome, 0, 0, @stratum, @careless);",
                        new { person.id, person.area, person.kind, person.stratum, outcome = i % 9 == 0 ? "partial" : "complete", careless = i % 25 == 0 ? 8 : 0 });
                    foreach (var question in ExportData.Template.Questions.Where(question => question.Kind is QuestionKind.Rating or QuestionKind.Single))
                    {
                        var keys = question.Options.Select(option => option.Key).ToList();
                        var good = (i + question.Id.Length + question.Id[^1]) % 20 < well;
                        var key = i % 31 == 7 ? "8" : good ? keys[i % 2] : keys[Math.Min(3, keys.Count - 2)];
                        connection.Execute(
                            "INSERT INTO answer (interview_id, question_id, tag, key, turn, explained, replays, how) VALUES (unhex(printf('%032x', @id * 7919 % 1000003)), @question, @tag, @key, 0, @explained, 0, @how);",
                            new { person.id, question = question.Id, tag = question.Tag, key, explained = i % 5 == 0 ? 1 : 0, how = key == "8" && i % 2 == 0 ? "no_input" : "given" });
                    }
                }
            }

            var all = IndexSets.Of(connection, 1);
            IndexSets.Save(connection, 1, all with { Indices = [.. all.Indices.Select((index, i) => index with { Line = i % 2 == 0 ? 0.8 : null, Weighted = i != 2 })] });
        });
        return data;
    }

    /// <summary>The same interviews once more, as an earlier closed round of a period; without strata and sample.</summary>
    internal static Task RepeatAsync(ExportData data, int id, string period) => data.ExecuteAsync(
        """
        INSERT INTO campaign (id, name, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind, organiser_unit, approval, live_callers, frame_source, time_zone, seed, link_key_id, created_at, launched_at, closed_at)
        SELECT @id, name || @period, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind, organiser_unit, approval, live_callers, frame_source, time_zone, seed, link_key_id, created_at, launched_at, closed_at FROM campaign WHERE id = 1;
        INSERT INTO campaign_round (campaign_id, number, period, predecessor) VALUES (@id, @id, @period, NULL);
        INSERT INTO interview (id, campaign_id, area_id, number_kind, channel, language, turn, outcome, flagged, asked, stratum, careless)
        SELECT unhex(printf('%016x', @id) || substr(hex(id), 17)), @id, area_id, number_kind, channel, language, turn, outcome, flagged, asked, 0, careless FROM interview WHERE campaign_id = 1;
        INSERT INTO answer (interview_id, question_id, tag, key, turn, explained, replays, how)
        SELECT unhex(printf('%016x', @id) || substr(hex(x.interview_id), 17)), x.question_id, x.tag, x.key, x.turn, x.explained, x.replays, x.how FROM interview i JOIN answer x ON x.interview_id = i.id WHERE i.campaign_id = 1;
        """,
        new { id, period });

    internal static RoundReport Report(ExportData data, string language = "zh-CN")
        => new RoundReports(data.Store.Database, data.Store.Cipher, data.Clock).Find(data.Campaign, language, TestContext.Current.CancellationToken)!;

    internal static RoundResults Results(ExportData data) => new RoundEstimates(data.Store.Database).Find(data.Store.Database.Read(connection => RoundWish.Of(connection, data.Campaign))!)!;
}
