using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Fieldwork;

/// <summary>Counts a finished respondent into the round's totals, in the story that finishes him or her: live figures never lag and never recount.</summary>
internal static class CountFinished
{
    private const string SelectTownship = $"SELECT {AreaSql.Township} FROM area a WHERE a.id = @areaId;";

    // CROSS JOIN: from the few who share the number to their outcomes, never from all interviews of the campaign.
    private const string SelectSameNumber = """
        SELECT EXISTS (
            SELECT 1 FROM respondent_phone own CROSS JOIN respondent_phone other CROSS JOIN sample_member m
            WHERE own.respondent_id = @respondentId AND other.phone_id = own.phone_id AND other.respondent_id <> own.respondent_id
                AND m.campaign_id = @campaignId AND m.respondent_id = other.respondent_id AND m.final_code IN ('1.1', '1.2'));
        """;

    /// <summary>An interview with its final outcome.</summary>
    /// <param name="attempts">All of the respondent in this round.</param>
    /// <returns>The interview with its signs of careless answers.</returns>
    internal static InterviewRow Interview(
        SqliteConnection connection, ActiveCampaign campaign, long respondentId, InterviewRow interview, IReadOnlyList<AttemptRow> attempts)
    {
        var answers = InterviewStore.Answers(connection, interview.Id).ConvertAll(answer => new CountedAnswer(answer.QuestionId, answer.Key, answer.Explained == 1, Read(answer.How)));
        CountFunnel(connection, interview, answers);
        if (interview.Outcome is not ("complete" or "partial")) return interview;
        var sameNumber = connection.ExecuteScalar<bool>(SelectSameNumber, new { campaignId = campaign.Row.Id, respondentId });
        var careless = CarelessJudge.Of(campaign.Template, answers, interview.Channel, interview.Language, Seconds(attempts), sameNumber);
        interview = interview with { Careless = (long)careless };
        var township = connection.ExecuteScalar<long>(SelectTownship, new { areaId = interview.AreaId });
        var layout = CellLayout.Of(campaign.Template);
        var key = new CellKey(township, interview.Stratum, interview.NumberKind, interview.Channel, layout.ProfileOf(answers), interview.Numbers, interview.Careless);
        ResultCellStore.Add(connection, campaign.Row.Id, layout, key, interview.Outcome, answers);
        if (attempts.LastOrDefault(attempt => attempt is { Channel: "live", AnsweredAt: not null })?.LeaseOwner is { } caller)
            ResultCellStore.AddInterviewer(connection, campaign.Row.Id, caller, township, layout, answers);
        return interview;
    }

    private static void CountFunnel(SqliteConnection connection, InterviewRow interview, List<CountedAnswer> answers)
    {
        foreach (var answer in answers)
        {
            ResultCellStore.AddFunnel(connection, interview.CampaignId, new FunnelCount
            {
                QuestionId = answer.QuestionId,
                Answered = answer.How == AnswerHow.Given ? 1 : 0,
                Silences = answer.How == AnswerHow.NoInput ? 1 : 0,
                WrongKeys = answer.How == AnswerHow.Invalid ? 1 : 0,
            });
        }

        if (interview.Position is { } position && InterviewPosition.Parse(position).Asking is { } open)
            ResultCellStore.AddFunnel(connection, interview.CampaignId, new FunnelCount { QuestionId = open, BrokenOff = 1 });
    }

    /// <summary>On the telephone, all calls together; null where there was none.</summary>
    private static double? Seconds(IReadOnlyList<AttemptRow> attempts)
    {
        var calls = attempts.Where(attempt => attempt is { Channel: "voice" or "live", AnsweredAt: not null, EndedAt: not null }).ToList();
        return calls.Count == 0 ? null : calls.Sum(call => call.EndedAt!.Value - call.AnsweredAt!.Value) / 1000.0;
    }

    private static AnswerHow Read(string how) => how switch
    {
        "given" => AnswerHow.Given,
        "no_input" => AnswerHow.NoInput,
        "invalid" => AnswerHow.Invalid,
        _ => throw new InvalidDataException($"'{how}' is not a way in which an answer comes."),
    };
}
