using System.Globalization;
using Microsoft.Data.Sqlite;
using SurveyDialer.Estimates;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Exports;

/// <summary>Turns the stored interviews into rows, one at a time in the same place.</summary>
internal sealed class MicrodataRows
{
    private const int Head = 7;

    private readonly MicrodataLayout layout;
    private readonly MicrodataWeights weights;
    private readonly TableCell[] cells;
    private readonly Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> columns;
    private readonly Dictionary<string, long> languages;

    internal MicrodataRows(MicrodataLayout layout, MicrodataWeights weights)
    {
        (this.layout, this.weights) = (layout, weights);
        cells = new TableCell[layout.Variables.Count];
        languages = layout.Languages.Select((language, i) => (language, Number: i + 1L)).ToDictionary(one => one.language, one => one.Number, StringComparer.Ordinal);
        columns = layout.Variables.Select((variable, column) => (variable.Answer, column)).Where(one => one.Answer is not null)
            .GroupBy(one => one.Answer!.QuestionId, one => one.column, StringComparer.Ordinal)
            .ToDictionary(question => question.Key, question => question.ToList(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <returns>Valid until the next row.</returns>
    internal ReadOnlySpan<TableCell> Fill(SqliteDataReader reader)
    {
        Array.Clear(cells);
        var (area, outcome) = (reader.GetInt64(0), reader.GetString(6));
        var (township, stratum, kind, channel) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4));
        cells[0] = TableCell.Of(township);
        if (layout.Villages.Contains(area)) cells[1] = TableCell.Of(area);
        cells[2] = TableCell.Of(stratum);
        cells[3] = Coded(MicrodataLayout.KindNumber(kind));
        cells[4] = Coded(MicrodataLayout.ChannelNumber(channel));
        cells[5] = Coded(languages.GetValueOrDefault(reader.GetString(5)));
        cells[Head - 1] = TableCell.Of(MicrodataLayout.OutcomeNumber(outcome));
        var answers = reader.IsDBNull(9) ? "" : reader.GetString(9);
        foreach (var answer in StrungAnswer.In(answers)) Answer(answer);
        var careless = reader.GetInt64(8);
        cells[^3] = TableCell.Of(careless);
        if (outcome != "break_off" && weights.Find(township, stratum, kind, channel, answers, reader.GetInt64(7), careless) is { } weight)
        {
            cells[^2] = TableCell.Of(weight.Base);
            cells[^1] = TableCell.Of(weight.Final);
        }

        return cells;
    }

    private static TableCell Coded(long number) => number == 0 ? default : TableCell.Of(number);

    private void Answer(StrungAnswer answer)
    {
        if (!columns.TryGetValue(answer.QuestionId, out var own)) return;
        long? instead = answer.How switch { AnswerHow.NoInput => MicrodataLayout.Silence, AnswerHow.Invalid => MicrodataLayout.WrongKeys, AnswerHow.Given => null };
        foreach (var column in own)
        {
            var of = layout.Variables[column].Answer!;
            cells[column] = TableCell.Of(of.Explained ? (answer.Explained ? 1 : 0) : instead ?? (of.Key is null ? Number(answer.Keys) : Chosen(answer.Keys, of.Key)));
        }
    }

    private static long Chosen(ReadOnlySpan<char> keys, string key)
    {
        if (keys is "8" or "98" or "99") return Number(keys);
        foreach (var part in keys.Split(','))
        {
            if (keys[part].SequenceEqual(key)) return 1;
        }

        return 0;
    }

    private static long Number(ReadOnlySpan<char> key) => long.Parse(key, NumberStyles.None, CultureInfo.InvariantCulture);
}
