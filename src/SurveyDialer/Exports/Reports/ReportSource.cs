using System.Globalization;
using System.Resources;
using Dapper;
using SurveyDialer.Dispositions;
using SurveyDialer.Estimates;
using SurveyDialer.FollowUps;

namespace SurveyDialer.Exports.Reports;

/// <summary>Everything that a report is made of: what is published of a round, and how it was held.</summary>
internal sealed class ReportSource
{
    private const string SelectFrames = "SELECT f.name, f.source, f.legal_basis, f.kind, f.rows_imported FROM frame f JOIN campaign_frame c ON c.frame_id = f.id WHERE c.campaign_id = @Id ORDER BY f.id;";

    private const string SelectDraw = "SELECT version, seed, frame_sha256, frame_size, drawn FROM sample_draw WHERE campaign_id = @Id;";

    private static readonly ResourceManager Words = new("SurveyDialer.Exports.Reports.ReportTexts", typeof(ReportSource).Assembly);

    internal required ExportSource Round { get; init; }

    internal required RoundResults Results { get; init; }

    internal required OutcomeResults Outcomes { get; init; }

    /// <summary>Official results and targets.</summary>
    internal required RoundStanding Standing { get; init; }

    /// <summary>Rounds whose figures can be held against an official result of the same period, this one among them.</summary>
    internal required IReadOnlyList<PastRound> Past { get; init; }

    internal required Chain Chain { get; init; }

    internal required IReadOnlyList<AreaVisitItem> Visits { get; init; }

    internal required IReadOnlyList<ReportFrame> Frames { get; init; }

    /// <summary>Null: everybody of the lists.</summary>
    internal required ReportDraw? Draw { get; init; }

    internal required IReadOnlyList<(string Channel, long Interviews)> Reach { get; init; }

    internal CultureInfo Culture => Round.Texts.Culture;

    /// <summary>Practice, or whom the round asked where these are not the residents, in full; null: residents, by real calls.</summary>
    internal string? Label => RoundWords.Label(Standing.Round, Culture);

    /// <inheritdoc cref="Label"/>
    internal string? ShortLabel => RoundWords.ShortLabel(Standing.Round, Culture);

    /// <summary>A heading that says itself where its figures are not those of residents: a sheet is copied without what stands above it.</summary>
    internal string Labelled(string heading) => ShortLabel is { } label ? Say("labelled", heading, label) : heading;

    /// <inheritdoc cref="Labelled"/>
    internal string Caption(string key) => Labelled(this[key]);

    internal string this[string key] => Words.GetString(key, Culture) ?? throw new InvalidOperationException($"There is no text '{key}'.");

    /// <summary>A text with its blanks filled.</summary>
    internal string Say(string key, params object?[] arguments) => string.Format(CultureInfo.InvariantCulture, this[key], arguments);

    internal string Day(long? millis) => Round.Day(millis) is { } day ? Day(day) : this["never"];

    internal string Day(DateOnly day) => day.ToString(Round.Texts.Language == "en" ? "d MMMM yyyy" : "yyyy年M月d日", Culture);

    internal static ReportSource Read(ExportSource round)
    {
        var (connection, id) = (round.Connection, round.Campaign.Id);
        var wish = RoundWish.Of(connection, id)!;
        var totals = RoundTotals.Read(connection, id)!;
        var standing = RoundStanding.Of(connection, id)!;
        var results = RoundEstimates.Of(totals, wish.Predecessor is { } before ? RoundTotals.Read(connection, before) : null, wish);
        return new ReportSource
        {
            Round = round,
            Results = results,
            Standing = standing,
            Past = Rehearsed(connection, standing, results),
            Outcomes = OutcomeQueries.Find(connection, id)!,
            Chain = new ChainQueries(round.Database).Find(id),
            Visits = [.. new AreaVisitQueries(round.Database, round.Cipher).List(id).OrderBy(visit => visit.Township ?? visit.Area, StringComparer.Ordinal).ThenBy(visit => visit.Id)],
            Frames = connection.Query<ReportFrame>(SelectFrames, new { round.Campaign.Id }).AsList(),
            Draw = connection.QuerySingleOrDefault<ReportDraw>(SelectDraw, new { round.Campaign.Id }),
            Reach = [.. totals.Cells.GroupBy(cell => cell.Key.Channel).Select(channel => (channel.Key, channel.Sum(cell => cell.Interviews))).OrderByDescending(channel => channel.Item2)],
        };
    }

    /// <summary>Only rounds of periods with an own official result: no other tells how far rehearsals are off.</summary>
    private static IReadOnlyList<PastRound> Rehearsed(Microsoft.Data.Sqlite.SqliteConnection connection, RoundStanding standing, RoundResults results)
    {
        if (!standing.IsComparable) return [];
        var periods = standing.Official.Where(result => result.Level == OfficialLevel.Own).Select(result => result.Period).ToHashSet();
        var own = new PastRound(standing.Round, results.Indices.ToDictionary(index => index.Index.Tag, index => index.Whole, StringComparer.Ordinal));
        return [.. RoundHistory.Before(connection, standing.Round, results.Set, round => periods.Contains(round.Period)), own];
    }
}

/// <summary>A list of the sample.</summary>
internal sealed record ReportFrame
{
    public string Name { get; init; } = "";

    public string Source { get; init; } = "";

    public string LegalBasis { get; init; } = "";

    /// <summary><c>list</c> or <c>generated</c>.</summary>
    public string Kind { get; init; } = "";

    public long RowsImported { get; init; }
}

/// <summary>How a sample was drawn, so that it can be drawn again.</summary>
internal sealed record ReportDraw
{
    public string Version { get; init; } = "";

    public long Seed { get; init; }

    public byte[] FrameSha256 { get; init; } = [];

    public long FrameSize { get; init; }

    public long Drawn { get; init; }
}
