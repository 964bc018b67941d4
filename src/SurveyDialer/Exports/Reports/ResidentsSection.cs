using SurveyDialer.FollowUps;

namespace SurveyDialer.Exports.Reports;

/// <summary>What was done for residents: cases as totals, and area visits with what everybody there was told. Never who.</summary>
internal static class ResidentsSection
{
    internal static IEnumerable<ReportBlock> Blocks(ReportSource source)
    {
        var chain = source.Chain;
        yield return new ReportParagraph(source["residents_about"]);
        yield return new ReportSubheading(source["cases"]);
        yield return new ReportTable(
            source["cases"], [new(source["step"], 40), new(source["persons"], 12, true)],
            [
                Line("cases_opened", chain.Cases), Line("cases_contacted", chain.Contacted), Line("cases_visited", chain.Visited), Line("cases_closed", chain.Closed), Line("cases_solved", chain.Solved),
                Line("cases_told", chain.Told),
            ]);
        yield return new ReportSubheading(source["visits"]);
        var told = source.Visits.Where(visit => visit.State != "planned").ToList();
        yield return new ReportParagraph(source.Say("visits_about", chain.AreaVisits, chain.AreaVisitsMade, chain.AreaAnswers));
        if (told.Count > 0)
        {
            yield return new ReportTable(
                source["visits"], [new(source["area"], 18), new(source["topic"], 18), new(source["visited_on"], 14), new(source["public_answer"], 50)],
                [.. told.Select(visit => ReportBuilder.Cells(
                    ReportCell.Of(Place(visit)), ReportCell.Of(Topic(source, visit.Topic)), ReportCell.Of(source.Day(visit.VisitedAt)),
                    ReportCell.Of(visit.PublicAnswer ?? source["no_answer_yet"])))],
                Wide: true);
        }

        yield return new ReportParagraph(source["small_counts"], Small: true);

        IReadOnlyList<ReportCell> Line(string key, long count)
            => ReportBuilder.Cells(ReportCell.Of(source[key]), ReportCell.Persons(count));
    }

    /// <summary>A village is named only with enough voices of its own, whatever stands in the list of visits; else its township.</summary>
    private static string Place(AreaVisitItem visit) => visit.Township is not { } township ? visit.Area : visit.Voices < AreaVisitStore.VillageFrom ? township : $"{township} {visit.Area}";

    private static string Topic(ReportSource source, string topic)
        => source.Round.Template.FollowUp.Topics.FirstOrDefault(known => known.Id == topic) is { } found ? source.Round.Say(found.Text) : source.Round.Texts["topic.not_said"];
}
