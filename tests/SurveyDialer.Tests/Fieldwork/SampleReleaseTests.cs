using Dapper;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>A round with a plan: who is drawn, who gets attempts when, and when it is over.</summary>
public sealed class SampleReleaseTests : IAsyncDisposable
{
    private static readonly SamplePlan Plan = new() { Interviews = 4, Yield = 0.5, Reserve = 0.5, Replicates = 6, Strata = [], Slack = 0 };

    private readonly TextOffice office = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Only_as_many_get_attempts_as_the_interviews_are_expected_to_need()
    {
        await LaunchAsync(20, Plan);
        Assert.Equal("20 0 12 8 4", Stratum);
        Assert.Equal((8L, 8L, 4L), (Count("sample_member"), Count("attempt"), Count("sample_reserve")));
        Assert.Equal(4L, office.Progress.Waiting);
        await office.JobAsync("release-sample");
        Assert.Equal("20 0 12 8 4", Stratum);
    }

    [Fact]
    public async Task What_the_yield_lacks_is_released_later_and_the_round_ends_when_nobody_is_left()
    {
        await LaunchAsync(20, Plan);
        var rung = 0;
        await RefuseAllAsync(0);
        Assert.Equal("running", State);
        rung = office.Carrier.Called.Count;
        Assert.Equal(8, rung);
        await office.JobAsync("release-sample");
        await office.SettleAsync();
        Assert.Equal("20 0 12 12 4", Stratum);
        await RefuseAllAsync(rung);
        await office.JobAsync("campaigns");
        Assert.Equal(("closed", "everybody-tried"), (State, office.One<string>("SELECT reason FROM campaign_history ORDER BY id DESC LIMIT 1;")));
        Assert.Equal(0L, Count("sample_reserve"));
    }

    [Fact]
    public async Task A_full_stratum_calls_nobody_any_more_and_the_round_ends_when_all_have_their_interviews()
    {
        await LaunchAsync(20, Plan with { Strata = [SampleColumn.NumberKind] }, landlines: 6);
        var landline = office.One<long>("SELECT target FROM sample_stratum WHERE number_kind = 'landline';");
        Assert.Equal((1L, 3L), (landline, office.One<long>("SELECT target FROM sample_stratum WHERE number_kind = 'mobile';")));
        await UntilAsync(() => office.One<long>("SELECT completes FROM sample_stratum WHERE number_kind = 'landline';") >= landline);
        await UntilAsync(() => State == "closed");
        Assert.Equal("target-reached", office.One<string>("SELECT reason FROM campaign_history ORDER BY id DESC LIMIT 1;"));
        Assert.All(office.All("SELECT completes - target FROM sample_stratum;"), over => Assert.InRange(int.Parse(over, System.Globalization.CultureInfo.InvariantCulture), 0, 5));
        Assert.Equal(office.One<long>("SELECT count(*) FROM sample_member WHERE final_code = '1.1';"), office.One<long>("SELECT sum(completes) FROM sample_stratum;"));
        Assert.Equal(office.One<long>("SELECT count(*) FROM sample_member WHERE final_code IS NOT NULL;"), office.One<long>("SELECT sum(finished) FROM sample_stratum;"));
    }

    [Fact]
    public async Task The_planner_names_the_full_stratum()
    {
        await LaunchAsync(20, Plan with { Strata = [SampleColumn.NumberKind] }, landlines: 6);
        await ExecuteAsync("UPDATE sample_stratum SET completes = target WHERE number_kind = 'mobile'; UPDATE attempt SET due_at = 0 WHERE state = 'pending';");
        for (var call = 0; call < 3; call++)
        {
            await office.EndCallAsync(call, CallStatus.NoAnswer);
            await office.SettleAsync();
        }

        Assert.Contains("quota-full", office.All("SELECT DISTINCT reason FROM attempt_history WHERE to_state = 'cancelled';"));
        Assert.DoesNotContain("landline", office.All("SELECT s.number_kind FROM attempt_history h JOIN attempt a ON a.id = h.attempt_id JOIN sample_member m ON m.respondent_id = a.respondent_id JOIN sample_stratum s ON s.number = m.stratum WHERE h.reason = 'quota-full';"));
    }

    [Theory]
    [InlineData("mobile", "4.80")]
    [InlineData("landline", "1.1")]
    public async Task Whose_stratum_is_full_by_the_end_of_the_screening_is_thanked_and_asked_nothing_more(string full, string code)
    {
        await LaunchAsync(20, Plan with { Strata = [SampleColumn.NumberKind] });
        await ExecuteAsync("INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes, target) VALUES (1, 2, 0, 'landline', '', 9, 0, 9, 9, 0, 0, 3);");
        var reply = (await office.TurnAsync(0, 0, null))!;
        await ExecuteAsync($"UPDATE sample_stratum SET completes = target WHERE number_kind = '{full}';");
        for (var step = 0; reply.Expects is not Expectation.Nothing; step++)
        {
            Assert.True(step < 30, "The interview did not end.");
            reply = (await office.TurnAsync(0, reply.Turn, "1"))!;
        }

        await office.EndCallAsync(0, CallStatus.Completed);
        await office.SettleAsync();
        Assert.Equal(code, office.One<string>("SELECT m.final_code FROM sample_member m JOIN attempt a USING (campaign_id, respondent_id) WHERE a.state = 'ended' AND m.final_code IS NOT NULL;"));
        Assert.Equal(full != "mobile", office.One<long>("SELECT count(*) FROM answer WHERE question_id NOT LIKE 'S%';") > 0);
        Assert.Contains("谢谢您", Assert.Single(reply.Says).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_interviewed_has_a_case_or_opted_out_is_not_drawn_and_is_counted()
    {
        await office.PrepareAsync(Numbers(12, 0));
        await office.NeverAgainAsync(Numbers(12, 0)[0][0]);
        var today = 20514; // 2026-03-02
        await ExecuteAsync($"""
            INSERT INTO contact_cap (number_index, kind, day, key_version, times) SELECT number_index, 'interview', {today - 179}, 1, 1 FROM phone WHERE id = 2;
            """);
        await ExecuteAsync($"""
            INSERT INTO contact_cap (number_index, kind, day, key_version, times) SELECT number_index, 'interview', {today - 180}, 1, 1 FROM phone WHERE id = 3;
            """);
        await office.Launch.CreateAsync(office.Draft("short-keys"), Cancellation);
        await ExecuteAsync($"""
            INSERT INTO follow_up_case (campaign_id, respondent_id, area_id, state, preferred_way, language, opened_at, due_at)
            VALUES (1, 4, 1, 'open', 'phone', 'zh-CN', {office.Time.Now.AddDays(-10).ToUnixTimeMilliseconds()}, 0);
            """);
        var id = await office.Launch.CreateAsync(office.Draft("short-keys") with { Sample = Plan with { Interviews = 4 } }, Cancellation);
        Assert.Equal(8, await office.Launch.LaunchAsync(id, "test", null, Cancellation));
        Assert.Equal("12 3 9 8 4", office.One<string>($"SELECT population || ' ' || excluded || ' ' || drawn || ' ' || released || ' ' || target FROM sample_stratum WHERE campaign_id = {id};"));
        Assert.Equal("1 1 1 9 9 splitmix64-1 1", office.One<string>("SELECT interviewed || ' ' || with_case || ' ' || never_again || ' ' || frame_size || ' ' || drawn || ' ' || version || ' ' || seed FROM sample_draw;"));
        Assert.Equal(0, office.One<long>($"SELECT count(*) FROM sample_member WHERE campaign_id = {id} AND respondent_id IN (1, 2, 4);"));
    }

    [Fact]
    public async Task Wrong_wishes_and_lists_of_two_populations_are_refused_before_the_round_is_made()
    {
        await office.PrepareAsync(Numbers(10, 0));
        var draft = office.Draft("short-keys") with { Sample = Plan with { Interviews = 400 } };
        var problem = Assert.Single(office.Launch.Missing(draft));
        Assert.Contains("名单按预计成功率最多能完成约 5 份", problem.InWords(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        await ExecuteAsync("INSERT INTO frame (id, name, source, legal_basis, kind, population, imported_at, rows_read, rows_imported, rows_rejected, rows_known) VALUES (2, '代表', '人大办', '依法', 'list', '人大代表', 1, 1, 1, 0, 0);");
        Assert.Equal("population_mixed", Assert.Single(office.Launch.Missing(office.Draft("short-keys") with { Frames = [1, 2] })).Key);
        await ExecuteAsync("UPDATE frame SET population = '人大代表' WHERE id = 1;");
        var id = await office.Launch.CreateAsync(office.Draft("short-keys"), Cancellation);
        Assert.Equal("人大代表", office.One<string>($"SELECT population FROM campaign WHERE id = {id};"));
    }

    [Fact]
    public async Task A_list_for_each_value_of_a_column_is_a_stratum_of_it()
    {
        await office.PrepareAsync(Numbers(24, 0));
        await ExecuteAsync("""
            INSERT INTO frame (id, name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known) VALUES (2, '六十岁以上', '台账', '依法履职', 'list', 1, 1, 1, 0, 0);
            UPDATE respondent SET frame_id = 2 WHERE id > 16;
            INSERT INTO frame_member (respondent_id, frame_id) VALUES (1, 2), (24, 1);
            """);
        var id = await office.Launch.CreateAsync(office.Draft("short-keys") with { Frames = [1, 2], Sample = Plan with { Interviews = 6, Strata = [SampleColumn.List] } }, Cancellation);
        var outlook = office.Launch.Outlook(office.Draft("short-keys") with { Frames = [1, 2], Sample = Plan with { Interviews = 6, Strata = [SampleColumn.List] } })!;
        Assert.Equal([("六十岁以上", 7L), ("名单", 17L)], outlook.Strata.Select(stratum => (stratum.Label, stratum.Population)).OrderBy(one => one.Population));
        await office.Launch.LaunchAsync(id, "test", null, Cancellation);
        Assert.Equal("六十岁以上 7 2,名单 17 4", office.One<string>("SELECT group_concat(one) FROM (SELECT name || ' ' || population || ' ' || target AS one FROM sample_stratum ORDER BY population);"));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM sample_member m JOIN sample_stratum s ON s.number = m.stratum WHERE (s.name = '六十岁以上') <> (m.respondent_id BETWEEN 17 AND 23);"));
    }

    [Fact]
    public async Task A_launch_that_was_cut_short_goes_on_with_the_sample_that_was_drawn()
    {
        await office.PrepareAsync(Numbers(20, 0));
        var id = await office.Launch.CreateAsync(office.Draft("short-keys") with { Sample = Plan }, Cancellation);
        // Cut short while the draw was being stored, then while it was released.
        await ExecuteAsync("INSERT INTO sample_reserve (campaign_id, stratum, place, respondent_id, area_id, replicate) VALUES (1, 1, 1, 20, 1, 1), (1, 1, 2, 19, 1, 1);");
        await office.Launch.LaunchAsync(id, "test", null, Cancellation);
        var members = office.All("SELECT respondent_id FROM sample_member ORDER BY respondent_id;");
        await ExecuteAsync("UPDATE campaign SET state = 'ready', launched_at = NULL;");
        Assert.Equal(8, await office.Launch.LaunchAsync(id, "test", null, Cancellation));
        Assert.Equal(members, office.All("SELECT respondent_id FROM sample_member ORDER BY respondent_id;"));
        Assert.Equal("20 0 12 8 4", Stratum);
    }

    [Fact]
    public async Task Another_target_is_shared_out_again()
    {
        await LaunchAsync(20, Plan with { Strata = [SampleColumn.NumberKind] }, landlines: 6);
        Assert.Empty((await office.Office.Change.ChangeAsync(1, new CampaignChange { Target = 8 }, "test", Cancellation))!);
        Assert.Equal(8, office.One<long>("SELECT sum(target) FROM sample_stratum;"));
        Assert.Equal("plan_too_many", Assert.Single((await office.Office.Change.ChangeAsync(1, new CampaignChange { Target = 900 }, "test", Cancellation))!).Key);
        Assert.Equal(8, office.One<long>("SELECT target FROM campaign;"));
    }

    private string Stratum => office.One<string>("SELECT population || ' ' || excluded || ' ' || drawn || ' ' || released || ' ' || target FROM sample_stratum;");

    private string State => office.One<string>("SELECT state FROM campaign;");

    private Task LaunchAsync(int people, SamplePlan plan, int landlines = 0)
        => office.LaunchAsync("short-keys", Numbers(people, landlines), draft: draft => draft with { Sample = plan });

    private static List<string[]> Numbers(int people, int landlines)
        => [.. Enumerable.Range(0, people).Select(i => new[] { i < landlines ? $"+8685101234{i:D3}" : $"+861540000{i:D4}" })];

    /// <summary>Everybody who is called refuses, until nobody is called any more.</summary>
    private async Task RefuseAllAsync(int from)
    {
        for (var call = from; call < office.Carrier.Called.Count; call++)
        {
            var reply = (await office.TurnAsync(call, 0, null))!;
            await office.TurnAsync(call, reply.Turn, "9");
            await office.EndCallAsync(call, CallStatus.Completed);
            await office.SettleAsync();
        }
    }

    /// <summary>Everybody who is called gives an interview.</summary>
    private async Task UntilAsync(Func<bool> done)
    {
        for (var call = 0; call < 30 && !done(); call++)
        {
            if (call >= office.Carrier.Called.Count)
            {
                await office.JobAsync("release-sample");
                await office.JobAsync("campaigns");
                await office.SettleAsync();
                if (done()) return;
            }

            var reply = (await office.TurnAsync(call, 0, null))!;
            for (var step = 0; step < 25 && office.One<long>("SELECT count(*) FROM interview WHERE asked = 1;") <= call; step++)
                reply = (await office.TurnAsync(call, reply.Turn, "1"))!;
            await office.TurnAsync(call, reply.Turn, "4");
            await office.EndCallAsync(call, CallStatus.Completed);
            await office.SettleAsync();
        }

        await office.JobAsync("campaigns");
        Assert.True(done());
    }

    private long Count(string table) => office.One<long>($"SELECT count(*) FROM {table};");

    private Task<int> ExecuteAsync(string sql) => office.Files.Database.WriteAsync(connection => connection.Execute(sql), Cancellation);
}
