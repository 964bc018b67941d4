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
        sql.Begin();
        foreach (var some in phones.Where((phone, at) => at == 0 || !IsSame(phones[at - 1], phone)).Chunk(RowBatch.AtOnce)) sql.AddOrFindPhones(some);
        for (var at = 1; at < phones.Count; at++)
        {
            var (before, phone) = (phones[at - 1], phones[at]);
            if (IsSame(before, phone)) (phone.Id, phone.IsNew) = (before.Id, before.IsNew);
        }
    }

    /// <param name="rows">Of the block whose numbers have been written.</param>
    internal void WriteRows(ArraySegment<PreparedRow> rows, long now)
    {
        sql.Begin();
        long imported = 0, rejected = 0, known = 0;
        foreach (var row in rows)
        {
            foreach (var rejection in row.Rejections) sql.InsertRejection(frameId, row, rejection);
            if (row.Rejected) rejected++;
            else if (Import(row, now)) imported++;
            else known++;
        }

        sql.WriteRows();
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
        var respondent = same ?? sql.AddRespondent(frameId, Area(row.Area), row, now);
        var position = isNew ? 0 : sql.NextPosition(respondent);
        foreach (var phone in row.Phones)
        {
            if (isNew || !sql.IsLinked(respondent, phone.Id)) sql.Link(respondent, position++, phone.Id);
            if (phone.IsNew) linked.Add(phone.Id);
        }

        return isNew;
    }

    private static bool IsSame(PreparedPhone one, PreparedPhone other) => one.NumberIndex.AsSpan().SequenceEqual(other.NumberIndex);

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
