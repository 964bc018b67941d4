using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using SurveyDialer.Phones;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>Turns rows into what is written: numbers parsed, fields encrypted, look-ups hashed. Pure but for the cipher's nonces; thread-safe.</summary>
internal sealed class RowPreparer(FrameLayout layout, FrameImportRequest request, FieldCipher cipher)
{
    private const int LongestText = 60;
    private const int LongestAddress = 400;

    private readonly FrameColumn[] phoneColumns = [.. layout.All(ColumnRole.Phone)];
    private readonly FrameColumn[] keptColumns = [.. layout.Columns.Where(column => column.Role is not (null or ColumnRole.Unused))];

    /// <summary>There are ten thousand; a large list has each many times.</summary>
    private readonly ConcurrentDictionary<string, byte[]> lastFourIndexes = new();

    /// <summary>One object for each village, not for each row.</summary>
    private readonly ConcurrentDictionary<AreaPath, AreaPath> areas = new();
    private readonly int name = layout.Column(ColumnRole.Name);
    private readonly int township = layout.Column(ColumnRole.Township);
    private readonly int village = layout.Column(ColumnRole.Village);
    private readonly int grid = layout.Column(ColumnRole.Grid);
    private readonly int address = layout.Column(ColumnRole.Address);
    private readonly int language = layout.Column(ColumnRole.Language);

    /// <summary>Adds a row to a batch.</summary>
    internal void Prepare(FrameRow row, PreparedBatch batch)
    {
        var findings = new List<Finding>();
        var numbers = Numbers(row, findings);
        foreach (var column in new[] { name, township, village, grid })
        {
            if (row[column].ToString().Length > LongestText) findings.Add(new Finding(column, nameof(FrameFault.TextTooLong), [$"{LongestText}"], Fatal: true));
        }

        if (row[address].ToString().Length > LongestAddress) findings.Add(new Finding(address, nameof(FrameFault.TextTooLong), [$"{LongestAddress}"], Fatal: true));
        var spoken = Languages.Recognise(row[language].ToString());
        if (spoken is null && !row[language].IsEmpty) findings.Add(new Finding(language, nameof(FrameFault.LanguageUnknown), [], Fatal: false));
        if (numbers.Count == 0 && findings.Count == 0) findings.Add(new Finding(-1, nameof(FrameFault.NumberMissing), [], Fatal: true));
        var rejected = numbers.Count == 0 || findings.Exists(finding => finding.Fatal);
        IReadOnlyList<PreparedRejection> rejections = findings.Count == 0 ? [] : Rejections(row, findings);
        var firstPhone = batch.PhoneCount;
        if (rejected)
        {
            batch.Add(new PreparedRow(row.Number, null, default, default, default, null, firstPhone, 0, rejections));
            return;
        }

        foreach (var number in numbers) Add(number, batch);
        batch.Add(new PreparedRow(
            row.Number,
            Area(row),
            Seal(SampleFields.NamePurpose, row[name], batch),
            batch.Last(SampleFields.NameIndex(cipher, row[name].ToString(), batch.Bytes)),
            Seal(SampleFields.AddressPurpose, row[address], batch),
            spoken,
            firstPhone,
            numbers.Count,
            rejections));
    }

    private List<PhoneNumber> Numbers(FrameRow row, List<Finding> findings)
    {
        var numbers = new List<PhoneNumber>();
        foreach (var column in phoneColumns)
        {
            var cell = row[column.Index];
            var read = cell.Number is { } stored ? PhoneParser.Parse(stored, request.Dial) : PhoneParser.Parse(cell.Text, request.Dial);
            foreach (var number in read.Numbers)
            {
                if (!numbers.Contains(number)) numbers.Add(number);
            }

            findings.AddRange(read.Problems.Select(problem => new Finding(column.Index, RejectedRow.PhonePrefix + problem.Fault, problem.Arguments, Fatal: false)));
        }

        return numbers;
    }

    private void Add(PhoneNumber number, PreparedBatch batch)
    {
        var lastFour = lastFourIndexes.GetOrAdd(number.LastFour, digits => SampleFields.LastFourIndex(cipher, digits));
        batch.Add(new PreparedPhone(
            batch.Last(cipher.Encrypt(SampleFields.NumberPurpose, number.Canonical, batch.Bytes)),
            batch.Last(SampleFields.NumberIndex(cipher, number, lastFour, batch.Bytes)),
            batch.Last(SampleFields.TrunkIndex(cipher, number, lastFour, batch.Bytes)),
            number.Kind,
            number.Fictional,
            number.DeskOnly));
    }

    private Field Seal(string purpose, FrameCell cell, PreparedBatch batch) => cell.IsEmpty ? default : batch.Last(cipher.Encrypt(purpose, cell.ToString(), batch.Bytes));

    private AreaPath Area(FrameRow row)
    {
        var path = new AreaPath(Tidy(row[township]) is { Length: > 0 } named ? named : request.Township, Tidy(row[village]), Tidy(row[grid]));
        return areas.GetOrAdd(path, path);
    }

    /// <summary>Blanks inside a place name are typing, not part of the name.</summary>
    private static string Tidy(FrameCell cell)
        => cell.IsEmpty ? "" : string.Concat(cell.ToString().Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));

    private List<PreparedRejection> Rejections(FrameRow row, List<Finding> findings)
    {
        var cells = new RejectedCells([.. keptColumns.Select(column => column.Title.Length > 0 ? column.Title : ColumnLetters.Of(column.Index))], [.. keptColumns.Select(column => Cut(row[column.Index]))],
            [.. keptColumns.Select(column => column.Role!.Value)]);
        var plain = JsonSerializer.SerializeToUtf8Bytes(cells, SampleJson.Default.RejectedCells);
        return
        [
            .. findings.Select(finding => new PreparedRejection(
                finding.Column < 0 ? "" : keptColumns.First(column => column.Index == finding.Column).Label,
                finding.Problem,
                JsonSerializer.Serialize(finding.Arguments, SampleJson.Default.IReadOnlyListString),
                cipher.Encrypt(SampleFields.RejectedPurpose, plain))),
        ];
    }

    private static string Cut(FrameCell cell) => cell.ToString() is { Length: > 2000 } text ? text[..2000] : cell.ToString();

    private sealed record Finding(int Column, string Problem, IReadOnlyList<string> Arguments, bool Fatal);
}
