using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>Everything that a round's figures are made of: totals, never a person.</summary>
internal sealed record RoundTotals
{
    private const string SelectTownships = "SELECT id, name FROM area WHERE parent_id = 0;";

    private const string SelectStrata = "SELECT number, population, released, target FROM sample_stratum WHERE campaign_id = @id ORDER BY number;";

    internal required long CampaignId { get; init; }

    internal required string Name { get; init; }

    internal required bool Running { get; init; }

    internal required Template Template { get; init; }

    internal required CellLayout Layout { get; init; }

    internal required IReadOnlyList<ResultCell> Cells { get; init; }

    internal required IReadOnlyList<SampledStratum> Strata { get; init; }

    /// <summary>Finished members of the sample.</summary>
    internal required IReadOnlyList<(long Stratum, string Code, long Total)> Codes { get; init; }

    internal required IReadOnlyList<FunnelCount> Funnel { get; init; }

    /// <summary>Answers on the scale by caller, township and question.</summary>
    internal required IReadOnlyList<(string Interviewer, long AreaId, string QuestionId, long Valid, long Positive)> Interviewers { get; init; }

    /// <summary>Interviews that a supervisor listened in to or asked again.</summary>
    internal required long Checked { get; init; }

    /// <summary>All of the office, by id.</summary>
    internal required IReadOnlyDictionary<long, string> Townships { get; init; }

    /// <summary>Those of which somebody is in the sample.</summary>
    internal IReadOnlySet<long> Sampled { get; init; } = new HashSet<long>();

    /// <summary>A share of eligible numbers that was entered; null: it is estimated.</summary>
    internal GivenEligibility? Given { get; init; }

    /// <summary>Null when there is no such round.</summary>
    internal static RoundTotals? Read(SqliteConnection connection, long id)
    {
        if (CampaignStore.Find(connection, id) is not { } campaign) return null;
        var template = TemplateJson.Read(campaign.TemplateJson);
        var layout = CellLayout.Of(template);
        var kept = SettingStore.Find(connection, SettingStore.TotalsDue) is null;
        // Only a questionnaire that asks for the adults chooses one of a household; any other lists persons.
        var households = template.Screening.Concat(template.Questions).Any(question => question.Tag == CellLayout.AdultsTag);
        return new RoundTotals
        {
            CampaignId = id,
            Name = campaign.Name,
            Running = campaign.State is "running" or "paused",
            Template = template,
            Layout = layout,
            Cells = kept ? ResultCellStore.Cells(connection, id, layout) : CellRecount.Of(connection, id, layout),
            Strata = connection.Query<(long Number, long Population, long Released, long? Target)>(SelectStrata, new { id })
                .Select(stratum => new SampledStratum(stratum.Number, stratum.Population, stratum.Released, households, stratum.Target)).ToList(),
            Codes = SampleMemberStore.Codes(connection, id),
            Funnel = kept ? ResultCellStore.Funnel(connection, id) : CellRecount.Funnel(connection, id),
            Interviewers = ResultCellStore.Interviewers(connection, id),
            Checked = SupervisedCheckStore.Interviews(connection, id),
            Townships = connection.Query<(long Id, string Name)>(SelectTownships).ToDictionary(one => one.Id, one => one.Name),
            Sampled = OutcomeQueries.Townships(connection, campaign),
            Given = EligibilityDesk.Given(connection, id),
        };
    }
}
