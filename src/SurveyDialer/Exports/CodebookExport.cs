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
                    TableCell.Of(Flags(source, question, option)),
                ];
                table.Row([.. row]);
            }
        }
    }

    private static List<TableColumn> Columns(ExportTexts texts, IReadOnlyList<string> languages) =>
    [
        new(texts["question"], 10), new(texts["tag"], 14), new(texts["question_kind"], 10),
        .. languages.Select(language => new TableColumn($"{texts["question_text"]} {language}", 40)),
        new(texts["answer_key"], 6),
        .. languages.Select(language => new TableColumn($"{texts["answer_label"]} {language}", 24)),
        new(texts["score"], 6), new(texts["pole"], 12), new(texts["core"], 6), new(texts["module"], 12), new(texts["asked_when"], 14),
        new(texts["channel"], 16),
        new(texts["flag_rule"], 24),
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
