using System.Globalization;
using Microsoft.Data.Sqlite;
using SurveyDialer.People;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>One row of a file that was not taken.</summary>
public sealed record OfficialRowProblem(int Row, string Words);

/// <summary>What came of a file.</summary>
/// <param name="Taken">Rows that are kept now.</param>
/// <param name="Problem">Why the whole file cannot be read; null: it was read.</param>
public sealed record OfficialImport(int Taken, IReadOnlyList<OfficialRowProblem> Problems, string? Problem);

/// <summary>Official results and targets: typed in, brought in as a file, looked through for what cannot be right.</summary>
public sealed class OfficialDesk(Database database, IndexSetLibrary library, TimeProvider clock)
{
    /// <summary>Titles of the columns of a file, Chinese and English; exports have the same.</summary>
    public static IReadOnlyList<string[]> Columns { get; } =
    [
        ["指标", "index", "tag"], ["级别", "level"], ["地区", "名称", "place", "name"], ["时期", "period"], ["百分比", "得分", "per cent", "percent"],
        ["样本量", "n", "interviews"], ["名次", "rank"], ["参加排名数", "places"], ["来源", "source"],
    ];

    private static readonly int[] Required = [0, 1, 3, 4, 8];

    /// <summary>All results, by index, the newest first.</summary>
    public IReadOnlyList<OfficialResult> Results() => database.Read(OfficialStore.Results);

    /// <inheritdoc cref="Results()"/>
    public static IReadOnlyList<OfficialResult> Results(SqliteConnection connection) => OfficialStore.Results(connection);

    /// <summary>All targets, by index, the newest first.</summary>
    public IReadOnlyList<IndexTarget> Targets() => database.Read(OfficialStore.Targets);

    /// <inheritdoc cref="Targets()"/>
    public static IReadOnlyList<IndexTarget> Targets(SqliteConnection connection) => OfficialStore.Targets(connection);

    /// <summary>What can be chosen as an index: tag, or id of a composite, to name.</summary>
    public IReadOnlyDictionary<string, LocalText> Names()
    {
        var onDisk = library.Sets;
        return database.Read(connection => IndexNames.All(connection, onDisk));
    }

    /// <summary>Keeps a result; one of the same index, place, period and source is replaced.</summary>
    /// <returns>What is wrong with it; empty when it was kept.</returns>
    public async Task<IReadOnlyList<OfficialProblem>> SaveAsync(OfficialInput input, string who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (result, problems) = input.Read(IndexNames.ByName(Names()));
        if (result is not null) await SaveAsync([result], who, "benchmark-saved", Described(result), cancellation);
        return problems;
    }

    /// <summary>Takes results from a .csv or workbook, row by row; a row that is wrong is told and the others are kept.</summary>
    public async Task<OfficialImport> ImportAsync(Stream file, string who, CultureInfo culture, CancellationToken cancellation)
    {
        var (rows, unreadable) = SmallTable.Read(file, Columns, Required, culture);
        if (rows is null) return new OfficialImport(0, [], unreadable);
        var names = IndexNames.ByName(Names());
        var taken = new List<OfficialResult>();
        var problems = new List<OfficialRowProblem>();
        foreach (var (row, cells) in rows)
        {
            var (result, wrong) = Input(cells).Read(names);
            if (result is not null) taken.Add(result);
            else problems.Add(new OfficialRowProblem(row, string.Join(' ', wrong.Select(problem => problem.InWords(culture)))));
        }

        if (taken.Count > 0) await SaveAsync(taken, who, "benchmarks-imported", $"{taken.Count} rows, {problems.Count} not taken", cancellation);
        return new OfficialImport(taken.Count, problems, null);
    }

    /// <summary>False when it was gone already.</summary>
    public Task<bool> DeleteAsync(long id, string who, CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            if (OfficialStore.Results(connection).FirstOrDefault(result => result.Id == id) is not { } result) return false;
            AuditLog.Add(connection, clock.NowMillis(), who, "benchmark-deleted", Described(result));
            return OfficialStore.DeleteResult(connection, id);
        },
        cancellation);

    /// <summary>Keeps a target; one of the same index and period is replaced.</summary>
    /// <param name="percent">As typed; empty: no rate.</param>
    /// <param name="rank">As typed; empty: no place.</param>
    /// <returns>What is wrong with it; null when it was kept.</returns>
    public async Task<OfficialProblem?> SaveTargetAsync(string? index, string? period, string? percent, string? rank, string who, CancellationToken cancellation)
    {
        if (!IndexNames.ByName(Names()).TryGetValue(Numbers.Plain(index), out var tag)) return new OfficialProblem("index_unknown", Numbers.Plain(index));
        if (!RoundPeriod.TryRead(period, out var when)) return new OfficialProblem("period_unknown", Numbers.Plain(period));
        var (rate, place) = (Numbers.Percent(percent), Numbers.Whole(rank));
        if (rate is null or > 100 && Numbers.Plain(percent).Length > 0) return new OfficialProblem("target_percent", Numbers.Plain(percent));
        if (place is null or < 1 or > 100_000 && Numbers.Plain(rank).Length > 0) return new OfficialProblem("rank_unknown", Numbers.Plain(rank));
        if (rate is null && place is null) return new OfficialProblem("target_empty");
        var target = new IndexTarget(tag, when, rate, (int?)place);
        await database.WriteAsync(
            connection =>
            {
                OfficialStore.Save(connection, target, who, clock.NowMillis());
                AuditLog.Add(connection, clock.NowMillis(), who, "target-saved", $"{target.Tag} {target.Period}: {target.Percent}%, rank {target.Rank}");
            },
            cancellation);
        return null;
    }

    /// <summary>False when it was gone already.</summary>
    public Task<bool> DeleteTargetAsync(string tag, string period, string who, CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            if (!OfficialStore.DeleteTarget(connection, tag, period)) return false;
            AuditLog.Add(connection, clock.NowMillis(), who, "target-deleted", $"{tag} {period}");
            return true;
        },
        cancellation);

    private static OfficialInput Input(string?[] cells) => new()
    {
        Index = cells[0], Level = cells[1], Name = cells[2], Period = cells[3], Percent = cells[4], N = cells[5], Rank = cells[6], Places = cells[7], Source = cells[8],
    };

    private Task SaveAsync(IReadOnlyList<OfficialResult> results, string who, string action, string detail, CancellationToken cancellation) => database.WriteAsync(
        connection =>
        {
            var now = clock.NowMillis();
            foreach (var result in results) OfficialStore.Save(connection, result, who, now);
            AuditLog.Add(connection, now, who, action, detail);
        },
        cancellation);

    private static string Described(OfficialResult result)
        => $"{result.Tag} {OfficialStore.Level(result.Level)} {result.Name} {result.Period}: {result.Percent.ToString("0.00", CultureInfo.InvariantCulture)} ({result.Source})";
}
