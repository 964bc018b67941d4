using Dapper;
using SurveyDialer.Exports.Tables;
using SurveyDialer.FollowUps;

namespace SurveyDialer.Exports;

/// <summary>Area × topic × voices as it may be shown: a village from five voices on, fewer under the township and as "&lt;5". Words only as written down without names.</summary>
internal static class AreaVisitsExport
{
    private const int ShownFrom = AreaVisitStore.VillageFrom;

    private const string SelectVisits = $"""
        SELECT s.area_id, s.topic, s.voices, v.state, v.due_at, v.visited_at, v.public_answer
        FROM ({AreaVisitStore.ShownVoices}) s
        LEFT JOIN area_visit v ON v.campaign_id = s.campaign_id AND v.area_id = s.area_id AND v.topic = s.topic
        WHERE s.campaign_id = @Id
        ORDER BY v.due_at, s.area_id, s.topic;
        """;

    private const string SelectWords = $"""
        SELECT area_id, topic, written_enc FROM ({AreaVisitStore.ShownWords}) WHERE campaign_id = @Id ORDER BY id;
        """;

    internal static void Write(ExportSource source, ITableWriter table)
    {
        var texts = source.Texts;
        table.Begin(
            texts["area-visits.name"],
            [
                new(texts["township"], 14), new(texts["village"], 14), new(texts["topic"], 20), new(texts["voices"], 8), new(texts["written_words"], 40), new(texts["state"], 10),
                new(texts["due"], 12),
                new(texts["visited"], 12), new(texts["public_answer"], 40),
            ]);
        var topics = source.Template.FollowUp.Topics.ToDictionary(topic => topic.Id, topic => source.Say(topic.Text));
        var words = source.Connection.Query<WordCells>(SelectWords, new { source.Campaign.Id })
            .ToLookup(row => (row.AreaId, row.Topic), row => source.Cipher.Decrypt(AreaWordsDesk.Purpose, row.WrittenEnc));
        foreach (var visit in source.Connection.Query<VisitCells>(SelectVisits, new { source.Campaign.Id }))
        {
            table.Row(
                TableCell.Of(source.Areas.Township(visit.AreaId)), TableCell.Of(source.Areas.Village(visit.AreaId)),
                TableCell.Of(visit.Topic == AreaVisitStore.NotSaid ? texts["topic.not_said"] : topics.GetValueOrDefault(visit.Topic, visit.Topic)),
                visit.Voices < ShownFrom ? TableCell.Of($"<{ShownFrom}") : TableCell.Of(visit.Voices),
                TableCell.Of(string.Join('\n', words[(visit.AreaId, visit.Topic)])), TableCell.Of(texts.Word("visit_state", visit.State)), TableCell.Of(source.Day(visit.DueAt)),
                TableCell.Of(source.Day(visit.VisitedAt)), TableCell.Of(visit.PublicAnswer));
        }
    }

    private sealed record WordCells
    {
        public long AreaId { get; init; }

        public string Topic { get; init; } = "";

        public byte[] WrittenEnc { get; init; } = [];
    }

    private sealed record VisitCells
    {
        public long AreaId { get; init; }

        public string Topic { get; init; } = "";

        public long Voices { get; init; }

        public string? State { get; init; }

        public long? DueAt { get; init; }

        public long? VisitedAt { get; init; }

        public string? PublicAnswer { get; init; }
    }
}
