using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Calls;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>Strata of a round without a plan, and what interviews keep of them.</summary>
public sealed class SampleStrataTests : IAsyncDisposable
{
    private const string Strata = """
        SELECT number || ' ' || area_id || ' ' || number_kind || ' ' || population || ' ' || drawn || ' ' || released || ' ' || finished || ' ' || completes || ' ' || coalesce(target, '-')
        FROM sample_stratum ORDER BY number;
        """;

    private readonly TextOffice office = new();

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_launch_without_a_plan_writes_township_by_kind_of_the_first_number_and_counts_who_is_finished()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Landline, TextOffice.Mobile], [TextOffice.OtherMobile]]);
        Assert.Equal(["1 1 landline 1 1 1 0 0 -", "2 1 mobile 1 1 1 0 0 -"], office.All(Strata));
        Assert.Equal(["1", "2"], office.All("SELECT stratum FROM sample_member ORDER BY respondent_id;"));
        for (var call = 0; call < 2; call++)
        {
            await office.ToConsentAsync(call, "4");
            await office.EndCallAsync(call, CallStatus.Completed);
        }

        Assert.Equal(["1 1 landline 1 1 1 1 1 -", "2 1 mobile 1 1 1 1 1 -"], office.All(Strata));
        Assert.Equal(["landline 1 2", "mobile 2 1"], office.All("SELECT number_kind || ' ' || stratum || ' ' || numbers FROM interview ORDER BY stratum;"));
    }

    [Fact]
    public async Task A_file_from_before_gets_the_strata_that_its_rounds_would_have()
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-earlier-");
        var path = Path.Combine(folder.FullName, "surveydialer.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            MakeEarlier(connection);
        }

        await using (var database = Database.Open(new DatabaseOptions { Path = path, ThrowAway = true }, new StoppedClock()))
        {
            Assert.Equal(["1 1 landline 1 1 1 0 0 -", "2 1 mobile 2 2 2 2 1 -"], database.Read(connection => connection.Query<string>(Strata).AsList()));
            Assert.Equal(["2", "2", "1"], database.Read(connection => connection.Query<string>("SELECT stratum FROM sample_member ORDER BY respondent_id;").AsList()));
            Assert.Equal("2 1", database.Read(connection => connection.QuerySingle<string>("SELECT stratum || ' ' || numbers FROM interview;")));
        }

        folder.Delete(recursive: true);
    }

    /// <summary>A round of a village in the tables of the first script: two mobiles, one of them interviewed, and a landline that is still open.</summary>
    private static void MakeEarlier(SqliteConnection connection)
    {
        var first = SourceTree.Read("src/SurveyDialer/Storage/Migrations/0001_initial.sql");
        connection.Execute(first);
        connection.Execute("CREATE TABLE schema_script (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 BLOB NOT NULL, applied_at INTEGER NOT NULL) STRICT;");
        connection.Execute("INSERT INTO schema_script VALUES (1, '0001_initial', @sha256, 0);", new { sha256 = SHA256.HashData(Encoding.UTF8.GetBytes(first)) });
        connection.Execute("""
            INSERT INTO frame (id, name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known)
            VALUES (1, '名单', '台账', '依法履职', 'list', 1, 3, 3, 0, 0);
            INSERT INTO campaign (id, name, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind, organiser_unit,
                                  approval, live_callers, frame_source, time_zone, seed, link_key_id, created_at)
            VALUES (1, '一', 'running', 'simulator', 'x', x'00', '{}', 1, '{}', '', 'township', '', '', 0, '', 'Asia/Shanghai', 1, '', 0);
            INSERT INTO area (id, parent_id, kind, name) VALUES (1, 0, 'township', '云溪镇'), (2, 1, 'village', '龙井村');
            INSERT INTO phone (id, number_enc, number_index, key_version, kind, fictional, desk_only, bad)
            VALUES (1, x'01', x'01', 1, 'mobile', 1, 0, 0), (2, x'02', x'02', 1, 'mobile', 1, 0, 0), (3, x'03', x'03', 1, 'landline', 1, 0, 0);
            INSERT INTO respondent (id, frame_id, area_id, added_at) VALUES (1, 1, 2, 0), (2, 1, 2, 0), (3, 1, 1, 0);
            INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES (1, 0, 1), (2, 0, 2), (3, 0, 3), (3, 1, 2);
            INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, final_code) VALUES (1, 1, 2, 1, '1.1'), (1, 2, 2, 1, '3.13'), (1, 3, 1, 1, NULL);
            INSERT INTO interview (id, campaign_id, area_id, number_kind, channel, language, turn, outcome, flagged, asked)
            VALUES (x'0A', 1, 2, 'mobile', 'voice', 'zh-CN', 9, 'complete', 0, 1);
            """);
    }
}
