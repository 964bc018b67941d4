using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Estimates;

/// <summary>Owner of <c>benchmark</c> and <c>index_target</c>.</summary>
internal static class OfficialStore
{
    private const string SelectResults = """
        SELECT id, level, name, tag, period, hundredths, n, rank, places, source, entered_by, entered_at FROM benchmark ORDER BY tag, period DESC, level, name, id;
        """;

    private const string SaveResult = """
        INSERT INTO benchmark (level, name, tag, period, hundredths, n, rank, places, source, entered_by, entered_at)
        VALUES (@level, @Name, @Tag, @period, @hundredths, @N, @Rank, @Places, @Source, @who, @now)
        ON CONFLICT (tag, level, name, period, source) DO UPDATE
        SET hundredths = excluded.hundredths, n = excluded.n, rank = excluded.rank, places = excluded.places, entered_by = excluded.entered_by, entered_at = excluded.entered_at;
        """;

    private const string SaveIndexTarget = """
        INSERT INTO index_target (tag, period, hundredths, rank, entered_by, entered_at) VALUES (@Tag, @period, @hundredths, @Rank, @who, @now)
        ON CONFLICT (tag, period) DO UPDATE SET hundredths = excluded.hundredths, rank = excluded.rank, entered_by = excluded.entered_by, entered_at = excluded.entered_at;
        """;

    internal static IReadOnlyList<OfficialResult> Results(SqliteConnection connection) => [.. connection.Query<ResultRow>(SelectResults).Select(row => row.Read())];

    internal static void Save(SqliteConnection connection, OfficialResult result, string who, long now) => connection.Execute(SaveResult, new
    {
        level = Level(result.Level), result.Name, result.Tag, period = result.Period.ToString(), hundredths = Hundredths(result.Percent), result.N, result.Rank, result.Places, result.Source, who, now,
    });

    internal static bool DeleteResult(SqliteConnection connection, long id) => connection.Execute("DELETE FROM benchmark WHERE id = @id;", new { id }) == 1;

    internal static IReadOnlyList<IndexTarget> Targets(SqliteConnection connection)
        => [.. connection.Query<TargetRow>("SELECT tag, period, hundredths, rank, entered_by, entered_at FROM index_target ORDER BY tag, period DESC;").Select(row => row.Read())];

    internal static void Save(SqliteConnection connection, IndexTarget target, string who, long now) => connection.Execute(
        SaveIndexTarget, new { target.Tag, period = target.Period.ToString(), hundredths = target.Percent is { } percent ? Hundredths(percent) : (long?)null, target.Rank, who, now });

    internal static bool DeleteTarget(SqliteConnection connection, string tag, string period)
        => connection.Execute("DELETE FROM index_target WHERE tag = @tag AND period = @period;", new { tag, period }) == 1;

    internal static string Level(OfficialLevel level) => level switch
    {
        OfficialLevel.Own => "own",
        OfficialLevel.County => "county",
        OfficialLevel.City => "city",
        OfficialLevel.Province => "province",
        OfficialLevel.Peer => "peer",
    };

    private static long Hundredths(decimal percent) => (long)(percent * 100);

    private sealed record ResultRow
    {
        public long Id { get; init; }

        public string Level { get; init; } = "";

        public string Name { get; init; } = "";

        public string Tag { get; init; } = "";

        public string Period { get; init; } = "";

        public long Hundredths { get; init; }

        public long? N { get; init; }

        public long? Rank { get; init; }

        public long? Places { get; init; }

        public string Source { get; init; } = "";

        public string EnteredBy { get; init; } = "";

        public long EnteredAt { get; init; }

        internal OfficialResult Read() => new()
        {
            Id = Id, Level = Enum.GetValues<OfficialLevel>().Single(level => OfficialStore.Level(level) == Level), Name = Name, Tag = Tag, Period = RoundPeriod.Read(Period),
            Percent = Hundredths / 100m, N = N, Rank = (int?)Rank, Places = (int?)Places, Source = Source, EnteredBy = EnteredBy, EnteredAt = EnteredAt,
        };
    }

    private sealed record TargetRow
    {
        public string Tag { get; init; } = "";

        public string Period { get; init; } = "";

        public long? Hundredths { get; init; }

        public long? Rank { get; init; }

        public string EnteredBy { get; init; } = "";

        public long EnteredAt { get; init; }

        internal IndexTarget Read() => new(Tag, RoundPeriod.Read(Period), Hundredths / 100m, (int?)Rank) { EnteredBy = EnteredBy, EnteredAt = EnteredAt };
    }
}
