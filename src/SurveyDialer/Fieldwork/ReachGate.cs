using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Whether a round has anybody to call. Asks the planner that every attempt asks, about one person after the other until it lets one be called: a
/// round in which it refuses everybody would end with its first attempt.
/// </summary>
internal sealed class ReachGate(Database database, CalendarBook calendars)
{
    private const int PeopleAtOnce = 200;

    private const string NoUsableNumber = "numbers";

    private const string CountPeople = "SELECT count(DISTINCT respondent_id) FROM frame_person WHERE frame_id IN @frames;";

    // Numbers of nobody are most of those that are refused, and a whole list of them is passed over in one statement.
    private const string SelectPeople = """
        SELECT f.respondent_id FROM frame_person f
        WHERE f.frame_id = @frame AND f.respondent_id > @after
          AND EXISTS (SELECT 1 FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id WHERE rp.respondent_id = f.respondent_id AND p.bad = 0 AND p.fictional <= @simulated)
        ORDER BY f.respondent_id LIMIT @PeopleAtOnce;
        """;

    private static readonly HashSet<VetoReason> Named =
        [VetoReason.DoNotCall, VetoReason.NumberDeskOnly, VetoReason.NumberNotMobile, VetoReason.RoundsPerYear, VetoReason.InterviewedLately];

    /// <summary>Why nobody of these lists can be called, one problem a reason; empty where somebody can, or where nobody is on them.</summary>
    internal IReadOnlyList<LaunchProblem> Missing(string carrier, bool liveCallers, IReadOnlyList<long> frames, DiallingPolicy policy, DateOnly? lastDay, DateTimeOffset now)
    {
        var schedule = calendars.ScheduleOf(policy);
        var standing = new CampaignFacts(CampaignState.Running, CarrierKinds.FromColumn(carrier), policy, schedule, LastDay: RoundDays.LastDay(schedule, now, lastDay));
        var channels = Channels(policy, carrier, liveCallers);
        return database.Read(connection =>
        {
            var refused = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var person in People(connection, frames, carrier).Distinct())
            {
                var vetoes = channels.Select(channel => Refusal(connection, standing, person, channel, now)).ToList();
                if (vetoes.Contains(null)) return [];
                var reason = Named.Contains(vetoes[0]!.Reason) ? vetoes[0]!.Reason.ToColumn().Replace('-', '_') : "other";
                refused[reason] = refused.GetValueOrDefault(reason) + 1;
            }

            var without = connection.ExecuteScalar<long>(CountPeople, new { frames }) - refused.Values.Sum();
            if (without > 0) refused[NoUsableNumber] = without;
            return (IReadOnlyList<LaunchProblem>)[.. refused.OrderByDescending(pair => pair.Value).Select(pair => new LaunchProblem($"nobody_{pair.Key}", $"{pair.Value}"))];
        });
    }

    /// <summary>Those of a list with a number that the carrier may ring at all.</summary>
    private static IEnumerable<long> People(SqliteConnection connection, IReadOnlyList<long> frames, string carrier)
    {
        var simulated = carrier == "simulator" ? 1 : 0;
        foreach (var frame in frames)
        {
            for (long after = 0; ;)
            {
                var people = connection.Query<long>(SelectPeople, new { frame, after, simulated, PeopleAtOnce }).AsList();
                foreach (var person in people) yield return person;
                if (people.Count < PeopleAtOnce) break;
                after = people[^1];
            }
        }
    }

    /// <summary>Null where the planner would call, now or later in the round.</summary>
    private static Veto? Refusal(SqliteConnection connection, CampaignFacts standing, long person, string channel, DateTimeOffset now)
    {
        var attempt = new AttemptRow { RespondentId = person, Ordinal = 1, Channel = channel, DueAt = now.ToUnixTimeMilliseconds() };
        return AttemptPlanner.Plan(PlanFactsLoader.Load(connection, standing, attempt, now)) is PlanDecision.Finish refused ? refused.Decisive : null;
    }

    /// <summary>The ways by which somebody can be interviewed; a notice is none.</summary>
    private static List<string> Channels(DiallingPolicy policy, string carrier, bool liveCallers)
    {
        if (carrier == "desk-phone") return ["live"];
        var steps = policy.Channels.Where(step => step.Kind != ContactKind.AdvanceNotice).Select(step => step.Kind == ContactKind.Call ? "voice" : "text");
        return [.. steps.Concat(liveCallers ? ["live"] : []).Distinct(StringComparer.Ordinal)];
    }
}
