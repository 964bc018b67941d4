using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>
/// The story of a slice. A row whose number and name are known adds at most a further number; another name is a further person of the
/// household; a row without name, or a known respondent without one, is taken for the same person.
/// </summary>
internal sealed class SliceStory : IDisposable
{
    private readonly long frameId;
    private readonly Dictionary<(long Parent, string Name), long> areas;
    private readonly PreparedSql sql;
    private readonly List<long> rowPhones = [];

    internal SliceStory(SqliteConnection connection, int keyVersion, long frameId, Dictionary<(long Parent, string Name), long> areas)
    {
        this.frameId = frameId;
        this.areas = areas;
        sql = new PreparedSql(connection, keyVersion);
    }

    internal void Write(ArraySegment<PreparedRow> rows, long now)
    {
        sql.FindLastIds();
        long imported = 0, rejected = 0, known = 0;
        foreach (var row in rows)
        {
            foreach (var rejection in row.Rejections) sql.InsertRejection(frameId, row, rejection);
            if (row.Rejected) rejected++;
            else if (Import(row, now)) imported++;
            else known++;
        }

        sql.Count(frameId, rows.Count, imported, rejected, known);
    }

    public void Dispose() => sql.Dispose();

    /// <summary>True when the row brought a new respondent.</summary>
    private bool Import(PreparedRow row, long now)
    {
        rowPhones.Clear();
        long? same = null;
        foreach (var phone in row.Phones)
        {
            var (id, isNewPhone) = sql.AddOrFindPhone(phone);
            if (!isNewPhone) same ??= sql.FindPerson(id, row.NameIndex);
            rowPhones.Add(id);
        }

        var isNew = same is null;
        var respondent = same ?? sql.InsertRespondent(frameId, Area(row.Area), row, now);
        var position = isNew ? 0 : sql.NextPosition(respondent);
        foreach (var phone in rowPhones)
        {
            if (isNew || !sql.IsLinked(respondent, phone)) sql.Link(respondent, position++, phone);
        }

        return isNew;
    }

    private long Area(IReadOnlyList<AreaStep> steps)
    {
        long parent = 0;
        foreach (var step in steps)
        {
            var key = (parent, step.Name);
            if (!areas.TryGetValue(key, out var id)) areas.Add(key, id = sql.FindOrAddArea(parent, step));
            parent = id;
        }

        return parent;
    }
}
