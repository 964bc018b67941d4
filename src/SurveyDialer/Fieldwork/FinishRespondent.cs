using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.FollowUps;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// The end of one respondent's attempts: the final code, and the next step of every flag (the case that consent opened, or a voice of the
/// area). The campaign closes when nobody is left, none of those who were drawn and wait included.
/// </summary>
internal sealed class FinishRespondent(FieldCipher cipher, TimeProvider clock)
{
    /// <summary>How long the office has for a round of visits.</summary>
    internal static readonly TimeSpan AreaVisitDue = TimeSpan.FromDays(14);

    /// <summary>The planner will never allow another attempt, or the campaign was closed.</summary>
    internal void WithoutAttempt(SqliteConnection connection, ActiveCampaign campaign, long respondentId)
        => Finish(connection, campaign, respondentId, attemptId: null, InterviewOf(connection, campaign, respondentId));

    /// <summary>No further attempt follows.</summary>
    /// <param name="interview">Null when nobody ever answered.</param>
    internal void Finish(SqliteConnection connection, ActiveCampaign campaign, long respondentId, long? attemptId, InterviewRow? interview)
    {
        var now = clock.GetUtcNow();
        var attempts = AttemptStore.OfRespondent(connection, campaign.Row.Id, respondentId);
        var history = attempts
            .Where(attempt => attempt.Code is not null)
            .OrderBy(attempt => attempt.EndedAt)
            .Select(attempt => new CodedAttempt(
                Disposition.Of(attempt.Code!), Enum.Parse<AttemptOutcome>(attempt.Outcome!), attempt.PhoneId ?? 0, attempt.OurFault == 1))
            .ToList();
        var code = FinalDisposition.From(history).Code;
        if (!SampleMemberStore.Record(connection, campaign.Row.Id, respondentId, attemptId, code, final: true, now.ToUnixTimeMilliseconds())) return;
        if (interview is not null)
        {
            var counted = CountFinished.Interview(connection, campaign, respondentId, interview with { Outcome = OutcomeOf(code) }, attempts);
            Settle(connection, campaign, respondentId, counted, now);
        }

        if (!SampleMemberStore.AnyUnfinished(connection, campaign.Row.Id) && !SampleReserveStore.Any(connection, campaign.Row.Id))
            CampaignStore.Move(connection, campaign.Row.Id, CampaignEvent.Finished, "everybody-tried", "SurveyDialer", now);
    }

    /// <summary>Gives every flag its next step and the interview its outcome; words without consent go, words of a report stay with the area.</summary>
    private static void Settle(
        SqliteConnection connection, ActiveCampaign campaign, long respondentId, InterviewRow interview, DateTimeOffset now)
    {
        var reported = interview.Consent == "report";
        // What was sealed to the county is here a voice like one that said no more.
        var topic = reported && interview.Topic is { } named and not SealedStore.Topic ? named : AreaVisitStore.NotSaid;
        if (reported) AreaWordsStore.Detach(connection, campaign.Row.Id, respondentId, topic);
        else AreaWordsStore.Drop(connection, campaign.Row.Id, respondentId);
        var step = interview.NextStep;
        if (step is null && (reported || interview.Flagged == 1))
        {
            var dueAt = (now + AreaVisitDue).ToUnixTimeMilliseconds();
            AreaVisitStore.AddVoice(connection, campaign.Row.Id, interview.AreaId, topic, dueAt);
            step = "voice";
        }

        InterviewStore.Save(connection, interview with { NextStep = step });
    }

    private static string OutcomeOf(string code) => code switch
    {
        "1.1" => "complete",
        "1.2" => "partial",
        "2.12" => "break_off",
        "4.70" => "screened_out",
        _ when code.StartsWith("2.11", StringComparison.Ordinal) => "refused",
        _ => "none",
    };

    // The one place where a story opens a link: a veto ends a respondent without a call whose link was opened before. It takes microseconds.
    private InterviewRow? InterviewOf(SqliteConnection connection, ActiveCampaign campaign, long respondentId)
        => InterviewStore.FindLink(connection, campaign.Row.Id, respondentId) is { } link
            && cipher.OpenLink(campaign.Row.LinkKeyId, respondentId, link) is { } id
                ? InterviewStore.Find(connection, id)
                : null;
}
