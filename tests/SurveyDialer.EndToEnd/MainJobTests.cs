using System.Text;
using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Phones;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>
/// The main job from a list to follow-up visits, over real HTTP against the simulator in virtual time. One run is made for all tests of the
/// class; what it stored is held against the simulator's own log and against the product's rules.
/// </summary>
public sealed class MainJobTests(MainJob job) : IClassFixture<MainJob>
{
    private static readonly string[] AnswerLedger = ["interview", "answer", "flag"];

    [Fact]
    public void The_campaign_closes_with_a_final_code_for_everybody()
    {
        Assert.True(job.Run.IsClosed());
        Assert.Equal(job.Totals.RespondentsImported, job.Totals.Codes.Values.Sum());
        Assert.DoesNotContain("", job.Totals.Codes.Keys);
        Assert.True(job.Totals.Completes > 10);
    }

    [Fact]
    public void The_simulator_saw_no_attempt_ring_twice_and_as_many_calls_as_attempts()
    {
        Assert.Equal(0, job.Totals.AttemptsRungTwice);
        Assert.Empty(job.Run.Witness.NumbersRungOverlapping);
        Assert.Equal(job.Totals.CallsPlaced, job.Totals.Attempts);
        Assert.True(job.Totals.CallsPlaced > 100);
    }

    [Fact]
    public void Every_flag_has_one_next_step()
    {
        Assert.True(job.Totals.Flags > 0);
        Assert.Equal(0, job.Totals.FlagsWithoutNextStep);
        var voices = Count("SELECT coalesce(sum(voices), 0) FROM area_voice;");
        Assert.Equal(voices, Count("SELECT count(*) FROM interview WHERE next_step = 'voice';"));
    }

    [Fact]
    public void Whoever_agreed_has_a_case_satisfied_or_not_and_nobody_else()
    {
        Assert.Equal(job.Totals.Cases, Count("SELECT count(*) FROM interview WHERE consent IN ('phone', 'visit');"));
        Assert.True(job.Totals.Cases > 0);
        Assert.Equal(job.Totals.Cases, Count("SELECT count(*) FROM interview WHERE next_step = 'case';"));
    }

    [Fact]
    public void Everybody_who_reached_the_end_was_asked()
        => Assert.Equal(0, Count("SELECT count(*) FROM interview WHERE outcome = 'complete' AND asked = 0;"));

    [Fact]
    public void One_of_the_household_is_chosen_on_landlines_alone_and_called_for_once_more_when_away()
    {
        Assert.True(Count("SELECT count(*) FROM answer a JOIN interview i ON i.id = a.interview_id WHERE a.tag = 'ADULTS' AND i.number_kind = 'landline';") > 0);
        Assert.Equal(0, Count("SELECT count(*) FROM answer a JOIN interview i ON i.id = a.interview_id WHERE a.tag IN ('ADULTS', 'LAST_BIRTHDAY') AND i.number_kind = 'mobile';"));
        Assert.True(Count("SELECT count(*) FROM attempt WHERE outcome = 'RespondentAway';") > 0);
        Assert.Equal(0, Count("SELECT count(*) FROM (SELECT respondent_id FROM attempt WHERE outcome = 'RespondentAway' GROUP BY respondent_id HAVING count(*) > 2);"));
        Assert.Equal(0, Count("SELECT count(*) FROM sample_member m JOIN attempt a USING (respondent_id) WHERE a.outcome = 'RespondentAway' AND a.code <> '2.21';"));
    }

    [Fact]
    public void Nothing_is_left_open()
    {
        Assert.Equal(0, Count("SELECT count(*) FROM attempt WHERE state NOT IN ('ended', 'cancelled');"));
        Assert.Equal(0, Count("SELECT count(*) FROM interview WHERE outcome = 'open';"));
        Assert.Equal(0, Count("SELECT count(*) FROM area_words WHERE respondent_id IS NOT NULL;"));
    }

    [Fact]
    public void No_call_was_placed_outside_calling_hours()
    {
        var placed = job.Run.Database.Read(connection => connection.Query<long>("SELECT placing_at FROM attempt WHERE placing_at IS NOT NULL;").AsList());
        Assert.NotEmpty(placed);
        foreach (var at in placed.Select(millis => DateTimeOffset.FromUnixTimeMilliseconds(millis).ToOffset(TimeSpan.FromHours(8))))
        {
            var rest = at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var minutes = at.TimeOfDay.TotalMinutes;
            var open = rest ? minutes is >= 600 and < 715 or >= 900 and < 1195 : minutes is >= 540 and < 715 or >= 870 and < 1225;
            Assert.True(open, $"{at:O}");
        }
    }

    [Fact]
    public void The_sample_values_are_marked_and_name_one_organiser_and_no_township_but_the_residents_own()
    {
        var (organiser, json) = job.Run.Database.Read(connection => connection.QuerySingle<(string, string)>("SELECT organiser, blanks FROM campaign;"));
        var blanks = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
        Assert.DoesNotContain(blanks.Keys, key => key.StartsWith("township", StringComparison.Ordinal));
        Assert.Equal(organiser, blanks["org"]);
        Assert.False(blanks.ContainsKey("org.zh-CN"));
        Assert.All(new[] { "frame_name", "verify_phone", "approval_no" }, name => Assert.Contains("（示例）", blanks[name], StringComparison.Ordinal));
        Assert.All(new[] { "org.en", "frame_name.en", "verify_phone.en", "approval_no.en" }, name => Assert.Contains("(sample)", blanks[name], StringComparison.Ordinal));
        Assert.DoesNotContain("平安镇", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_numbers_stand_nowhere_in_the_files()
    {
        var numbers = job.Run.Database.Read(connection => connection.Query<byte[]>("SELECT number_enc FROM phone;").AsList())
            .ConvertAll(cipher => PhoneNumber.Read(job.Run.Cipher.Decrypt("phone.number", cipher)!).E164);
        var names = job.Run.Database.Read(connection => connection.Query<byte[]>("SELECT name_enc FROM respondent WHERE name_enc IS NOT NULL;").AsList())
            .ConvertAll(cipher => job.Run.Cipher.Decrypt("respondent.name", cipher)!);
        Assert.True(numbers.Count > 50 && names.Count > 50);
        foreach (var file in Directory.GetFiles(job.Run.Folder.Root, "surveydialer.db*"))
        {
            var text = Encoding.UTF8.GetString(ReadShared(file));
            Assert.DoesNotContain(numbers, number => text.Contains(number[3..], StringComparison.Ordinal));
            Assert.DoesNotContain(names.Where(name => name.Length >= 3), name => text.Contains(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_answer_ledger_has_no_column_of_the_contact_side()
    {
        foreach (var table in AnswerLedger)
        {
            var columns = job.Run.Database.Read(connection => connection.Query<string>("SELECT name FROM pragma_table_info(@table);", new { table }).AsList());
            Assert.NotEmpty(columns);
            Assert.DoesNotContain(columns, column => column.Contains("respondent", StringComparison.Ordinal) || column.Contains("phone", StringComparison.Ordinal)
                || column.Contains("attempt", StringComparison.Ordinal) || column.Contains("case", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_case_holds_nothing_computed_from_answers()
    {
        var columns = job.Run.Database.Read(connection => connection.Query<string>("SELECT name FROM pragma_table_info('follow_up_case');").AsList());
        Assert.NotEmpty(columns);
        Assert.DoesNotContain(columns, column => column.Contains("flag", StringComparison.Ordinal) || column.Contains("score", StringComparison.Ordinal)
            || column.Contains("answer", StringComparison.Ordinal) || column.Contains("interview", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_totals_and_the_same_answers()
    {
        await using var again = new MainJob();
        await again.InitializeAsync();
        Assert.Equal((job.Totals with { Seconds = 0 }).ToJson(), (again.Totals with { Seconds = 0 }).ToJson());
        Assert.Equal(Answers(job), Answers(again));
    }

    private static List<string> Answers(MainJob of) => of.Run.Database.Read(connection => connection.Query<string>("""
        SELECT group_concat(question_id || '=' || key || how || explained || replays, ' ') AS answers
        FROM (SELECT * FROM answer ORDER BY interview_id, turn) GROUP BY interview_id ORDER BY 1;
        """).AsList());

    private long Count(string sql) => job.Run.Database.Read(connection => connection.ExecuteScalar<long>(sql));

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

/// <summary>A campaign of 80 made-up residents, run until it has closed.</summary>
public sealed class MainJob : IAsyncLifetime
{
    private DataFolder? folder;

    internal PracticeRun Run { get; private set; } = null!;

    internal RunTotals Totals { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var faults = new List<string>();
        folder = DataFolder.TryOwn(Directory.CreateTempSubdirectory("surveydialer-endtoend-").FullName)!;
        Run = await PracticeRun.StartAsync(
            new PracticeOptions { Folder = folder.Root, Respondents = 80, Seed = 7 }, folder, new FrozenClock(), (key, fault) => faults.Add($"{key}: {fault}"), cancellation);
        Assert.Null(await Run.ImportAsync(null, cancellation));
        Assert.Empty(await Run.LaunchAsync(cancellation));
        Assert.True(await Run.RunAsync(cancellation), string.Join('\n', faults));
        Assert.Empty(faults);
        Totals = Run.Totals();
    }

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        folder?.Dispose();
        Directory.Delete(folder!.Root, recursive: true);
    }

    /// <summary>Stands for the wall clock, which a run as fast as possible never looks at.</summary>
    private sealed class FrozenClock : TimeProvider;
}
