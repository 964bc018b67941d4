using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Exports.Tables;
using SurveyDialer.FollowUps;
using SurveyDialer.Phones;
using SurveyDialer.Sample;

namespace SurveyDialer.Exports;

/// <summary>
/// Who agreed to be contacted, and what for; never a score, a flag or anything computed from answers. Withdrawn cases name nobody any more and are
/// not listed; sealed matters are the county's.
/// </summary>
internal static class FollowUpListExport
{
    // The list that a caller takes along: what is left to do by her or by nobody yet, without those who told it to her in an interview, since somebody
    // else follows that up.
    private const string Listed = """
        FROM follow_up_case f LEFT JOIN respondent r ON r.id = f.respondent_id WHERE f.campaign_id = @Id AND f.state <> 'withdrawn'
        AND (@Without IS NULL OR (f.state <> 'closed' AND (f.worker IS NULL OR f.worker = @Without) AND NOT EXISTS (
            SELECT 1 FROM attempt a
            WHERE a.respondent_id = f.respondent_id AND a.campaign_id = f.campaign_id AND a.channel = 'live' AND a.lease_owner = @Without AND a.answered_at IS NOT NULL)))
        """;

    private const string SelectCases = $"""
        SELECT f.id, f.area_id, f.state, f.preferred_way, f.topic, f.language, f.name_enc, f.number_enc, f.words_enc, r.address_enc, f.worker, f.due_at, f.next_at
        {Listed}
        ORDER BY f.state = 'closed', f.due_at, f.id;
        """;

    private const string CountCases = $"SELECT count(*) {Listed};";

    internal static void Write(ExportSource source, ITableWriter table)
    {
        var texts = source.Texts;
        table.Begin(texts["follow-up-list.name"], Columns(texts));
        var topics = source.Template.FollowUp.Topics.ToDictionary(topic => topic.Id, topic => source.Say(topic.Text));
        foreach (var one in source.Connection.Query<CaseCells>(SelectCases, new { source.Campaign.Id, source.Without }, buffered: false))
        {
            source.Cancellation.ThrowIfCancellationRequested();
            table.Row(
                TableCell.Of(one.Id), TableCell.Of(source.Cipher.Decrypt(SampleFields.NamePurpose, one.NameEnc)), TableCell.Of(Number(source, one)),
                TableCell.Of(source.Areas.Township(one.AreaId)), TableCell.Of(source.Areas.Village(one.AreaId)),
                TableCell.Of(source.Cipher.Decrypt(SampleFields.AddressPurpose, one.AddressEnc)),
                TableCell.Of(one.Topic is null ? texts["topic.not_said"] : topics.GetValueOrDefault(one.Topic, one.Topic)),
                TableCell.Of(source.Cipher.Decrypt(CaseWordsDesk.Purpose, one.WordsEnc)), TableCell.Of(texts[$"preferred_way.{one.PreferredWay}"]),
                TableCell.Of(texts.Word("spoken", one.Language)), TableCell.Of(source.Day(one.DueAt)),
                TableCell.Of(source.Day(one.NextAt)), TableCell.Of(one.Worker),
                TableCell.Of(texts.Word("case_state", one.State)), default, default, default);
        }
    }

    /// <summary>Rows of the list.</summary>
    internal static long Count(SqliteConnection connection, long campaignId, string? without)
        => connection.ExecuteScalar<long>(CountCases, new { Id = campaignId, Without = without });

    private static TableColumn[] Columns(ExportTexts texts) =>
    [
        new(texts["case"], 7), new(texts["name"], 12), new(texts["number"], 18), new(texts["township"], 12), new(texts["village"], 12), new(texts["address"], 24),
        new(texts["topic"], 16),
        new(texts["own_words"], 40), new(texts["preferred_way"], 10), new(texts["language"], 10), new(texts["due"], 12), new(texts["next"], 12),
        new(texts["worker"], 10),
        new(texts["state"], 10),
        // To be filled in and brought back.
        new(texts["result_how"], 12), new(texts["result_note"], 40), new(texts["result_outcome"], 14),
    ];

    /// <summary>As people write it; the blank or dash in it keeps it a text in every spreadsheet.</summary>
    private static string? Number(ExportSource source, CaseCells one)
        => source.Cipher.Decrypt(SampleFields.NumberPurpose, one.NumberEnc) is not { } canonical ? null
            : PhoneNumber.TryRead(canonical, out var number) ? number.Display : canonical;

    private sealed record CaseCells
    {
        public long Id { get; init; }

        public long AreaId { get; init; }

        public string State { get; init; } = "";

        public string PreferredWay { get; init; } = "";

        public string? Topic { get; init; }

        public string Language { get; init; } = "";

        public byte[]? NameEnc { get; init; }

        public byte[]? NumberEnc { get; init; }

        public byte[]? WordsEnc { get; init; }

        public byte[]? AddressEnc { get; init; }

        public string? Worker { get; init; }

        public long DueAt { get; init; }

        public long? NextAt { get; init; }
    }
}
