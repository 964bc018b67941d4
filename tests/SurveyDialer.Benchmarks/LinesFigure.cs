using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;

namespace SurveyDialer.Benchmarks;

/// <summary>
/// How much of the open lines is used: line-seconds busy ÷ (lines × seconds in which a call could start and at least that many attempts were
/// due), from the attempts of a whole campaign in virtual time with the simulator's population.
/// </summary>
internal static class LinesFigure
{
    private const double Aim = 0.95;
    private const long Minute = 60_000;
    private static readonly (int Lines, int Respondents)[] Few = [(2, 150), (3, 200), (10, 600)];
    private static readonly (int Lines, int Respondents)[] Many = [(2, 400), (3, 600), (10, 2_000)];

    // What a call was put off for by the planner has moved its due time, so that the last one is when it could be made.
    private const string SelectCalls = """
        SELECT due_at, placed_at, ended_at FROM attempt
        WHERE campaign_id = @campaignId AND channel = 'voice' AND placed_at IS NOT NULL AND ended_at IS NOT NULL;
        """;

    internal static async Task RunAsync(Run run)
    {
        run.Say($"Lines in use over a whole campaign in virtual time, while a call could start and at least as many attempts were due as there are lines. Aim: at least {Aim:P0}.");
        run.Say("");
        run.Say("| lines | respondents | calls | hours counted | lines in use | |");
        run.Say("|---|---|---|---|---|---|");
        foreach (var (lines, respondents) in run.Quick ? Few : Many)
        {
            var options = new PracticeOptions { Folder = run.FreshFolder($"{lines}"), Respondents = respondents, Lines = lines };
            var use = await Practice.RunAsync(run, options, practice => Use(practice, lines));
            run.Say($"| {lines} | {respondents:N0} | {use.Calls:N0} | {use.Counted.TotalHours:F1} | {use.Share:P1} | {run.Verdict(use.Share >= Aim)} |");
        }
    }

    private static LineUse Use(PracticeRun practice, int lines)
    {
        var (calls, campaign) = practice.Database.Read(connection => (
            connection.Query<Call>(SelectCalls, new { campaignId = practice.CampaignId }).AsList(),
            new CampaignBook(ContentFolders.Calendars(null)).Get(connection, practice.CampaignId)));
        var changes = calls.SelectMany(call => new[] { new Change(call.DueAt, 1, 0), new Change(call.PlacedAt, -1, 1), new Change(call.EndedAt, 0, -1) }).ToList();
        var end = calls.Max(call => call.EndedAt);

        // Windows begin and end on whole minutes.
        for (var at = calls.Min(call => call.DueAt) / Minute * Minute; at < end; at += Minute) changes.Add(new Change(at, 0, 0));
        changes.Sort((one, other) => one.At.CompareTo(other.At));
        long due = 0, busy = 0, counted = 0, used = 0, open = 0, minute = -1;
        for (var i = 0; i + 1 < changes.Count; i++)
        {
            due += changes[i].Due;
            busy += changes[i].Busy;
            if (changes[i].At / Minute != minute)
            {
                minute = changes[i].At / Minute;
                open = campaign.Schedule.IsOpen(DateTimeOffset.FromUnixTimeMilliseconds(minute * Minute)) ? 1 : 0;
            }

            var lasted = changes[i + 1].At - changes[i].At;
            if (open == 0 || due < lines) continue;
            counted += lasted;
            used += busy * lasted;
        }

        return new LineUse(calls.Count, TimeSpan.FromMilliseconds(counted), used / (double)(lines * counted));
    }

    private sealed record Call
    {
        public long DueAt { get; init; }

        public long PlacedAt { get; init; }

        public long EndedAt { get; init; }
    }

    private readonly record struct Change(long At, int Due, int Busy);

    private sealed record LineUse(int Calls, TimeSpan Counted, double Share);
}
