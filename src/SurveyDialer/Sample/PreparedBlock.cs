using System.Buffers.Binary;

namespace SurveyDialer.Sample;

/// <summary>
/// What is written together: rows in the order of the list, and their phones in the order of their look-ups. Scattered over the whole index,
/// each would cost a page of its own.
/// </summary>
internal sealed class PreparedBlock
{
    private readonly IReadOnlyList<PreparedBatch> batches;
    private readonly (int Batch, int Phone)[] byLookUp;
    private readonly UInt128[] lookUps;

    /// <param name="batches">In the order of the list; all but the last are full.</param>
    internal PreparedBlock(IReadOnlyList<PreparedBatch> batches)
    {
        this.batches = batches;
        RowCount = batches.Sum(batch => batch.RowCount);
        var count = batches.Sum(batch => batch.PhoneCount);
        byLookUp = new (int, int)[count];
        lookUps = new UInt128[count];
        var at = 0;
        for (var batch = 0; batch < batches.Count; batch++)
        {
            for (var phone = 0; phone < batches[batch].PhoneCount; phone++, at++)
            {
                byLookUp[at] = (batch, phone);
                lookUps[at] = BinaryPrimitives.ReadUInt128BigEndian(batches[batch].Of(batches[batch].Phone(phone).NumberIndex));
            }
        }

        Array.Sort(lookUps, byLookUp);
    }

    internal IReadOnlyList<PreparedBatch> Batches => batches;

    internal int RowCount { get; }

    internal int PhoneCount => byLookUp.Length;

    internal ref readonly PreparedRow Row(int index, out PreparedBatch batch)
    {
        batch = batches[index / PreparedBatch.Rows];
        return ref batch.Row(index % PreparedBatch.Rows);
    }

    internal ref PreparedPhone PhoneByLookUp(int place, out PreparedBatch batch)
    {
        batch = batches[byLookUp[place].Batch];
        return ref batch.Phone(byLookUp[place].Phone);
    }

    /// <summary>Whether the phone at this place is the one before once more: the same number twice stands side by side.</summary>
    internal bool IsRepeated(int place)
        => place > 0 && lookUps[place] == lookUps[place - 1]
            && PhoneByLookUp(place, out var batch) is var phone && PhoneByLookUp(place - 1, out var batchBefore) is var before
            && batch.Of(phone.NumberIndex).SequenceEqual(batchBefore.Of(before.NumberIndex));
}
