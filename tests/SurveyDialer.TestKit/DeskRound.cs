using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.TestKit;

/// <summary>
/// A round for desk telephones. Its numbers belong to nobody, but are stored as real ones, since only those are handed to people.
/// </summary>
public static class DeskRound
{
    /// <summary>Adds a list; respondents are numbered from 1, each with a landline of their own unless said otherwise.</summary>
    /// <param name="sharedNumber">Everybody lives behind one landline.</param>
    /// <returns>Its id.</returns>
    public static long AddList(SqliteConnection connection, FieldCipher cipher, int respondents, bool sharedNumber = false, string? language = null)
    {
        connection.Execute("INSERT INTO area (id, parent_id, kind, name) VALUES (1, 0, 'township', '云溪镇'), (2, 1, 'village', '大坪村') ON CONFLICT DO NOTHING;");
        var frame = connection.QuerySingle<long>("""
            INSERT INTO frame (name, source, legal_basis, kind, imported_at, rows_read, rows_imported, rows_rejected, rows_known)
            VALUES ('名单', '台账', '依法履职', 'list', 1, 1, 1, 0, 0) RETURNING id;
            """);
        for (var i = 1; i <= respondents; i++)
        {
            connection.Execute(
                "INSERT INTO respondent (id, frame_id, area_id, name_enc, language, added_at) VALUES (@i, @frame, 2, @name, @language, 0);",
                new { i, frame, language, name = cipher.Encrypt(SampleFields.NamePurpose, $"张三{i}") });
            if (i == 1 || !sharedNumber) AddPhone(connection, cipher, i, Number(i));
            connection.Execute("INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES (@i, 0, @phone);", new { i, phone = sharedNumber ? 1 : i });
        }

        return frame;
    }

    /// <summary>The number of a respondent.</summary>
    public static string Number(int respondent) => $"+868510{respondent:D6}5";

    /// <summary>A round on a list, complete enough to be launched.</summary>
    public static CampaignDraft Draft(string templatesFolder, string template, long frame)
    {
        var read = TemplateReader.Read(File.ReadAllText(Path.Combine(templatesFolder, template, "template.yaml")), template).Template!;
        return new CampaignDraft
        {
            Name = "第一季度",
            TemplateId = template,
            Carrier = "desk-phone",
            Organiser = "云溪镇人民政府",
            Approval = "云统〔2026〕1号",
            Blanks = new Dictionary<string, string>(BlankFilling.Examples(read), StringComparer.Ordinal) { ["delete_days"] = "30", ["verify_phone"] = "0851-01234567" },
            Frames = [frame],
            LastDay = new DateOnly(2026, 3, 20),
        };
    }

    private static void AddPhone(SqliteConnection connection, FieldCipher cipher, long id, string canonical)
    {
        var number = PhoneNumber.Read(canonical);
        connection.Execute(
            "INSERT INTO phone (id, number_enc, number_index, key_version, kind, fictional, desk_only, bad) VALUES (@id, @encrypted, @index, 1, 'landline', 0, 0, 0);",
            new { id, encrypted = cipher.Encrypt(SampleFields.NumberPurpose, number.Canonical), index = SampleFields.NumberIndex(cipher, number) });
    }
}
