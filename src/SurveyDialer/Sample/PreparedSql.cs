using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SurveyDialer.Phones;

namespace SurveyDialer.Sample;

/// <summary>The statements of an import, prepared once on the writer's connection. Ids are counted here: only one import writes them at a time.</summary>
internal sealed partial class PreparedSql : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly List<SqliteCommand> commands = [];
    private readonly SqliteCommand lastIds;
    private readonly SqliteCommand findPhone;
    private readonly SqliteCommand findPerson;
    private readonly SqliteCommand insertPhone;
    private readonly SqliteCommand insertRespondent;
    private readonly SqliteCommand nextPosition;
    private readonly SqliteCommand isLinked;
    private readonly SqliteCommand link;
    private readonly SqliteCommand insertRejection;
    private readonly SqliteCommand findArea;
    private readonly SqliteCommand insertArea;
    private readonly SqliteCommand count;
    private long lastPhone;
    private long lastRespondent;

    internal PreparedSql(SqliteConnection connection, int keyVersion)
    {
        this.connection = connection;
        lastIds = Prepare("SELECT COALESCE((SELECT MAX(id) FROM phone), 0), COALESCE((SELECT MAX(id) FROM respondent), 0);");
        findPhone = Prepare("SELECT id FROM phone WHERE number_index = $index;");
        findPerson = Prepare("""
            SELECT MIN(r.id) FROM respondent_phone p JOIN respondent r ON r.id = p.respondent_id
            WHERE p.phone_id = $phone AND ($name IS NULL OR r.name_index IS NULL OR r.name_index = $name);
            """);
        insertPhone = Prepare($"""
            INSERT INTO phone (id, number_enc, number_index, trunk_index, key_version, kind, fictional, desk_only, bad)
            VALUES ($id, $number, $index, $trunk, {keyVersion}, $kind, $fictional, $desk, 0)
            ON CONFLICT (number_index) DO NOTHING;
            """);
        insertRespondent = Prepare("""
            INSERT INTO respondent (id, frame_id, area_id, name_enc, name_index, address_enc, language, added_at)
            VALUES ($id, $frame, $area, $name, $nameIndex, $address, $language, $now);
            """);
        nextPosition = Prepare("SELECT COALESCE(MAX(position) + 1, 0) FROM respondent_phone WHERE respondent_id = $respondent;");
        isLinked = Prepare("SELECT COUNT(*) FROM respondent_phone WHERE phone_id = $phone AND respondent_id = $respondent;");
        link = Prepare("INSERT INTO respondent_phone (respondent_id, position, phone_id) VALUES ($respondent, $position, $phone);");
        insertRejection = Prepare("""
            INSERT INTO frame_rejection (frame_id, row_number, column_name, problem, arguments, fatal, row_enc)
            VALUES ($frame, $row, $column, $problem, $arguments, $fatal, $cells);
            """);
        findArea = Prepare("SELECT id FROM area WHERE parent_id = $parent AND name = $name;");
        insertArea = Prepare("INSERT INTO area (id, parent_id, kind, name) SELECT COALESCE(MAX(id), 0) + 1, $parent, $kind, $name FROM area;");
        count = Prepare("""
            UPDATE frame SET rows_read = rows_read + $read, rows_imported = rows_imported + $imported,
                rows_rejected = rows_rejected + $rejected, rows_known = rows_known + $known WHERE id = $frame;
            """);
    }

    public void Dispose() => commands.ForEach(command => command.Dispose());

    /// <summary>Once a story, since other stories may have run in between, or this one's last may have been undone.</summary>
    internal void FindLastIds()
    {
        using var reader = lastIds.ExecuteReader();
        reader.Read();
        lastPhone = reader.GetInt64(0);
        lastRespondent = reader.GetInt64(1);
    }

    /// <summary>The respondent of this phone who may be the person of this name.</summary>
    internal long? FindPerson(long phone, byte[]? name) => Set(findPerson, phone, name).ExecuteScalar() as long?;

    /// <summary>The phone of a number, and whether it was added now; most are, so adding is tried before looking.</summary>
    internal void AddOrFindPhone(PreparedPhone phone)
    {
        var kind = phone.Kind switch
        {
            PhoneKind.Landline => "landline",
            PhoneKind.Mobile => "mobile",
        };
        Set(insertPhone, lastPhone + 1, phone.NumberEnc, phone.NumberIndex, phone.TrunkIndex, kind, phone.Fictional ? 1 : 0, phone.DeskOnly ? 1 : 0);
        phone.IsNew = insertPhone.ExecuteNonQuery() == 1;
        phone.Id = phone.IsNew ? ++lastPhone : (long)Set(findPhone, phone.NumberIndex).ExecuteScalar()!;
    }

    internal long InsertRespondent(long frame, long area, PreparedRow row, long now)
    {
        Set(insertRespondent, ++lastRespondent, frame, area, row.NameEnc, row.NameIndex, row.AddressEnc, row.Language, now).ExecuteNonQuery();
        return lastRespondent;
    }

    internal long NextPosition(long respondent) => (long)Set(nextPosition, respondent).ExecuteScalar()!;

    internal bool IsLinked(long respondent, long phone) => (long)Set(isLinked, phone, respondent).ExecuteScalar()! > 0;

    internal void Link(long respondent, long position, long phone) => Set(link, respondent, position, phone).ExecuteNonQuery();

    internal void InsertRejection(long frame, PreparedRow row, PreparedRejection rejection)
        => Set(insertRejection, frame, row.Number, rejection.Column, rejection.Problem, rejection.Arguments, row.Rejected ? 1 : 0, rejection.RowEnc).ExecuteNonQuery();

    internal long FindOrAddArea(long parent, AreaStep step)
    {
        if (Set(findArea, parent, step.Name).ExecuteScalar() is long found) return found;
        Set(insertArea, parent, step.Kind, step.Name).ExecuteNonQuery();
        return (long)Set(findArea, parent, step.Name).ExecuteScalar()!;
    }

    internal void Count(long frame, long read, long imported, long rejected, long known) => Set(count, read, imported, rejected, known, frame).ExecuteNonQuery();

    private static SqliteCommand Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++) command.Parameters[index].Value = values[index] ?? DBNull.Value;
        return command;
    }

    /// <summary>Parameters stand in the order in which the text first names them.</summary>
    private SqliteCommand Prepare(string text)
    {
        var command = new SqliteCommand(text, connection);
        foreach (var parameter in ParameterNames().Matches(text).Select(match => match.Value).Distinct()) command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        command.Prepare();
        commands.Add(command);
        return command;
    }

    [GeneratedRegex(@"\$[A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterNames();
}
