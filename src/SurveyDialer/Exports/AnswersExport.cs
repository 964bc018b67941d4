using System.Buffers.Binary;
using System.Globalization;
using Dapper;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Exports;

/// <summary>
/// The answers for analysis: one row an interview, without number, name, time, consent, topic or flag. A village is named only where the whole
/// export has <see cref="VillageFrom"/> interviews of it.
/// </summary>
internal static class AnswersExport
{
    /// <summary>A village with fewer interviews is not named.</summary>
    internal const int VillageFrom = 30;

    private const int IdBytes = 16;
    private const int FirstQuestion = 7;

    private const string CountAreas = "SELECT area_id AS Area, count(*) AS Interviews FROM interview WHERE campaign_id = @Id AND outcome IN ('complete', 'partial') GROUP BY area_id;";

    /// <summary>Rows of the export.</summary>
    internal const string Count = "SELECT count(*) FROM interview WHERE campaign_id = @id;";

    private const string SelectIds = "SELECT id FROM interview WHERE campaign_id = @Id;";

    private const string SelectInterviews = "SELECT id, area_id, number_kind, channel, language, outcome FROM interview WHERE id IN @keys;";

    private const string SelectAnswers = "SELECT interview_id, question_id, key, explained, how FROM answer WHERE interview_id IN @keys;";

    internal static void Write(ExportSource source, ITableWriter table)
    {
        // Own words are never kept with the answers.
        List<Question> questions = [.. source.Template.Screening.Concat(source.Template.Questions).Where(question => question.Kind != QuestionKind.Words)];
        table.Begin(source.Texts["answers.name"], Columns(source.Texts, questions));
        var villages = NamedVillages(source);
        var ids = source.Connection.Query<byte[]>(SelectIds, new { source.Campaign.Id }, buffered: false).Select(Number).ToList();
        var cells = new TableCell[FirstQuestion + (3 * questions.Count)];
        var running = 0L;
        foreach (var portion in source.InRandomOrder(ids))
        {
            var keys = portion.ConvertAll(Bytes);
            var interviews = source.Connection.Query<InterviewCells>(SelectInterviews, new { keys }).ToDictionary(interview => Number(interview.Id));
            var answers = source.Connection.Query<AnswerCells>(SelectAnswers, new { keys }).ToLookup(answer => Number(answer.InterviewId));
            foreach (var id in portion)
            {
                Fill(cells, source, villages, ++running, interviews[id]);
                var given = answers[id].ToDictionary(answer => answer.QuestionId);
                for (var i = 0; i < questions.Count; i++) Fill(cells.AsSpan(FirstQuestion + (3 * i), 3), source, questions[i], given.GetValueOrDefault(questions[i].Id));
                table.Row(cells);
            }
        }
    }

    private static List<TableColumn> Columns(ExportTexts texts, List<Question> questions)
    {
        List<TableColumn> columns =
        [
            new(texts["interview"], 8), new(texts["township"], 14), new(texts["village"], 14), new(texts["channel"], 10),
            new(texts["language"], 10), new(texts["number_kind"], 10), new(texts["interview_outcome"], 12),
        ];
        foreach (var question in questions)
        {
            var name = $"{question.Id} {question.Tag}";
            columns.Add(new($"{name} {texts["answer_key"]}", 8));
            columns.Add(new($"{name} {texts["answer_label"]}", 20));
            columns.Add(new($"{name} {texts["answer_explained"]}", 8));
        }

        return columns;
    }

    private static HashSet<long> NamedVillages(ExportSource source)
        => [.. source.Connection.Query<(long Area, long Interviews)>(CountAreas, new { source.Campaign.Id })
            .GroupBy(count => source.Areas.VillageId(count.Area))
            .Where(village => village.Key is not null && village.Sum(count => count.Interviews) >= VillageFrom)
            .Select(village => village.Key!.Value)];

    private static void Fill(TableCell[] cells, ExportSource source, HashSet<long> villages, long running, InterviewCells interview)
    {
        var named = source.Areas.VillageId(interview.AreaId) is { } village && villages.Contains(village);
        cells[0] = TableCell.Of(running);
        cells[1] = TableCell.Of(source.Areas.Township(interview.AreaId));
        cells[2] = named ? TableCell.Of(source.Areas.Village(interview.AreaId)) : default;
        cells[3] = TableCell.Of(source.Texts.Word("channel", interview.Channel));
        cells[4] = TableCell.Of(interview.Language);
        cells[5] = TableCell.Of(source.Texts.Word("number_kind", interview.NumberKind));
        cells[6] = TableCell.Of(source.Texts.Word("interview_outcome", interview.Outcome));
    }

    /// <summary>Key, label and whether the explanation was heard; all empty where the question was not asked.</summary>
    private static void Fill(Span<TableCell> cells, ExportSource source, Question question, AnswerCells? answer)
    {
        cells.Clear();
        if (answer is null) return;
        var keys = answer.Key.Split(',');
        // "1,3" would be read as a number.
        cells[0] = long.TryParse(answer.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var key)
            ? TableCell.Of(key)
            : TableCell.Of(string.Join(';', keys));
        cells[1] = TableCell.Of(Label(source, question, keys, answer.How));
        cells[2] = TableCell.Of(answer.Explained);
    }

    private static string Label(ExportSource source, Question question, string[] keys, string how)
    {
        var chosen = keys.Select(key => question.Options.FirstOrDefault(option => option.Key == key)).OfType<AnswerOption>();
        var label = string.Join("; ", chosen.Select(option => source.Say(option.Text)));
        // An 8 that stands for silence or wrong keys was not said by the respondent.
        return how == "given" ? label : string.Join(' ', new[] { label, source.Texts[$"how.{how}"] }.Where(part => part.Length > 0));
    }

    private static UInt128 Number(byte[] id)
        => id.Length == IdBytes ? BinaryPrimitives.ReadUInt128BigEndian(id) : throw new InvalidDataException($"An interview id has {id.Length} bytes.");

    private static byte[] Bytes(UInt128 number)
    {
        var id = new byte[IdBytes];
        BinaryPrimitives.WriteUInt128BigEndian(id, number);
        return id;
    }

    private sealed record InterviewCells
    {
        public byte[] Id { get; init; } = [];

        public long AreaId { get; init; }

        public string NumberKind { get; init; } = "";

        public string Channel { get; init; } = "";

        public string Language { get; init; } = "";

        public string Outcome { get; init; } = "";
    }

    private sealed record AnswerCells
    {
        public byte[] InterviewId { get; init; } = [];

        public string QuestionId { get; init; } = "";

        public string Key { get; init; } = "";

        public long Explained { get; init; }

        public string How { get; init; } = "";
    }
}
