using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.FollowUps;
using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Voice comments at the carrier: noted when it announces them, fetched and encrypted by a job, deleted there as soon as they are here or
/// nobody may hear them. What nobody has written down in time is deleted by a daily job.
/// </summary>
internal sealed class VoiceComments(
    Database database, InterviewDesk desk, ICarrier carrier, FieldCipher cipher, SealToCounty county, TimeProvider clock)
{
    private const int RowsPerLook = 50;

    // Each row costs a handful of small writes.
    private const int RowsPerSlice = 50;

    /// <summary>Notes a recording under the case, or for the area when the respondent only reports; without either consent it is only deleted.</summary>
    internal async Task AnnouncedAsync(RecordingReport report, CancellationToken cancellation)
    {
        if (desk.FindCall(report.Token) is not { InterviewId: { } interviewId } contact) return;
        await database.WriteAsync(
            connection =>
            {
                if (RecordingStore.Knows(connection, report.RecordingId) || InterviewStore.Find(connection, interviewId) is not { } interview) return;
                Note(connection, report, contact, interview, clock.GetUtcNow());
            },
            cancellation);
    }

    /// <summary>One run of the job: fetch what was announced, delete at the carrier what is no longer needed there.</summary>
    /// <exception cref="HttpRequestException">Some of it failed; all of it was tried, and is tried again at the next run.</exception>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var faults = new List<HttpRequestException>();
        await EachAsync(RecordingStore.Announced, FetchAsync, faults, cancellation);
        await EachAsync(RecordingStore.ToDeleteAtCarrier, DeleteAtCarrierAsync, faults, cancellation);
        if (faults.Count > 0) throw new HttpRequestException($"{faults.Count} recordings could not be fetched or deleted at the carrier, and will be tried again. {faults[0].Message}", faults[0]);
    }

    /// <summary>One run of the daily job: what is too old is deleted here, then at the carrier.</summary>
    internal async Task ExpireAsync(CancellationToken cancellation)
    {
        while (await database.WriteAsync(connection => Expire(connection, clock.NowMillis()), cancellation, WriteUrgency.Background))
        {
        }

        await RunAsync(cancellation);
    }

    private void Note(SqliteConnection connection, RecordingReport report, Contact contact, InterviewRow interview, DateTimeOffset now)
    {
        var campaign = contact.Row.CampaignId;
        var toCounty = interview.Topic == SealedStore.Topic;
        var caseId = toCounty ? null : CaseStore.Find(connection, campaign, contact.Row.RespondentId);
        var reported = !toCounty && caseId is null && interview.Consent == "report";
        if (report.Absent && caseId is null) return;
        var deleteAt = WordsRetention.Until(now, contact.Campaign.WordsKept);
        var state = report.Absent ? RecordingState.Absent : caseId is not null || reported || toCounty ? RecordingState.Announced : RecordingState.Erased;
        RecordingStore.Add(
            connection,
            new RecordingRow
            {
                Id = RecordingStore.NewId(),
                CampaignId = campaign,
                CaseId = caseId,
                WordsId = reported ? AreaWordsStore.AddRecorded(connection, campaign, interview.AreaId, interview.Topic ?? AreaVisitStore.NotSaid, deleteAt) : null,
                CarrierId = report.RecordingId,
                AtCarrier = report.Absent ? 0 : 1,
                State = RecordingLifecycle.ToColumn(state),
                Seconds = (long)report.Duration.TotalSeconds,
                Matter = toCounty ? county.MatterOf(campaign, contact.Row.RespondentId) : null,
                At = caseId is null ? null : now.ToUnixTimeMilliseconds(),
                DeleteAt = deleteAt,
            });
    }

    /// <summary>Does something for every recording of a kind; one that fails does not keep the others waiting.</summary>
    private async Task EachAsync(
        Func<SqliteConnection, long, int, List<RecordingRow>> look, Func<RecordingRow, CancellationToken, Task> work, List<HttpRequestException> faults,
        CancellationToken cancellation)
    {
        for (var after = -1L; ;)
        {
            var rows = database.Read(connection => look(connection, after, RowsPerLook));
            foreach (var recording in rows)
            {
                after = recording.Id;
                try
                {
                    await work(recording, cancellation);
                }
                catch (HttpRequestException fault)
                {
                    faults.Add(fault);
                }
            }

            if (rows.Count < RowsPerLook) return;
        }
    }

    private async Task FetchAsync(RecordingRow recording, CancellationToken cancellation)
    {
        // Null: the carrier is not ready yet.
        if (await carrier.FetchRecordingAsync(recording.CarrierId!, cancellation) is not { } audio) return;
        if (recording.Matter is not null)
        {
            await SealAsync(recording, audio, cancellation);
            return;
        }

        var sealedAudio = cipher.Encrypt(RecordingSounds.Purpose, audio);
        CryptographicOperations.ZeroMemory(audio);
        await database.WriteAsync(
            connection => RecordingStore.Find(connection, recording.Id) is { } now && RecordingStore.Move(connection, now, RecordingEvent.Fetch, sealedAudio), cancellation);
    }

    /// <summary>A recording for the county: from here on nobody hears it in this office.</summary>
    private async Task SealAsync(RecordingRow recording, byte[] audio, CancellationToken cancellation)
    {
        var pem = database.Read(connection => CampaignStore.Find(connection, recording.CampaignId)!.CountyKey!);
        var matter = new SealedMatter { Matter = recording.Matter!, Audio = audio };
        var content = CountyKey.Read(pem).Key!.Begin().Close(SealedStore.Recording, matter.ToBytes());
        CryptographicOperations.ZeroMemory(audio);
        await database.WriteAsync(
            connection =>
            {
                if (RecordingStore.Find(connection, recording.Id) is { } now && RecordingStore.Move(connection, now, RecordingEvent.Seal))
                    SealedStore.Add(connection, recording.CampaignId, SealedStore.Recording, content);
            },
            cancellation);
    }

    private async Task DeleteAtCarrierAsync(RecordingRow recording, CancellationToken cancellation)
    {
        if (!await carrier.DeleteRecordingAsync(recording.CarrierId!, cancellation)) throw new HttpRequestException("The carrier does not let a recording be deleted yet.");
        await database.WriteAsync(connection => RecordingStore.GoneAtCarrier(connection, recording.Id), cancellation);
    }

    /// <returns>Whether there may be more.</returns>
    private static bool Expire(SqliteConnection connection, long now)
    {
        var recordings = RecordingStore.Overdue(connection, now, RowsPerSlice);
        foreach (var recording in recordings)
        {
            RecordingStore.Move(connection, recording, RecordingEvent.Expire);
            if (recording.CaseId is { } caseId) CaseStore.NoteRecording(connection, caseId, "expired", "SurveyDialer", now);
        }

        var words = AreaWordsStore.Expire(connection, now, RowsPerSlice);
        foreach (var campaign in words.CountBy(campaign => campaign))
            AuditLog.Add(connection, now, "SurveyDialer", "area-words-expired", $"campaign {campaign.Key}: {campaign.Value}");
        return recordings.Count == RowsPerSlice || words.Count == RowsPerSlice;
    }
}
