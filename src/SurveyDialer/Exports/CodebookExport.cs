using System.Globalization;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Exports;

/// <summary>What the columns and keys of the answers mean: one row an option, from the template as it was at launch.</summary>
internal static class CodebookExport
{
    internal static void Write(ExportSource source, ITableWriter table)
    {
        var texts = source.Texts;
        var languages = source.Template.Languages;
        var variables = MicrodataLayout.Of(source).Variables;
        table.Begin(texts["codebook.name"], Columns(texts, languages));
        foreach (var question in source.Template.Screening.Concat(source.Template.Questions))
        {
            foreach (var option in question.Options.DefaultIfEmpty())
            {
                List<TableCell> row =
                [
                    TableCell.Of(question.Id), TableCell.Of(question.Tag), TableCell.Of(texts[$"question_kind.{question.Kind}"]),
                    .. languages.Select(language => TableCell.Of(question.Text.IsEmpty ? question.Message.In(language) : question.Text.In(language))),
                    option is null ? default : Key(option),
                    .. languages.Select(language => TableCell.Of(option?.Text.In(language))),
                    TableCell.Of((long?)option?.Score), TableCell.Of(texts[$"pole.{option?.Pole ?? OptionPole.None}"]),
                    TableCell.Of(texts.YesNo(question.Core)), TableCell.Of(question.Module), TableCell.Of(When(question)),
                    TableCell.Of(Channels(source, question)),
                    TableCell.Of(Flags(source, question, option)), TableCell.Of(Names(variables, question, option)),
                    option is null ? default : TableCell.Of(texts.YesNo(variables.Exists(variable => variable.Answer is { Explained: false, Key: null } of && of.QuestionId == question.Id && variable.IsMissing(long.Parse(option.Key, CultureInfo.InvariantCulture))))),
                ];
                table.Row([.. row]);
            }
        }

        foreach (var variable in variables.Where(variable => variable.Answer is null)) WriteOwn(table, languages.Count, variable);
        foreach (var value in variables.Find(variable => variable.Answer is { Explained: false })?.Values.Where(value => value.Value >= MicrodataLayout.Silence) ?? []) WriteRow(table, languages.Count, texts["micro.any"], "", value.Value, value.Label, texts["yes"]);
        foreach (var note in texts["micro.notes"].Split('\n')) WriteRow(table, languages.Count, texts["micro.note"], note.Trim(), null, "", "");
    }

    /// <summary>A column that is no answer, and what its numbers mean.</summary>
    private static void WriteOwn(ITableWriter table, int languages, MicrodataVariable variable)
    {
        foreach (var value in variable.Values.Select(value => ((long, string)?)value).DefaultIfEmpty(null))
            WriteRow(table, languages, variable.Name, variable.Label, value?.Item1, value?.Item2 ?? "", "");
    }

    private static void WriteRow(ITableWriter table, int languages, string name, string label, long? value, string meaning, string missing)
    {
        var cells = new TableCell[13 + (2 * languages)];
        (cells[0], cells[3], cells[3 + languages], cells[4 + languages]) = (TableCell.Of(name), TableCell.Of(label), TableCell.Of(value), TableCell.Of(meaning));
        (cells[^2], cells[^1]) = (TableCell.Of(name), TableCell.Of(missing));
        table.Row(cells);
    }

    /// <summary>Columns of the microdata in which an option stands.</summary>
    private static string Names(List<MicrodataVariable> variables, Question question, AnswerOption? option)
        => string.Join(' ', variables.Where(variable => variable.Answer is { Explained: false } of && of.QuestionId == question.Id && (of.Key is null || of.Key == option?.Key)).Select(variable => variable.Name));

    private static List<TableColumn> Columns(ExportTexts texts, IReadOnlyList<string> languages) =>
    [
        new(texts["question"], 10), new(texts["tag"], 14), new(texts["question_kind"], 10),
        .. languages.Select(language => new TableColumn($"{texts["question_text"]} {language}", 40)),
        new(texts["answer_key"], 6),
        .. languages.Select(language => new TableColumn($"{texts["answer_label"]} {language}", 24)),
        new(texts["score"], 6), new(texts["pole"], 12), new(texts["core"], 6), new(texts["module"], 12), new(texts["asked_when"], 14),
        new(texts["channel"], 16),
        new(texts["flag_rule"], 24), new(texts["micro.variable"], 14), new(texts["micro.missing"], 10),
    ];

    private static TableCell Key(AnswerOption option)
        => long.TryParse(option.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? TableCell.Of(key) : TableCell.Of(option.Key);

    /// <summary>For example <c>Q1: 4/5</c>.</summary>
    private static string? When(Question question) => question.When is { } when ? $"{when.Question}: {string.Join('/', when.Keys)}" : null;

    private static string Channels(ExportSource source, Question question)
        => string.Join("; ", (question.Channels ?? source.Template.Channels).Select(channel => source.Texts[$"channel.{Column(channel)}"]));

    private static string Column(Channel channel) => channel switch
    {
        Channel.Voice => "voice",
        Channel.Text => "text",
        Channel.Live => "live",
    };

    private static string Flags(ExportSource source, Question question, AnswerOption? option)
        => string.Join("; ", source.Template.Flags.Where(rule => option is not null && rule.Tag == question.Tag && rule.Keys.Contains(option.Key))
            .Select(rule => $"{rule.Id} {source.Say(rule.Name)}"));
}
