using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>Two townships in the middle of a round, one closed round, one being prepared; every state that a page shows occurs.</summary>
internal static class SampleTownship
{
    public const long Running = 1;
    public const long Closed = 2;

    /// <summary>A case and its recording that waits; the sound is <see cref="Sound"/>.</summary>
    public const long RecordedCase = 1;
    public const long Recording = 71;

    /// <summary>A recording on its way to case 9.</summary>
    public const long AnnouncedCase = 9;

    /// <summary>Words for an area that wait: typed, and recorded.</summary>
    public const long Typed = 901;
    public const long Recorded = 902;

    /// <summary>What nobody may see but on the page where it is written down.</summary>
    public const string RawWords = "老张家门口的路灯坏了半年";

    /// <summary>Shown at a village with seven voices, at a township with six, and nowhere.</summary>
    public const string VillageWords = "路灯坏了，晚上看不见";
    public const string TownshipWords = "夜里没有人巡逻";
    public const string TooFewWords = "水沟堵了没有人管";

    private static readonly string[] Names = ["张秀英", "王伟", "李娜", "刘洋", "陈静", "杨磊", "欧阳文华", "吴敏", "周强", "徐丽"];

    private static readonly string[] Reasons = ["outside-hours", "other-day-part", "minimum-gap", "busy-gap"];

    private static readonly string[] FinalCodes = ["1.1", "1.1", "1.1", "1.2", "2.12", "2.111", "3.13", "4.31"];

    public static byte[] Sound { get; } = [.. "RIFF"u8, .. Enumerable.Range(0, 2000).Select(i => (byte)(i % 251))];

    public static string TemplatesFolder => Path.Combine(Root(), "campaign-templates");

    /// <summary>The numbers of all respondents, as nobody may see them on a page: whole, in every spelling.</summary>
    public static IEnumerable<string> WholeNumbers => Enumerable.Range(1, 120).Select(Number).SelectMany(number => new[] { number, number[3..], $"0{number[3..]}" });

    public static Task FillAsync(TestDatabase files, StoppedClock clock) => FillAsync(files.Database, files.Cipher, clock);

    public static async Task FillAsync(Database database, FieldCipher cipher, StoppedClock clock)
    {
        clock.Set(new DateTimeOffset(2026, 3, 5, 10, 0, 0, TimeSpan.FromHours(8)));
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var template = TemplateReader.Read(await File.ReadAllTextAsync(Path.Combine(TemplatesFolder, "short-keys", "template.yaml")), "short-keys").Template!;
        var people = Enumerable.Range(1, 120).Select(i => new
        {
            id = i,
            area = 10 + (i % 9),
            name = cipher.Encrypt("respondent.name", Names[i % Names.Length]),
            number = cipher.Encrypt("phone.number", Number(i)),
            index = cipher.Index("phone.number", Number(i)),
            kind = i % 3 == 0 ? "landline" : "mobile",
            now,
        }).ToList();
        await database.WriteAsync(
            connection =>
            {
                Areas(connection);
                Campaigns(connection, TemplateJson.Write(template), TemplateJson.Hash(template), now);
                foreach (var person in people)
                {
                    connection.Execute("INSERT INTO respondent (id, frame_id, area_id, name_enc, added_at) VALUES (@id, 1, @area, @name, @now);", person);
                    connection.Execute("INSERT INTO phone (id, number_enc, number_index, key_version, kind, fictional, desk_only, bad) VALUES (@id, @number, @index, 1, @kind, 1, 0, 0);", person);
                    connection.Execute("INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES (@id, 1, @id);", person);
                    Member(connection, person.id, person.area, now);
                }

                connection.Execute("INSERT INTO result_code (campaign_id, stratum, code, total) SELECT campaign_id, stratum, final_code, count(*) FROM sample_member WHERE final_code IS NOT NULL GROUP BY 1, 2, 3;");

                foreach (var campaign in (long[])[1, 2]) MemberTotalStore.Correct(connection, campaign, MemberTotalStore.Errors(connection, campaign));

                FollowUp(connection, cipher, now);
            },
            CancellationToken.None);
    }

    public static string Number(int i) => i % 3 == 0 ? $"+868510{i:000000}5" : $"+86154{i:00000000}";

    private static void Areas(SqliteConnection connection)
    {
        connection.Execute("INSERT INTO frame (id, name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known) VALUES (1, '名单', '网格登记', '同意', 'list', 0, 120, 120, 0, 0);");
        string[] villages = ["石板村", "大坪村", "水井湾村", "新街社区", "田坝村", "白岩村", "龙塘村", "青杠林村", "河口社区"];
        connection.Execute("INSERT INTO area (id, parent_id, kind, name) VALUES (1, 0, 'township', '平安镇'), (2, 0, 'township', '清水乡');");
        foreach (var (index, name) in villages.Index())
            connection.Execute("INSERT INTO area (id, parent_id, kind, name) VALUES (@id, @parent, 'village', @name);", new { id = 10 + index, parent = index < 5 ? 1 : 2, name });
    }

    private static void Campaigns(SqliteConnection connection, string json, byte[] hash, long now)
    {
        const long day = 86_400_000;
        foreach (var (id, name, state, target, launched, closed) in new (long, string, string, long?, long?, long?)[]
            { (1, "2026年第一季度测评", "running", 80, now - (3 * day), null), (2, "2025年第四季度测评", "closed", 60, now - (90 * day), now - (80 * day)), (3, "2026年第二季度测评", "draft", null, null, null) })
        {
            connection.Execute(
                """
                INSERT INTO campaign (id, name, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind,
                                      organiser_unit, approval, live_callers, frame_source, time_zone, seed, target, last_day, link_key_id, created_at, launched_at, closed_at)
                VALUES (@id, @name, @state, 'simulator', 'short-keys', @hash, @json, 1, '{}', '平安县平安办', 'department', '', '平统制〔2026〕3号', 0, '网格登记', 'Asia/Shanghai', 1, @target, 20528,
                        'k', @now, @launched, @closed);
                """,
                new { id, name, state, hash, json, target, now, launched, closed });
        }
    }

    private static void Member(SqliteConnection connection, int id, int area, long now)
    {
        const long hour = 3_600_000;
        // The last village of the second township stays without an interview.
        var final = id % 12 < 8 && area != 18 ? FinalCodes[id % 12] : null;
        connection.Execute(
            "INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, code, final_code, finished_at) VALUES (1, @id, @area, 1, @code, @final, @at);",
            new { id, area, code = final ?? (id % 2 == 0 ? "3.13" : null), final, at = final is null ? (long?)null : now - hour });
        if (id <= 40) connection.Execute("INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, code, final_code, finished_at) VALUES (2, @id, @area, 1, '1.1', '1.1', 1);", new { id, area });
        var state = final is not null ? "ended" : (id % 12) switch { 8 => "placed", 9 => "unknown", _ => "pending" };
        var attempt = new
        {
            id, state, due = state == "pending" ? now + ((id % 5) * hour) : now - (2 * hour), reason = state == "pending" ? Reasons[id % Reasons.Length] : null,
            phone = state == "pending" ? (int?)null : id, token = state == "pending" ? null : $"token-{id}", ended = state == "ended" ? now - hour : (long?)null, code = final,
        };
        connection.Execute(
            """
            INSERT INTO attempt (id, campaign_id, respondent_id, ordinal, channel, state, due_at, appointment, waiting_reason, phone_id, token, lease_number, ended_at, code, our_fault)
            VALUES (@id, 1, @id, 1, 'voice', @state, @due, 0, @reason, @phone, @token, 1, @ended, @code, 0);
            """,
            attempt);
        connection.Execute("INSERT INTO attempt_history (attempt_id, at, from_state, to_state, reason) VALUES (@id, @due, '', 'pending', @reason), (@id, @due, 'pending', @state, @code);", attempt);
        if (final is not null) connection.Execute("INSERT INTO disposition_history (campaign_id, respondent_id, attempt_id, at, to_code, final) VALUES (1, @id, @id, @ended, @code, 1);", attempt);
    }

    private static void FollowUp(SqliteConnection connection, FieldCipher cipher, long now)
    {
        const long day = 86_400_000;
        string[] consents = ["phone", "visit", "report", "no", "phone"];
        for (var i = 0; i < 25; i++)
        {
            connection.Execute(
                "INSERT INTO interview (id, campaign_id, area_id, number_kind, channel, language, turn, outcome, flagged, asked, consent, next_step) VALUES (@id, 1, 10, 'mobile', 'voice', 'zh-CN', 9, 'complete', 1, 1, @consent, @next);",
                new { id = BitConverter.GetBytes((long)i).Concat(new byte[8]).ToArray(), consent = consents[i % 5], next = i % 5 is 2 or 3 ? "voice" : "case" });
        }

        string[] states = ["open", "taken", "contacted", "visited", "closed", "withdrawn", "open", "open"];
        string[] topics = ["order", "disputes", "services", "police"];
        for (var id = 1; id <= 24; id++)
        {
            if (id == 20)
            {
                connection.Execute("INSERT INTO sealed_item (id, campaign_id, kind, content) VALUES (randomblob(16), 1, 'case', randomblob(300));");
                continue;
            }

            var state = states[id % states.Length];
            var words = cipher.Encrypt("case.words", "村口到小学那段路没有路灯，晚上孩子放学看不见，去年说要装，一直没有装。<script>alert(1)</script>");
            connection.Execute(
                """
                INSERT INTO follow_up_case (id, campaign_id, respondent_id, area_id, state, preferred_way, topic, language, name_enc, number_enc, words_enc, worker, opened_at, due_at, next_at, closed_at, outcome)
                SELECT @id, 1, @respondent, @area, @state, @way, @topic, @language, r.name_enc, p.number_enc, @words, @worker, @opened, @due, @next, NULL, @outcome
                FROM respondent r JOIN phone p ON p.id = r.id WHERE r.id = @respondent;
                """,
                new
                {
                    id, respondent = id, area = 10 + (id % 9), state, way = id % 3 == 0 ? "visit" : "phone", topic = id % 7 == 0 ? null : topics[id % 4], language = id % 6 == 0 ? "en" : "zh-CN",
                    words = id % 4 == 1 ? null : words, worker = state is "open" ? null : "陈主任", opened = now - (2 * day), due = now + ((id - 3) * day / 4),
                    next = state == "contacted" ? now + day : (long?)null, outcome = state == "closed" ? "solved" : null,
                });
            connection.Execute(
                "INSERT INTO follow_up_case_history (case_id, at, from_state, to_state, who, note_enc) VALUES (@id, @at, '', 'open', 'resident', NULL), (@id, @at, 'open', @state, '陈主任', @note);",
                new { id, at = now - day, state, note = state is "contacted" or "visited" ? cipher.Encrypt("case.note", "约好周四晚上上门。") : null });
        }

        var values = new
        {
            now, kept = now + (20 * day), sound = cipher.Encrypt("recording.audio", Sound), RecordedCase, Recording, AnnouncedCase, Typed, Recorded,
            raw = cipher.Encrypt("case.words", RawWords), village = cipher.Encrypt("area.words", VillageWords),
            township = cipher.Encrypt("area.words", TownshipWords), few = cipher.Encrypt("area.words", TooFewWords),
        };
        connection.Execute(
            """
            INSERT INTO area_words (id, campaign_id, area_id, topic, state, words_enc, written_enc, delete_at)
            VALUES (@Typed, 1, 10, 'services', 'waiting', @raw, NULL, @kept), (@Recorded, 1, 12, 'order', 'waiting', NULL, NULL, @kept),
                   (903, 1, 10, 'services', 'written_down', NULL, @village, NULL), (904, 1, 12, 'order', 'written_down', NULL, @township, NULL),
                   (905, 1, 16, 'not_said', 'written_down', NULL, @few, NULL), (906, 1, 16, 'not_said', 'expired', NULL, NULL, NULL);
            INSERT INTO recording (id, campaign_id, case_id, words_id, carrier_id, at_carrier, state, audio_enc, seconds, at, delete_at)
            VALUES (@Recording, 1, @RecordedCase, NULL, 'RE1', 1, 'fetched', @sound, 23, @now, @kept), (72, 1, @AnnouncedCase, NULL, 'RE2', 1, 'announced', NULL, 5, @now, @kept),
                   (73, 1, NULL, @Recorded, NULL, 0, 'fetched', @sound, 41, NULL, @kept);
            """,
            values);
        connection.Execute("INSERT INTO area_voice (campaign_id, area_id, topic, voices) VALUES (1, 10, 'services', 7), (1, 11, 'order', 2), (1, 12, 'order', 4), (1, 16, 'not_said', 3);");
        connection.Execute("INSERT INTO area_visit (campaign_id, area_id, topic, state, due_at, visited_at, public_answer) VALUES (1, 10, 'services', 'planned', @due, NULL, NULL), (1, 1, 'order', 'visited', @due, @now, NULL), (1, 2, 'not_said', 'answered', @due, @now, '路灯已装好 12 盏。');", new { due = now + day, now });
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
