using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Estimates;

namespace SurveyDialer.EndToEnd;

/// <summary>The totals that are kept with each finished interview, held against the round's answers after a whole round.</summary>
public sealed class RoundTotalsTests(MainJob job) : IClassFixture<MainJob>
{
    [Fact]
    public void The_kept_totals_are_what_the_answers_give()
    {
        Assert.True(new TotalsCheck(job.Run.Database).Holds(job.Run.CampaignId));
        Assert.True(job.Run.Database.Read(connection => connection.ExecuteScalar<long>("SELECT sum(completes) FROM result_cell;")) == job.Totals.Completes);
    }

    [Fact]
    public void Every_interview_of_the_funnel_is_accounted_for()
    {
        var reached = job.Run.Database.Read(connection => connection.Query<(string Question, long Reached)>(
            "SELECT question_id, answered + silences + wrong_keys + broken_off FROM result_funnel;").ToDictionary(step => step.Question, step => step.Reached));
        Assert.True(reached["Q1"] >= job.Totals.Completes);
        Assert.True(job.Run.Database.Read(connection => connection.ExecuteScalar<long>("SELECT sum(broken_off) FROM result_funnel;")) > 0);
    }

    [Fact]
    public async Task Wrong_totals_are_put_right_and_told()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (database, check) = (job.Run.Database, new TotalsCheck(job.Run.Database));
        await database.WriteAsync(connection => connection.Execute("UPDATE result_code SET total = total + 1; DELETE FROM result_cell WHERE completes = 1;"), cancellation);
        Assert.False(check.Holds(job.Run.CampaignId));

        var told = await Assert.ThrowsAsync<InvalidDataException>(() => check.RunAsync(cancellation));

        Assert.Contains("counted anew", told.Message, StringComparison.Ordinal);
        Assert.True(check.Holds(job.Run.CampaignId));
        await check.RunAsync(cancellation);
    }
}
