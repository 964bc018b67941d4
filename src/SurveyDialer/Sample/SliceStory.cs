using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>
/// The stories of a block's slices: first its numbers, then its rows. A row whose number and name are known adds at most a further number; another name is a further person of the
/// household; a row without name, or a known respondent without one, is taken for the same person.
/// </summary>
internal sealed class SliceStory(SqliteConnection connection, int keyVersion, long frameId, Dictionary<AreaPath, long> areas) : IDisposable
{
    private readonly PreparedSql sql = new(connection, keyVersion);

    /// <summary>Adds or finds the numbers at these places in the order of their look-ups.</summary>
    internal void WritePhones(PreparedBlock block, int first, int count)
    {
        sql.FindLastIds();
        for (var place = first; place < first + count; place++)
        {
            ref var phone = ref block.PhoneByLookUp(place, out var batch);
            if (block.IsRepeated(place))
            {
                ref var before = ref block.PhoneByLookUp(place - 1, out _);
                (phone.Id, phone.IsNew, before.IsNew) = (before.Id, false, false);
                continue;
            }

            sql.AddOrFindPhone(ref phone, batch);
        }
    }

    /// <summary>Writes rows of a block whose numbers have been written.</summary>
    internal void WriteRows(PreparedBlock block, int first, int count, long now)
    {
        sql.FindLastIds();
        long imported = 0, rejected = 0, known = 0, twice = 0;
        for (var index = first; index < first + count; index++)
        {
            ref readonly var row = ref block.Row(index, out var batch);
            foreach (var rejection in row.Rejections) sql.InsertRejection(frameId, row, rejection);
            if (row.Rejected)
            {
                rejected++;
            }
            else
            {
                var met = Import(row, batch, now);
                if (met == Met.Never) imported++;
                else known++;
                if (met == Met.OnThisList) twice++;
            }
        }

        sql.Count(frameId, count, imported, rejected, known, twice);
    }

    public void Dispose() => sql.Dispose();

    /// <summary>Where a row's person had been met before.</summary>
    private enum Met
    {
        Never,
        OnEarlierList,
        OnThisList,
    }

    private Met Import(in PreparedRow row, PreparedBatch batch, long now)
    {
        long? same = null;
        for (var index = row.FirstPhone; index < row.FirstPhone + row.PhoneCount; index++)
        {
            ref var phone = ref batch.Phone(index);
            if (!phone.IsNew) same ??= sql.FindPerson(phone.Id, batch.Of(row.NameIndex));
        }

        var isNew = same is null;
        var respondent = same ?? sql.InsertRespondent(frameId, Area(row.Area!), row, batch, now);
        var met = isNew ? Met.Never : sql.AddMember(frameId, respondent) ? Met.OnEarlierList : Met.OnThisList;
        var position = isNew ? 0 : sql.NextPosition(respondent);
        for (var index = row.FirstPhone; index < row.FirstPhone + row.PhoneCount; index++)
        {
            var phone = batch.Phone(index).Id;
            if (isNew || !sql.IsLinked(respondent, phone)) sql.Link(respondent, position++, phone);
        }

        return met;
    }

    private long Area(AreaPath path)
    {
        if (areas.TryGetValue(path, out var known)) return known;
        long area = 0;
        foreach (var (kind, name) in path.Steps) area = sql.FindOrAddArea(area, kind, name);
        areas.Add(path, area);
        return area;
    }
}
