using System.Globalization;
using Dapper;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Exports;

/// <summary>The columns of a round's microdata, all numbers: what the interview is of, its answers, and its weights.</summary>
internal sealed class MicrodataLayout
{
    /// <summary>A village with fewer interviews is not told.</summary>
    internal const int VillageFrom = AnswersExport.VillageFrom;

    /// <summary>Cannot say, by keys; from here on nothing is an answer on the scale.</summary>
    internal const long CannotSay = 8;

    /// <summary>Stored as 8 because nobody pressed a key, or only wrong ones.</summary>
    internal const long Silence = 96;

    /// <inheritdoc cref="Silence"/>
    internal const long WrongKeys = 97;

    private static readonly string[] Kinds = ["landline", "mobile"];
    private static readonly string[] Channels = ["voice", "text", "live"];
    private static readonly string[] Outcomes = ["complete", "partial", "break_off"];

    private const string SelectTownships = $"""
        SELECT DISTINCT t.id, t.name FROM interview i JOIN area a ON a.id = i.area_id JOIN area t ON t.id = {AreaSql.Township}
        WHERE i.campaign_id = @Id ORDER BY t.id;
        """;

    private const string SelectVillages = """
        SELECT a.id, a.name FROM interview i JOIN area a ON a.id = i.area_id
        WHERE i.campaign_id = @Id AND a.kind = 'village' AND i.outcome IN ('complete', 'partial') GROUP BY a.id HAVING count(*) >= @VillageFrom ORDER BY a.id;
        """;

    private const string SelectStrata = "SELECT number, area_id, number_kind, name FROM sample_stratum WHERE campaign_id = @Id ORDER BY number;";

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ExportSource source;

    private MicrodataLayout(ExportSource source) => this.source = source;

    /// <summary>In the order of the columns.</summary>
    internal List<MicrodataVariable> Variables { get; } = [];

    /// <summary>Areas that may be told, as they stand in <c>village</c>.</summary>
    internal HashSet<long> Villages { get; } = [];

    /// <summary>Language tags in the order of their numbers, from 1.</summary>
    internal IReadOnlyList<string> Languages => source.Template.Languages;

    internal static MicrodataLayout Of(ExportSource source)
    {
        var layout = new MicrodataLayout(source);
        layout.AddInterview();
        foreach (var question in source.Template.Screening.Concat(source.Template.Questions).Where(question => question.Kind != QuestionKind.Words)) layout.AddQuestion(question);
        layout.Add(new MicrodataVariable("careless", source.Texts["micro.careless"], "i.careless") { Values = [.. new[] { 1L, 2, 4, 8, 16 }.Select(bit => (bit, source.Texts[$"micro.careless.{bit}"]))] });
        layout.Add(new MicrodataVariable("w_base", source.Texts["micro.w_base"], null) { Decimals = 6 });
        layout.Add(new MicrodataVariable("w_final", source.Texts["micro.w_final"], null) { Decimals = 6 });
        return layout;
    }

    internal static long KindNumber(string kind) => 1 + Array.IndexOf(Kinds, kind);

    internal static long ChannelNumber(string channel) => 1 + Array.IndexOf(Channels, channel);

    internal static long OutcomeNumber(string outcome) => 1 + Array.IndexOf(Outcomes, outcome);

    private void AddInterview()
    {
        var texts = source.Texts;
        var round = new { source.Campaign.Id, VillageFrom };
        var townships = source.Connection.Query<(long Id, string Name)>(SelectTownships, round).ToList();
        var villages = source.Connection.Query<(long Id, string Name)>(SelectVillages, round).ToList();
        Villages.UnionWith(villages.Select(village => village.Id));
        var strata = source.Connection.Query<(long Number, long Area, string Kind, string Name)>(SelectStrata, round).Select(stratum => (stratum.Number, StratumName(stratum.Area, stratum.Kind, stratum.Name))).ToList();
        Add(new MicrodataVariable("township", texts["township"], AreaSql.Township) { Values = townships });
        Add(new MicrodataVariable("village", texts["micro.village"], $"CASE WHEN i.area_id IN ({string.Join(", ", villages.Select(village => village.Id).DefaultIfEmpty(-1))}) THEN i.area_id END") { Values = villages });
        Add(new MicrodataVariable("stratum", texts["micro.stratum"], "i.stratum") { Values = strata });
        Add(new MicrodataVariable("number_kind", texts["number_kind"], Coded("i.number_kind", Kinds)) { Values = [.. Kinds.Select(kind => (KindNumber(kind), texts[$"number_kind.{kind}"]))] });
        Add(new MicrodataVariable("channel", texts["channel"], Coded("i.channel", Channels)) { Values = [.. Channels.Select(channel => (ChannelNumber(channel), texts[$"channel.{channel}"]))] });
        Add(new MicrodataVariable("language", texts["language"], Coded("i.language", Languages)) { Values = [.. Languages.Select((language, i) => (i + 1L, texts.Word("spoken", language)))] });
        Add(new MicrodataVariable("outcome", texts["interview_outcome"], Coded("i.outcome", Outcomes)) { Values = [.. Outcomes.Select(outcome => (OutcomeNumber(outcome), texts[$"interview_outcome.{outcome}"]))] });
    }

    private void AddQuestion(Question question)
    {
        var (texts, label) = (source.Texts, $"{question.Tag}: {source.Say(question.Text.IsEmpty ? question.Message : question.Text)}");
        var at = $"x.question_id = '{question.Id}'";
        var notSaid = $"CASE x.how WHEN 'no_input' THEN {Silence} WHEN 'invalid' THEN {WrongKeys} ELSE";
        if (question.Kind == QuestionKind.Multi)
        {
            foreach (var option in question.Options.Where(option => option.Pole != OptionPole.CannotSay))
            {
                Add(new MicrodataVariable($"{question.Id}_{option.Key}", $"{label} [{source.Say(option.Text)}]", $"max(CASE WHEN {at} THEN {notSaid} CASE WHEN x.key IN ('8', '98', '99') THEN CAST(x.key AS INTEGER) ELSE instr(',' || x.key || ',', ',{option.Key},') > 0 END END END)")
                {
                    Values = [(0, texts["no"]), (1, texts["yes"]), .. NotAnswers(question)], MissingFrom = CannotSay, Answer = new MicrodataAnswer(question.Id, option.Key, Explained: false),
                });
            }
        }
        else
        {
            Add(new MicrodataVariable(question.Id, label, $"max(CASE WHEN {at} THEN {notSaid} CAST(x.key AS INTEGER) END END)")
            {
                Values = [.. question.Options.Where(option => option.Pole != OptionPole.CannotSay).Select(option => (Number(option.Key), source.Say(option.Text))), .. NotAnswers(question)],
                MissingFrom = CannotSay,
                MissingToo = question.Options.FirstOrDefault(option => option.Pole == OptionPole.NotApplicable) is { } never ? Number(never.Key) : null,
                Answer = new MicrodataAnswer(question.Id, null, Explained: false),
            });
        }

        Add(new MicrodataVariable($"{question.Id}_x", string.Format(texts.Culture, texts["micro.explained"], question.Tag), $"max(CASE WHEN {at} THEN x.explained END)")
        {
            Values = [(0, texts["no"]), (1, texts["yes"])], Answer = new MicrodataAnswer(question.Id, null, Explained: true),
        });
    }

    private IEnumerable<(long, string)> NotAnswers(Question question)
    {
        var texts = source.Texts;
        if (question.Options.FirstOrDefault(option => option.Pole == OptionPole.CannotSay) is { } cannotSay) yield return (CannotSay, source.Say(cannotSay.Text));
        yield return (Silence, texts["micro.silence"]);
        yield return (WrongKeys, texts["micro.wrong_keys"]);
        foreach (var key in CellLayout.LiveKeys) yield return (Number(key), texts[$"micro.live.{key}"]);
    }

    private string StratumName(long area, string kind, string name)
        => string.Join(' ', new[] { area == 0 ? "" : source.Areas.Township(area), kind.Length == 0 ? "" : source.Texts[$"number_kind.{kind}"], name }.Where(part => part.Length > 0));

    /// <summary>A question may be called like one of our own columns.</summary>
    private void Add(MicrodataVariable variable)
    {
        var name = variable.Name;
        while (!names.Add(name)) name += "_";
        Variables.Add(variable with { Name = name });
    }

    private static long Number(string key) => long.Parse(key, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Coded(string column, IReadOnlyList<string> values)
        => $"CASE {column} {string.Join(' ', values.Select((value, i) => $"WHEN '{value}' THEN {i + 1}"))} END";
}
