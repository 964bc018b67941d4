using Dapper;
using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Answers;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.TestKit;

namespace SurveyDialer.Tests.Estimates;

/// <summary>Totals that are kept with each interview, against counting all interviews anew, for interviews of every kind.</summary>
public sealed class KeptTotalsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void After_every_interview_the_kept_totals_are_what_the_answers_give()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(Interviews().ArrayOf().Where(all => all.Length is > 0 and < 40).ToArbitrary(), all =>
        {
            HoldsAsync(all).GetAwaiter().GetResult();
            return true;
        }));

    private static async Task HoldsAsync(Told[] interviews)
    {
        await using var store = TestDatabase.Create();
        await store.Database.WriteAsync(
            connection =>
            {
                connection.Execute("INSERT INTO area (id, parent_id, kind, name) VALUES (1, 0, 'township', '云溪镇'), (2, 1, 'village', '龙井村'), (3, 0, 'township', '石桥镇');");
                CampaignStore.Insert(connection, new CampaignRow
                {
                    Name = "轮", Carrier = "simulator", TemplateId = "standard", TemplateHash = TemplateJson.Hash(CellRound.Template), TemplateJson = TemplateJson.Write(CellRound.Template),
                    Organiser = "云溪镇", OrganiserUnit = "township", Approval = "1", FrameSource = "1", LinkKeyId = "k",
                });
            },
            Cancellation);
        var check = new TotalsCheck(store.Database);
        var layout = CellRound.Layout;
        for (var i = 0; i < interviews.Length; i++)
        {
            var (told, id) = (interviews[i], new byte[16]);
            id[0] = (byte)i;
            await store.Database.WriteAsync(
                connection =>
                {
                    InterviewStore.Insert(connection, new InterviewRow
                    {
                        Id = id, CampaignId = 1, AreaId = told.Area, NumberKind = told.Landline ? "landline" : "mobile", Channel = "live", Language = "zh-CN", Stratum = told.Stratum, Numbers = 1,
                    });
                    foreach (var (question, given) in told.Answers)
                        InterviewStore.AddAnswer(connection, new AnswerRow { InterviewId = id, QuestionId = question, Tag = "-", Key = given, Turn = 1, Explained = told.Explained ? 1 : 0, Replays = 0, How = "given" });
                    InterviewStore.Save(connection, InterviewStore.Find(connection, id)! with { Outcome = told.Outcome, Careless = told.Careless });
                    var answers = told.Answers.Select(answer => new CountedAnswer(answer.Key, answer.Value, told.Explained, AnswerHow.Given)).ToList();
                    foreach (var answer in answers) ResultCellStore.AddFunnel(connection, 1, new FunnelCount { QuestionId = answer.QuestionId, Answered = 1 });
                    if (told.Outcome is not ("complete" or "partial")) return;
                    var key = new CellKey(told.Area == 2 ? 1 : told.Area, told.Stratum, told.Landline ? "landline" : "mobile", "live", layout.ProfileOf(answers), 1, told.Careless);
                    ResultCellStore.Add(connection, 1, layout, key, told.Outcome, answers);
                },
                Cancellation);
            Assert.True(check.Holds(1), $"interview {i}: {told}");
        }
    }

    private static Gen<Told> Interviews()
    {
        var questions = CellRound.Layout.Questions;
        var answers =
            from asked in Gen.Elements(questions.ToArray()).ArrayOf()
            from keys in Gen.Choose(0, 8).ListOf(asked.Length)
            select asked.Zip(keys).DistinctBy(one => one.First.Question.Id).ToDictionary(one => one.First.Question.Id, one => one.First.Keys[one.Second % one.First.Keys.Count]);
        return
            from area in Gen.Choose(1, 3)
            from landline in Gen.Elements(true, false)
            from stratum in Gen.Choose(0, 3)
            from careless in Gen.Elements(0L, 0L, 1L, 10L)
            from outcome in Gen.Elements("complete", "complete", "partial", "break_off", "screened_out")
            from explained in Gen.Elements(true, false)
            from given in answers
            select new Told(area, landline, stratum, careless, outcome, explained, given);
    }

    private sealed record Told(long Area, bool Landline, long Stratum, long Careless, string Outcome, bool Explained, Dictionary<string, string> Answers);
}
