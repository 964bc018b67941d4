using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>
/// The stories of a block's slices: first its numbers, then its rows. A row whose number and name are known adds at most a further number; another name is a further person of the
/// household; a row without name, or a known respondent without one, is taken for the same person.
/// </summary>
internal sealed class SliceStory : IDisposable
{
    private readonly long frameId;
    private readonly Dictionary<(long Parent, string Name), long> areas;
    private readonly PreparedSql sql;
    private readonly HashSet<long> linked = [];

    internal SliceStory(SqliteConnection connection, int keyVersion, long frameId, Dictionary<(long Parent, string Name), long> areas)
    {
        this.frameId = frameId;
        this.areas = areas;
        sql = new PreparedSql(connection, keyVersion);
    }

    /// <summary>Adds or finds each number; the same number twice stands side by side.</summary>
    /// <param name="phones">In the order of their look-ups.</param>
    internal void WritePhones(ArraySegment<PreparedPhone> phones)
    {
        sql.FindLastIds();
        PreparedPhone? last = null;
        foreach (var phone in phones)
        {
            if (last is not null && last.NumberIndex.AsSpan().SequenceEqual(phone.NumberIndex)) (phone.Id, phone.IsNew) = (last.Id, last.IsNew);
            else sql.AddOrFindPhone(phone);
            last = phone;
        }
    }

    /// <param name="rows">Of the block whose numbers have been written.</param>
    internal void WriteRows(ArraySegment<PreparedRow> rows, long now)
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

    /// <summary>The next block's numbers look for the persons of this one in the tables.</summary>
    internal void EndBlock() => linked.Clear();

    public void Dispose() => sql.Dispose();

    /// <summary>True when the row brought a new respondent.</summary>
    private bool Import(PreparedRow row, long now)
    {
        long? same = null;
        foreach (var phone in row.Phones)
        {
            // Before its first row nobody can be linked to a new number.
            if (!phone.IsNew || linked.Contains(phone.Id)) same ??= sql.FindPerson(phone.Id, row.NameIndex);
        }

        var isNew = same is null;
        var respondent = same ?? sql.InsertRespondent(frameId, Area(row.Area), row, now);
        var position = isNew ? 0 : sql.NextPosition(respondent);
        foreach (var phone in row.Phones)
        {
            if (isNew || !sql.IsLinked(respondent, phone.Id)) sql.Link(respondent, position++, phone.Id);
            if (phone.IsNew) linked.Add(phone.Id);
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
