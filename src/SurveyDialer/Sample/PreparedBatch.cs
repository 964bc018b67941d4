using System.Buffers;
using SurveyDialer.Phones;

namespace SurveyDialer.Sample;

/// <summary>
/// Rows read, checked and encrypted outside of the stories that write them. Their bytes lie in one buffer: with an object for each field the
/// collector would stop the whole process for tens of milliseconds at a time, and with it somebody's turn on the telephone.
/// </summary>
internal sealed class PreparedBatch
{
    /// <summary>Rows of a batch; only the last one of a list has fewer.</summary>
    internal const int Rows = 1024;

    private readonly ArrayBufferWriter<byte> bytes = new();
    private readonly PreparedRow[] rows = new PreparedRow[Rows];
    private PreparedPhone[] phones = new PreparedPhone[2 * Rows];

    /// <summary>Where fields are written to.</summary>
    internal IBufferWriter<byte> Bytes => bytes;

    internal int RowCount { get; private set; }

    internal int PhoneCount { get; private set; }

    internal ref readonly PreparedRow Row(int index) => ref rows[index];

    internal ref PreparedPhone Phone(int index) => ref phones[index];

    internal ReadOnlySpan<byte> Of(Field field) => bytes.WrittenSpan.Slice(field.Start, field.Length);

    internal void Add(in PreparedRow row) => rows[RowCount++] = row;

    /// <summary>Phones of a row stand before it.</summary>
    internal void Add(in PreparedPhone phone)
    {
        if (PhoneCount == phones.Length) Array.Resize(ref phones, 2 * phones.Length);
        phones[PhoneCount++] = phone;
    }

    /// <summary>The field whose bytes were written to <see cref="Bytes"/> last.</summary>
    internal Field Last(int length) => new(bytes.WrittenCount - length, length);

    /// <summary>Ready for other rows.</summary>
    internal void Clear()
    {
        bytes.ResetWrittenCount();
        rows.AsSpan(0, RowCount).Clear();
        (RowCount, PhoneCount) = (0, 0);
    }
}

/// <summary>Where the bytes of a field lie in its batch; none where it holds nothing.</summary>
internal readonly record struct Field(int Start, int Length);

/// <param name="Number">As in <see cref="FrameRow"/>.</param>
/// <param name="Area">Null where the row is rejected.</param>
/// <param name="FirstPhone">Of its <paramref name="PhoneCount"/> phones.</param>
internal readonly record struct PreparedRow(
    int Number, AreaPath? Area, Field Name, Field NameIndex, Field Address, string? Language, int FirstPhone, int PhoneCount,
    IReadOnlyList<PreparedRejection> Rejections)
{
    internal bool Rejected => PhoneCount == 0;
}

/// <summary>A number of a row, ready to be written.</summary>
internal record struct PreparedPhone(Field Number, Field NumberIndex, Field TrunkIndex, PhoneKind Kind, bool Fictional, bool DeskOnly)
{
    /// <summary>Row of <c>phone</c>; 0 before it is written or found.</summary>
    internal long Id { get; set; }

    /// <summary>Nobody else can be linked to it: it was not there before, and no other row of the block names it.</summary>
    internal bool IsNew { get; set; }
}

/// <summary>Where a row's people live; a village or grid that the list does not name is empty.</summary>
internal sealed record AreaPath(string Township, string Village, string Grid)
{
    /// <summary>Kinds as in <c>area.kind</c>, from the township down.</summary>
    internal IEnumerable<(string Kind, string Name)> Steps => new[] { ("township", Township), ("village", Village), ("grid", Grid) }.Where(step => step.Item2.Length > 0);
}

/// <summary>One thing wrong with a row.</summary>
/// <param name="Problem">Name of a <see cref="FrameFault"/>, or <c>Phone.</c> and the name of a <see cref="PhoneFault"/>.</param>
internal sealed record PreparedRejection(string Column, string Problem, string Arguments, byte[] RowEnc);
