using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Fieldwork;

namespace SurveyDialer.Tests.Fieldwork;

public sealed class CampaignLimitsTests
{
    [Fact]
    public async Task A_lone_campaign_gets_everything_that_the_account_may_start()
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = 5, Lines = 200 }, ringingSeconds: 30);
        var one = await office.LaunchAsync(400);
        await office.RunAsync(59.9);
        Assert.Equal(300, office.StartsOf(one).Count);
        Assert.Equal(5, LineCarrier.MostInASecond(office.StartsOf(one)));
    }

    [Fact]
    public async Task A_lone_campaign_gets_all_that_it_may_have_itself_and_no_more()
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = 5, Lines = 200 }, ringingSeconds: 30);
        var one = await office.LaunchAsync(400, lines: 50, starts: 2);
        await office.RunAsync(24.9);
        Assert.Equal(50, office.StartsOf(one).Count);
        Assert.Equal(2, LineCarrier.MostInASecond(office.StartsOf(one)));
        await office.RunAsync(60);
        Assert.Equal(50, office.MostLines(one));
    }

    [Fact]
    public async Task A_campaign_with_fewer_starts_holds_nobody_up_and_gets_what_it_may()
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = 5, Lines = 500 }, ringingSeconds: 30);
        var (slow, fast) = (await office.LaunchAsync(400, starts: 1), await office.LaunchAsync(400));
        await office.RunAsync(59.9);
        Assert.Equal(60, office.StartsOf(slow).Count);
        Assert.Equal(240, office.StartsOf(fast).Count);
        Assert.Equal(1, LineCarrier.MostInASecond(office.StartsOf(slow)));
        Assert.Equal(5, LineCarrier.MostInASecond([.. office.StartsOf(slow), .. office.StartsOf(fast)]));
    }

    [Fact]
    public async Task A_campaign_with_fewer_lines_leaves_the_others_free()
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = 10, Lines = 10 }, ringingSeconds: 20);
        var (narrow, wide) = (await office.LaunchAsync(200, lines: 2), await office.LaunchAsync(400));
        await office.RunAsync(239);
        Assert.Equal((2, 8, 10), (office.MostLines(narrow), office.MostLines(wide), office.MostLines()));
        // Twelve times twenty seconds: lines stand idle only while a start is due.
        Assert.InRange(office.StartsOf(narrow).Count, 22, 24);
        Assert.InRange(office.StartsOf(wide).Count, 88, 96);
    }

    [Fact]
    public async Task Campaigns_without_limits_share_the_lines_in_turn()
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = 5, Lines = 1 }, ringingSeconds: 10);
        long[] campaigns = [await office.LaunchAsync(100), await office.LaunchAsync(100), await office.LaunchAsync(100)];
        await office.RunAsync(299);
        Assert.All(campaigns, campaign => Assert.InRange(office.StartsOf(campaign).Count, 9, 10));
        Assert.Equal(1, office.MostLines());
    }

    [Fact]
    public async Task A_campaign_of_which_nobody_may_be_called_holds_nobody_up()
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = 5, Lines = 50 }, ringingSeconds: 5);
        var closed = await office.LaunchAsync(1500, allOptedOut: true);
        var open = await office.LaunchAsync(50);
        await office.RunAsync(2);
        Assert.Equal(11, office.StartsOf(open).Count);
        await office.RunAsync(20);
        Assert.Equal(50, office.StartsOf(open).Count);
        Assert.Empty(office.StartsOf(closed));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM attempt WHERE campaign_id = 1 AND state = 'pending';"));
    }

    [Fact]
    public async Task A_claim_looks_at_few_rows_however_many_are_due()
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = 5, Lines = 50 }, ringingSeconds: 5);
        await office.LaunchAsync(500, allOptedOut: true);
        var clock = office.Time.Clock;
        var claim = new ClaimDue(
            office.Book, new FinishRespondent(office.Files.Cipher, clock), new CallDeadlines(office.Options, clock), office.Options, clock);
        var starts = new SharedStarts(new StartPacer(5, clock), new StartPacer(5, clock), clock);
        var taken = await office.Files.Database.WriteAsync(
            connection => claim.Take(connection, "test", starts, new HeldAttempts(), 0), TestContext.Current.CancellationToken);
        Assert.Empty(taken.Leased);
        Assert.True(taken.More);
        Assert.InRange(office.One<long>("SELECT count(*) FROM attempt WHERE state = 'cancelled';"), 1, 64);
    }

    [Theory]
    [InlineData(0.02, null)]
    [InlineData(5, 0.02)]
    public async Task A_start_that_is_far_away_is_neither_claimed_nor_intended_before_its_time(double account, double? own)
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = account, Lines = 5 }, ringingSeconds: 5);
        var one = await office.LaunchAsync(20, starts: own);
        await office.RunAsync(499);
        Assert.Equal(10, office.StartsOf(one).Count);
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM attempt_history WHERE to_state = 'unknown' OR (from_state = 'leased' AND to_state = 'pending');"));
        Assert.InRange(office.One<long>("SELECT max(placed_at - placing_at) FROM attempt;"), 0, 100);
    }

    [Fact, Trait("case", "R11")]
    public void No_limit_is_ever_exceeded_and_every_campaign_goes_on()
    {
        var limits = from starts in Gen.Elements<double?>(null, 0.5, 1, 2.5, 4)
                     from lines in Gen.Elements<int?>(null, 1, 3, 7)
                     select (starts, lines);
        var cases = from account in Gen.Elements(1d, 3, 7)
                    from lines in Gen.Choose(1, 12)
                    from ringing in Gen.Elements(0.3, 2.7, 11)
                    from campaigns in limits.ListOf(3)
                    select (account, lines, ringing, campaigns);
        Prop.ForAll(cases.ToArbitrary(), one => HoldAsync(one.account, one.lines, one.ringing, [.. one.campaigns]).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12));
    }

    private static async Task<bool> HoldAsync(double account, int lines, double ringing, (double? Starts, int? Lines)[] campaigns)
    {
        await using var office = new LineOffice(new FieldworkOptions { StartsPerSecond = account, Lines = lines }, ringing);
        foreach (var (starts, own) in campaigns) await office.LaunchAsync(250, own, starts);
        await office.RunAsync(40);
        Assert.InRange(LineCarrier.MostInASecond([.. office.Carrier.Calls.Select(call => call.From)]), 1, (int)account);
        Assert.InRange(office.MostLines(), 1, lines);
        foreach (var (index, (starts, own)) in campaigns.Index())
        {
            var made = office.StartsOf(index + 1);
            Assert.InRange(LineCarrier.MostInASecond(made), 1, Math.Max(1, (int)(starts ?? account)));
            Assert.InRange(office.MostLines(index + 1), 1, own ?? lines);

            // A third of the account's starts or of its lines, or all that its own limits allow: one of them is what holds it back. Who must
            // pass while lines are freed, because of few starts a second, gets fewer of them.
            var few = new[] { account / 3, starts ?? account, lines / (ringing + 1) / 3, (own ?? lines) / (ringing + 1) }.Min() * 40;
            Assert.True(made.Count >= Math.Floor(0.4 * few), $"{made.Count} of {few} in {account}/{lines}/{ringing}, {starts}/{own}");
        }

        return true;
    }
}
