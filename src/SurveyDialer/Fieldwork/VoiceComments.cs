using System.Security.Cryptography;
using SurveyDialer.Answers;
using SurveyDialer.Calls;
using SurveyDialer.FollowUps;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Voice comments: noted when the carrier announces them, fetched and encrypted by a job, deleted at the carrier as soon as they are here, and
/// here once written down or too old.
/// </summary>
internal sealed class VoiceComments(Database database, InterviewDesk desk, ICarrier carrier, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>A recording that nobody has written down by then is deleted all the same.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int RecordingsPerRun = 50;

    /// <summary>Notes a recording under the case, or under the area when the respondent wants no contact; without either it is only deleted.</summary>
    internal async Task AnnouncedAsync(RecordingReport report, CancellationToken cancellation)
    {
        if (desk.Find(report.Token) is not { InterviewId: { } interviewId } contact) return;
        await database.WriteAsync(
            connection =>
            {
                if (InterviewStore.Find(connection, interviewId) is not { } interview) return;
                var caseId = CaseStore.Find(connection, contact.Row.CampaignId, contact.Row.RespondentId);
                var now = clock.GetUtcNow();
                RecordingStore.Add(
                    connection,
                    new RecordingRow
                    {
                        CampaignId = contact.Row.CampaignId,
                        CaseId = caseId,
                        AreaId = interview.AreaId,
                        Topic = interview.Topic ?? AreaVisitStore.NotSaid,
                        CarrierId = report.RecordingId,
                        State = report.Absent ? "absent" : "announced",
                        Seconds = (long)report.Duration.TotalSeconds,
                        At = now.ToUnixTimeMilliseconds(),
                        DeleteAt = (now + KeptFor).ToUnixTimeMilliseconds(),
                    });
            },
            cancellation);
    }

    /// <summary>One run of the job: fetch what was announced, delete at the carrier what is here, delete here what is too old.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var recording in database.Read(connection => RecordingStore.Announced(connection, RecordingsPerRun)))
        {
            if (await carrier.FetchRecordingAsync(recording.CarrierId!, cancellation) is not { } audio) continue;
            var sealedAudio = cipher.Encrypt("recording.audio", audio);
            CryptographicOperations.ZeroMemory(audio);
            await database.WriteAsync(connection => RecordingStore.Fetched(connection, recording.Id, sealedAudio), cancellation);
        }

        foreach (var recording in database.Read(connection => RecordingStore.StillAtCarrier(connection, RecordingsPerRun)))
        {
            if (await carrier.DeleteRecordingAsync(recording.CarrierId!, cancellation))
                await database.WriteAsync(connection => RecordingStore.GoneAtCarrier(connection, recording.Id), cancellation);
        }

        await database.WriteAsync(connection => RecordingStore.DeleteOld(connection, clock.NowMillis()), cancellation);
    }
}
