using Dapper;
using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Dispositions;
using SurveyDialer.Storage;
using SurveyDialer.Tests.Exports;

namespace SurveyDialer.Tests.Dispositions;

/// <summary>Kept totals of a sample against counting all its members, after whatever happens to them.</summary>
public sealed class MemberTotalsTests
{
    private static readonly string[] Codes = ["1.1", "1.2", "2.111", "2.21", "3.13", "3.21", "4.31"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void After_every_change_the_kept_totals_are_what_the_members_give()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(Steps().ArrayOf().Where(steps => steps.Length is > 0 and < 60).ToArbitrary(), steps =>
        {
            HoldsAsync(steps).GetAwaiter().GetResult();
            return true;
        }));

    [Fact]
    public async Task Totals_that_went_wrong_are_put_right_whatever_changed_since_they_were_looked_through()
    {
        await using var data = await SampleAsync();
        await data.WriteAsync(connection =>
        {
            for (var i = 1; i <= 8; i++) SampleMemberStore.Add(connection, data.Campaign, i, ExportData.Village, 1);
        });
        await data.ExecuteAsync("UPDATE member_total SET persons = persons + 3; INSERT INTO member_total VALUES (1, 1, 7, '', '', '1.1', 1, 2);");
        var errors = data.Store.Database.Read(connection => MemberTotalStore.Errors(connection, data.Campaign));
        Assert.Equal([-3, -3, -3, -2], errors.Select(error => error.Persons).Order());

        await data.WriteAsync(connection => SampleMemberStore.Record(connection, data.Campaign, 1, null, "2.111", final: true, 1));
        await data.WriteAsync(connection => MemberTotalStore.Correct(connection, data.Campaign, errors));

        Assert.Empty(data.Store.Database.Read(connection => MemberTotalStore.Errors(connection, data.Campaign)));
        Assert.Equal(8, new OutcomeQueries(data.Store.Database).Find(data.Campaign)!.Whole.Total);
    }

    private static async Task HoldsAsync(Step[] steps)
    {
        await using var data = await SampleAsync();
        foreach (var step in steps)
        {
            await data.WriteAsync(connection =>
            {
                switch (step.What)
                {
                    case 0: SampleMemberStore.Add(connection, data.Campaign, step.Respondent, step.Respondent % 2 == 0 ? ExportData.Village : ExportData.Township, 1, step.Respondent % 3); break;
                    case 1: SampleMemberStore.Record(connection, data.Campaign, step.Respondent, null, step.Code, final: false, 1); break;
                    case 2: SampleMemberStore.Record(connection, data.Campaign, step.Respondent, null, step.Code, final: true, 1); break;
                    default: SampleMemberStore.Forget(connection, data.Campaign, step.Respondent); break;
                }
            });
            Assert.Empty(data.Store.Database.Read(connection => MemberTotalStore.Errors(connection, data.Campaign)));
        }

        var kept = Summary(data);
        await data.ExecuteAsync("DELETE FROM member_total;");
        await data.WriteAsync(connection => SettingStore.Save(connection, SettingStore.TotalsDue, "1"));
        Assert.Equal(Summary(data), kept);
    }

    /// <summary>All that pages show of the outcome rates.</summary>
    private static List<string> Summary(ExportData data)
    {
        var results = new OutcomeQueries(data.Store.Database).Find(data.Campaign)!;
        return [.. new[] { results.Whole }.Concat(results.Townships).Concat(results.NumberKinds).Concat(results.Languages)
            .Select(block => $"{block.By} {block.Key} {block.Name} {block.Open}: {string.Join(' ', block.Counts.ToList())}; {string.Join(' ', block.Rates.Response)}; {string.Join(' ', block.Displays)}")];
    }

    private static async Task<ExportData> SampleAsync()
    {
        var data = await ExportData.CreateAsync();
        await data.WriteAsync(connection =>
        {
            for (var id = 1; id <= 8; id++)
            {
                connection.Execute("INSERT INTO respondent (id, frame_id, area_id, language, added_at) VALUES (@id, 1, 1, @language, 0);", new { id, language = id < 3 ? "cmn-x-he" : null });
                connection.Execute("INSERT INTO phone (id, number_enc, number_index, key_version, kind, fictional, desk_only, bad) VALUES (@id, x'00', @index, 1, @kind, 1, 0, 0); INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES (@id, 0, @id);", new { id, index = new[] { (byte)id }, kind = id % 4 == 0 ? "landline" : "mobile" });
            }
        });
        return data;
    }

    private static Gen<Step> Steps() =>
        from what in Gen.Frequency((4, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
        from respondent in Gen.Choose(1, 8)
        from code in Gen.Elements(Codes)
        select new Step(what, respondent, code);

    private sealed record Step(int What, int Respondent, string Code);
}
