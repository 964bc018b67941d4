using Microsoft.Data.Sqlite;
using SurveyDialer.Phones;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>The statements of an import, prepared once on the writer's connection. Ids are counted here: only one import writes them at a time.</summary>
internal sealed class PreparedSql : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly List<RepeatedStatement> statements = [];
    private readonly RepeatedStatement lastPhoneId;
    private readonly RepeatedStatement lastRespondentId;
    private readonly RepeatedStatement findPhone;
    private readonly RepeatedStatement findPerson;
    private readonly RepeatedStatement insertPhone;
    private readonly RepeatedStatement insertRespondent;
    private readonly RepeatedStatement nextPosition;
    private readonly RepeatedStatement isLinked;
    private readonly RepeatedStatement link;
    private readonly RepeatedStatement insertMember;
    private readonly RepeatedStatement insertRejection;
    private readonly RepeatedStatement findArea;
    private readonly RepeatedStatement insertArea;
    private readonly RepeatedStatement count;
    private long lastPhone;
    private long lastRespondent;

    internal PreparedSql(SqliteConnection connection, int keyVersion)
    {
        this.connection = connection;
        lastPhoneId = Prepare("SELECT MAX(id) FROM phone;");
        lastRespondentId = Prepare("SELECT MAX(id) FROM respondent;");
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
        insertMember = Prepare("INSERT OR IGNORE INTO frame_member (respondent_id, frame_id) SELECT id, $frame FROM respondent WHERE id = $respondent AND frame_id <> $frame;");
        insertRejection = Prepare("""
            INSERT INTO frame_rejection (frame_id, row_number, column_name, problem, arguments, fatal, row_enc)
            VALUES ($frame, $row, $column, $problem, $arguments, $fatal, $cells);
            """);
        findArea = Prepare("SELECT id FROM area WHERE parent_id = $parent AND name = $name;");
        insertArea = Prepare("INSERT INTO area (id, parent_id, kind, name) SELECT COALESCE(MAX(id), 0) + 1, $parent, $kind, $name FROM area;");
        count = Prepare("""
            UPDATE frame SET rows_read = rows_read + $read, rows_imported = rows_imported + $imported,
                rows_rejected = rows_rejected + $rejected, rows_known = rows_known + $known, rows_twice = rows_twice + $twice WHERE id = $frame;
            """);
    }

    public void Dispose() => statements.ForEach(statement => statement.Dispose());

    /// <summary>Once a story, since other stories may have run in between, or this one's last may have been undone.</summary>
    internal void FindLastIds()
    {
        lastPhone = lastPhoneId.Find() ?? 0;
        lastRespondent = lastRespondentId.Find() ?? 0;
    }

    /// <summary>The respondent of this phone who may be the person of this name.</summary>
    internal long? FindPerson(long phone, ReadOnlySpan<byte> name) => findPerson.Bind(phone).Bind(name).Find();

    /// <summary>The phone of a number, and whether it was added now; most are, so adding is tried before looking.</summary>
    internal void AddOrFindPhone(ref PreparedPhone phone, PreparedBatch batch)
    {
        var kind = phone.Kind switch
        {
            PhoneKind.Landline => "landline",
            PhoneKind.Mobile => "mobile",
        };
        insertPhone.Bind(lastPhone + 1).Bind(batch.Of(phone.Number)).Bind(batch.Of(phone.NumberIndex)).Bind(batch.Of(phone.TrunkIndex))
            .Bind(kind).Bind(phone.Fictional ? 1 : 0).Bind(phone.DeskOnly ? 1 : 0);
        phone.IsNew = insertPhone.Run() == 1;
        phone.Id = phone.IsNew ? ++lastPhone : findPhone.Bind(batch.Of(phone.NumberIndex)).Find()!.Value;
    }

    internal long InsertRespondent(long frame, long area, in PreparedRow row, PreparedBatch batch, long now)
    {
        insertRespondent.Bind(++lastRespondent).Bind(frame).Bind(area).Bind(batch.Of(row.Name)).Bind(batch.Of(row.NameIndex)).Bind(batch.Of(row.Address))
            .Bind(row.Language).Bind(now).Run();
        return lastRespondent;
    }

    /// <summary>Puts somebody whom another list brought on this one as well.</summary>
    /// <returns>False where the list has brought or named the respondent before.</returns>
    internal bool AddMember(long frame, long respondent) => insertMember.Bind(frame).Bind(respondent).Run() == 1;

    internal long NextPosition(long respondent) => nextPosition.Bind(respondent).Find()!.Value;

    internal bool IsLinked(long respondent, long phone) => isLinked.Bind(phone).Bind(respondent).Find() > 0;

    internal void Link(long respondent, long position, long phone) => link.Bind(respondent).Bind(position).Bind(phone).Run();

    internal void InsertRejection(long frame, in PreparedRow row, PreparedRejection rejection)
        => insertRejection.Bind(frame).Bind(row.Number).Bind(rejection.Column).Bind(rejection.Problem).Bind(rejection.Arguments).Bind(row.Rejected ? 1 : 0)
            .Bind(rejection.RowEnc).Run();

    internal long FindOrAddArea(long parent, string kind, string name)
    {
        if (findArea.Bind(parent).Bind(name).Find() is { } found) return found;
        insertArea.Bind(parent).Bind(kind).Bind(name).Run();
        return findArea.Bind(parent).Bind(name).Find()!.Value;
    }

    internal void Count(long frame, long read, long imported, long rejected, long known, long twice)
        => count.Bind(read).Bind(imported).Bind(rejected).Bind(known).Bind(twice).Bind(frame).Run();

    private RepeatedStatement Prepare(string text)
    {
        var statement = new RepeatedStatement(connection, text);
        statements.Add(statement);
        return statement;
    }
}
