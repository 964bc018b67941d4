using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Whether every sentence of a round's dialects was recorded as it will be said there: with this office's values in the blanks, and with those of each
/// township on the lists.
/// </summary>
internal sealed class RecordingGate(Database database)
{
    private const string SelectAreasOfRespondents = "SELECT DISTINCT area_id FROM respondent WHERE id IN (SELECT respondent_id FROM frame_person WHERE frame_id IN @frames);";

    private const string SelectAreas = "SELECT id, parent_id, name FROM area;";

    /// <summary>One problem for each dialect and township that is not complete; empty where nothing is missing or nobody is called by machine.</summary>
    internal IReadOnlyList<LaunchProblem> Missing(CampaignDraft draft, Template template, RecordingSet recordings)
    {
        if (draft.Carrier == "desk-phone" || template.Languages.All(PromptSheet.HasVoice)) return [];
        var problems = new List<LaunchProblem>();
        foreach (var (id, name) in database.Read(connection => Townships(connection, draft.Frames)))
        {
            var missing = recordings.Unrecorded(template, CampaignBlanks.Of(draft.Blanks, id, name));
            foreach (var dialect in missing.GroupBy(line => line.Language))
                problems.Add(new LaunchProblem("recordings_missing", dialect.Key, name, $"{dialect.Count()}", dialect.First().Step, dialect.First().Text, template.Id));
        }

        return problems;
    }

    private static List<(long Id, string Name)> Townships(SqliteConnection connection, IReadOnlyList<long> frames)
    {
        var areas = connection.Query<(long Id, long ParentId, string Name)>(SelectAreas).ToDictionary(area => area.Id);
        return [.. connection.Query<long>(SelectAreasOfRespondents, new { frames }).Select(Top).Distinct().OrderBy(top => top.Id)];

        (long Id, string Name) Top(long id)
        {
            var area = areas[id];
            while (areas.TryGetValue(area.ParentId, out var above)) area = above;
            return (area.Id, area.Name);
        }
    }
}
