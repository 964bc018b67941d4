using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SurveyDialer.Phones;

namespace SurveyDialer.Sample;

/// <summary>The statements of an import, prepared once on the writer's connection. Ids are counted here: only one import writes them at a time.</summary>
internal sealed partial class PreparedSql : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly int keyVersion;
    private readonly List<SqliteCommand> commands = [];
    private readonly SqliteCommand lastIds;
    private readonly SqliteCommand findPhone;
    private readonly SqliteCommand findPerson;
    private readonly SqliteCommand nextPosition;
    private readonly SqliteCommand isLinked;
    private readonly SqliteCommand insertRejection;
    private readonly SqliteCommand findArea;
    private readonly SqliteCommand insertArea;
    private readonly SqliteCommand count;
    private readonly RowBatch phones;
    private readonly RowBatch respondents;
    private readonly RowBatch links;
    private long lastPhone;
    private long lastRespondent;

    internal PreparedSql(SqliteConnection connection, int keyVersion)
    {
        this.connection = connection;
        this.keyVersion = keyVersion;
        lastIds = Prepare("SELECT COALESCE((SELECT MAX(id) FROM phone), 0), COALESCE((SELECT MAX(id) FROM respondent), 0);");
        findPhone = Prepare("SELECT id FROM phone WHERE number_index = $index;");
        findPerson = Prepare("""
            SELECT MIN(r.id) FROM respondent_phone p JOIN respondent r ON r.id = p.respondent_id
            WHERE p.phone_id = $phone AND ($name IS NULL OR r.name_index IS NULL OR r.name_index = $name);
            """);
        nextPosition = Prepare("SELECT COALESCE(MAX(position) + 1, 0) FROM respondent_phone WHERE respondent_id = $respondent;");
        isLinked = Prepare("SELECT COUNT(*) FROM respondent_phone WHERE phone_id = $phone AND respondent_id = $respondent;");
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
        phones = new RowBatch(
            connection, "INSERT INTO phone (id, number_enc, number_index, trunk_index, key_version, kind, fictional, desk_only, bad)", 9, "ON CONFLICT (number_index) DO NOTHING");
        respondents = new RowBatch(connection, "INSERT INTO respondent (id, frame_id, area_id, name_enc, name_index, address_enc, language, added_at)", 8);
        links = new RowBatch(connection, "INSERT INTO respondent_phone (respondent_id, position, phone_id)", 3);
    }

    public void Dispose()
    {
        commands.ForEach(command => command.Dispose());
        phones.Dispose();
        respondents.Dispose();
        links.Dispose();
    }

    /// <summary>Once a story, since other stories may have run in between, or this one's last may have been undone.</summary>
    internal void Begin()
    {
        phones.Clear();
        respondents.Clear();
        links.Clear();
        using var reader = lastIds.ExecuteReader();
        reader.Read();
        lastPhone = reader.GetInt64(0);
        lastRespondent = reader.GetInt64(1);
    }

    /// <summary>The respondent of this phone who may be the person of this name.</summary>
    internal long? FindPerson(long phone, byte[]? name) => Look(findPerson, phone, name) as long?;

    /// <summary>The phones of different numbers, and which of them were added now; most are, so adding is tried before looking.</summary>
    /// <param name="some">At most <see cref="RowBatch.AtOnce"/>.</param>
    internal void AddOrFindPhones(IReadOnlyList<PreparedPhone> some)
    {
        foreach (var phone in some)
        {
            phone.Id = ++lastPhone;
            phone.IsNew = true;
            var kind = phone.Kind switch
            {
                PhoneKind.Landline => "landline",
                PhoneKind.Mobile => "mobile",
            };
            phones.Add(phone.Id, phone.NumberEnc, phone.NumberIndex, phone.TrunkIndex, keyVersion, kind, phone.Fictional ? 1 : 0, phone.DeskOnly ? 1 : 0, 0);
        }

        if (phones.Write() == some.Count) return;
        foreach (var phone in some)
        {
            var found = (long)Set(findPhone, phone.NumberIndex).ExecuteScalar()!;
            (phone.Id, phone.IsNew) = (found, found == phone.Id);
        }
    }

    internal long AddRespondent(long frame, long area, PreparedRow row, long now)
    {
        if (respondents.Count == RowBatch.AtOnce) WriteRows();
        respondents.Add(++lastRespondent, frame, area, row.NameEnc, row.NameIndex, row.AddressEnc, row.Language, now);
        return lastRespondent;
    }

    internal long NextPosition(long respondent) => (long)Look(nextPosition, respondent)!;

    internal bool IsLinked(long respondent, long phone) => (long)Look(isLinked, phone, respondent)! > 0;

    internal void Link(long respondent, long position, long phone) => links.Add(respondent, position, phone);

    /// <summary>Writes the respondents and links that were added; before the end of a story, and before anything is looked for among them.</summary>
    internal void WriteRows()
    {
        respondents.Write();
        links.Write();
    }

    internal void InsertRejection(long frame, PreparedRow row, PreparedRejection rejection)
        => Set(insertRejection, frame, row.Number, rejection.Column, rejection.Problem, rejection.Arguments, row.Rejected ? 1 : 0, rejection.RowEnc).ExecuteNonQuery();

    internal long FindOrAddArea(long parent, AreaStep step)
    {
        if (Set(findArea, parent, step.Name).ExecuteScalar() is long found) return found;
        Set(insertArea, parent, step.Kind, step.Name).ExecuteNonQuery();
        return (long)Set(findArea, parent, step.Name).ExecuteScalar()!;
    }

    internal void Count(long frame, long read, long imported, long rejected, long known) => Set(count, read, imported, rejected, known, frame).ExecuteNonQuery();

    private object? Look(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        WriteRows();
        return Set(command, values).ExecuteScalar();
    }

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
