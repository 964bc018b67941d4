using SurveyDialer.Scheduling;

namespace SurveyDialer.Tests.Fieldwork;

public sealed class ForgetContactsTests
{
    [Fact]
    public async Task Caps_are_kept_for_366_days_and_do_not_call_for_good()
    {
        await using var office = new TextOffice();
        await office.NeverAgainAsync(TextOffice.Mobile);

        // 20,514 days after 1970 it is 2 March 2026. More rows than one slice holds.
        await office.RestartAfterAsync("""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
            INSERT INTO contact_cap (number_index, kind, day, key_version, times) SELECT randomblob(32), 'attempt', 20514 - 367, 1, 1 FROM n;
            INSERT INTO contact_cap (number_index, kind, day, key_version, times)
            VALUES (x'01', 'attempt', 20514 - 367, 1, 3), (x'01', 'busy', 20514 - 366, 1, 1), (x'01', 'attempt', 20514 - 366, 1, 2), (x'01', 'round', 20514, 1, 1);
            """);

        await office.JobAsync("forget-contacts");

        Assert.Equal(["attempt -366 2", "busy -366 1", "round 0 1"], office.All("SELECT kind || ' ' || (day - 20514) || ' ' || times FROM contact_cap ORDER BY 1;"));
        Assert.True(office.IsDoNotCall(TextOffice.Mobile));
    }

    [Fact]
    public async Task It_runs_by_itself_once_a_night_when_nobody_is_called()
    {
        await using var office = new TextOffice();
        var job = office.Job("forget-contacts");
        var first = job.Schedule.NextAfter(office.Time.Now);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 3, 30, 0, TimeSpan.FromHours(8)), first);
        Assert.Equal(first.AddDays(1), job.Schedule.NextAfter(first));
    }
}
