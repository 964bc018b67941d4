using Spectre.Console;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Web;
using SurveyDialer.Dispositions;

namespace SurveyDialer.App.Commands;

/// <summary>The result tables of a demonstration or rehearsal: outcomes, and the chain from a dissatisfied answer to its next step.</summary>
internal static class ResultTables
{
    internal static void Print(Report report, RunTotals totals)
    {
        var outcomes = Titled("table_outcomes", "table_code", "table_outcome", "table_respondents");
        foreach (var (code, count) in totals.Codes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            outcomes.AddRow(code, Markup.Escape(DispositionTexts.Name(Disposition.Of(code), Words.Culture)), Show.Count(count));
        report.People.Write(outcomes);

        var work = Titled("table_work", "table_what", "table_count");
        Row(work, "work_imported", totals.RespondentsImported);
        Row(work, "work_rejected", totals.RowsRejected);
        Row(work, "work_attempts", totals.Attempts);
        Row(work, "work_calls", totals.CallsPlaced);
        Row(work, "work_texts", totals.TextsSent);
        Row(work, "work_answers", totals.Answers);
        Row(work, "work_do_not_call", totals.DoNotCall);
        Row(work, "work_rung_twice", totals.AttemptsRungTwice);
        report.People.Write(work);

        report.People.WriteLine();
        var (chain, shown) = (totals.Chain, totals.Chain.Display());
        report.People.WriteLine(Words.Say(
            "chain", Show.Persons(chain.Flagged, shown.Flagged), Show.Persons(chain.Asked, shown.Asked), Show.Persons(chain.AgreedPhone, shown.AgreedPhone),
            Show.Persons(chain.AgreedVisit, shown.AgreedVisit), Show.Persons(chain.Voices, shown.Voices), chain.AreaVisits));
        report.Say("chain_cases", Show.Persons(totals.Cases));
        report.Say("chain_without", totals.FlagsWithoutNextStep);
    }

    private static Table Titled(string title, params string[] columns)
    {
        var table = new Table().Title(Markup.Escape(Words.Say(title))).Border(TableBorder.Rounded);
        foreach (var column in columns) table.AddColumn(Markup.Escape(Words.Say(column)));
        table.Columns[^1].RightAligned();
        return table;
    }

    private static void Row(Table table, string key, long value) => table.AddRow(Markup.Escape(Words.Say(key)), Show.Count(value));
}
