using Dapper;
using Microsoft.Data.Sqlite;

namespace SurveyDialer.Sample;

/// <summary>How a round's sample was drawn.</summary>
public sealed record SampleDrawRow
{
    public long CampaignId { get; init; }

    /// <summary><see cref="Statistics.Samples.Draw.Version"/> at the draw.</summary>
    public string Version { get; init; } = "";

    public long Seed { get; init; }

    /// <summary>Of those who could be drawn, in their order.</summary>
    public byte[] FrameSha256 { get; init; } = [];

    /// <summary>People who could be drawn.</summary>
    public long FrameSize { get; init; }

    /// <summary>Left out: a number of theirs gave an interview lately.</summary>
    public long Interviewed { get; init; }

    /// <summary>Left out: with a case of lately.</summary>
    public long WithCase { get; init; }

    /// <summary>Left out: never to be called.</summary>
    public long NeverAgain { get; init; }

    public long Drawn { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public long At { get; init; }
}

/// <summary>Owner of <c>sample_draw</c>; a row stands once everybody who was drawn is stored.</summary>
internal static class SampleDrawStore
{
    private const string Insert = """
        INSERT INTO sample_draw (campaign_id, version, seed, frame_sha256, frame_size, interviewed, with_case, never_again, drawn, at)
        VALUES (@CampaignId, @Version, @Seed, @FrameSha256, @FrameSize, @Interviewed, @WithCase, @NeverAgain, @Drawn, @At);
        """;

    private const string Select = """
        SELECT campaign_id, version, seed, frame_sha256, frame_size, interviewed, with_case, never_again, drawn, at FROM sample_draw WHERE campaign_id = @campaignId;
        """;

    internal static void Save(SqliteConnection connection, SampleDrawRow draw) => connection.Execute(Insert, draw);

    internal static SampleDrawRow? Find(SqliteConnection connection, long campaignId) => connection.QuerySingleOrDefault<SampleDrawRow>(Select, new { campaignId });
}
