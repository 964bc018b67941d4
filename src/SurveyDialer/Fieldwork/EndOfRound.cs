using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Estimates;
using SurveyDialer.FollowUps;
using SurveyDialer.People;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// The end of a closed round's data, when the days that residents were told are over. In this order: totals are written; attempts and sample go;
/// interviews lose what only field work needed and get new random ids; the link goes; persons whom no other round needs go; the file is cleaned;
/// the link's key is destroyed; backups are renewed; a line in the audit log says what was deleted. Every step can be cut short and taken up again.
/// </summary>
public sealed class EndOfRound(Database database, KeyRing keys, BackupShelf? backups, TimeProvider clock)
{
    /// <summary>A village with fewer interviews of the round counts under its township from then on.</summary>
    internal const int VillageFrom = 5;

    // Each respondent has a dozen rows with their indexes, each interview as many answers.
    private const int RespondentsPerSlice = 8;
    private const int InterviewsPerSlice = 20;
    private const int RowsPerSlice = 100;

    private static readonly TimeSpan CarrierRepeats = TimeSpan.FromDays(30);

    /// <summary>One run of the daily job.</summary>
    /// <exception cref="WriterBusyException">Somebody was reading the whole time; tried again at the next run.</exception>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var (id, closedAt, blanks) in database.Read(CampaignStore.ToEnd))
        {
            if (DueAt(closedAt, blanks) <= clock.GetUtcNow()) await EndAsync(id, "SurveyDialer", early: false, cancellation);
        }

        foreach (var (id, days) in database.Read(CampaignStore.Ended).ConvertAll(one => (one.Id, RoundRetention.Days(one.Blanks))))
            await EraseClosedCasesAsync(id, days, cancellation);
        await EachSliceAsync(connection => MessageStore.ForgetReceived(connection, (clock.GetUtcNow() - CarrierRepeats).ToUnixTimeMilliseconds(), RowsPerSlice), cancellation);
        if (database.Read(connection => SettingStore.Find(connection, SettingStore.VacuumDue)) is not null) await CleanAsync(cancellation);
    }

    /// <summary>Ends one round's data now.</summary>
    /// <param name="early">Before the time is over that residents were told: no harm to them, but nobody can go back to the answers' owners for a correction.</param>
    /// <returns>Null when it is done, also when it was done before.</returns>
    /// <exception cref="WriterBusyException">Somebody was reading the whole time; what is left is done at the next run.</exception>
    public async Task<EndOfRoundProblem?> EndAsync(long id, string who, bool early, CancellationToken cancellation)
    {
        if (database.Read(connection => CampaignStore.Find(connection, id)) is not { } campaign) return EndOfRoundProblem.NotThere;
        if (campaign.UnlinkedAt is not null) return null;
        if (campaign.State != "closed") return EndOfRoundProblem.NotClosed;
        if (!early && DueAt(campaign.ClosedAt!.Value, campaign.Blanks) > clock.GetUtcNow()) return EndOfRoundProblem.NotOver;
        if (campaign.CountedAt is null && !await CountAsync(id, cancellation)) return EndOfRoundProblem.UnderWay;
        await ForgetContactsAsync(id, cancellation);
        await RewriteInterviewsAsync(id, cancellation);
        await EachSliceAsync(connection => Counted(connection, id, "links", InterviewUnlinking.DropLinks(connection, id, RowsPerSlice)), cancellation);
        await ForgetPersonsAsync(id, cancellation);
        if (campaign.SealedTakenAt is not null)
            await EachSliceAsync(connection => Counted(connection, id, "sealed", SealedStore.Forget(connection, id, RowsPerSlice)), cancellation);
        await EraseClosedCasesAsync(id, RoundRetention.Days(campaign.Blanks), cancellation);
        await database.WriteAsync(connection => SettingStore.Save(connection, SettingStore.VacuumDue, "1"), cancellation);
        await CleanAsync(cancellation);
        keys.DestroyLinkKey(campaign.LinkKeyId);
        var replaced = backups is null ? 0 : await backups.RenewAsync(database, keys, clock);
        await database.WriteAsync(connection => WriteDown(connection, id, who, replaced), cancellation);
        return null;
    }

    private static DateTimeOffset DueAt(long closedAt, string blanks) => Instants.FromMillis(closedAt) + TimeSpan.FromDays(RoundRetention.Days(blanks));

    /// <summary>False while something is still on its way.</summary>
    private async Task<bool> CountAsync(long id, CancellationToken cancellation)
    {
        var totals = database.Read(connection => CampaignTotalStore.Count(connection, id));
        return await database.WriteAsync(
            connection => !SampleMemberStore.AnyUnfinished(connection, id) && !AttemptForgetting.AnyUnderWay(connection, id)
                && CampaignTotalStore.Write(connection, id, totals, clock.NowMillis()),
            cancellation, WriteUrgency.Background);
    }

    private async Task ForgetContactsAsync(long id, CancellationToken cancellation)
    {
        await database.WriteAsync(connection => DangerStore.Forget(connection, id), cancellation, WriteUrgency.Background);
        await database.WriteAsync(connection => ResultCellStore.ForgetInterviewers(connection, id), cancellation, WriteUrgency.Background);
        await database.WriteAsync(connection => CallTotalStore.Forget(connection, id), cancellation, WriteUrgency.Background);
        await EachSliceAsync(
            connection =>
            {
                var respondents = SampleMemberStore.Some(connection, id, RespondentsPerSlice);
                var attempts = 0;
                foreach (var respondent in respondents)
                {
                    CallForgetting.Forget(connection, id, respondent);
                    attempts += AttemptForgetting.Forget(connection, id, respondent);
                    SampleMemberStore.Forget(connection, id, respondent);
                }

                CampaignTotalStore.AddDeleted(connection, id, "attempts", attempts);
                return Counted(connection, id, "members", respondents.Count);
            },
            cancellation);
        await EachSliceAsync(connection => SampleReserveStore.Forget(connection, id, RowsPerSlice), cancellation);
        await EachSliceAsync(connection => CaseForgetting.Detach(connection, id, RowsPerSlice), cancellation);
        await database.WriteAsync(connection => CaseForgetting.DropOpenWords(connection, id), cancellation, WriteUrgency.Background);
    }

    /// <summary>In an order that nobody can foresee.</summary>
    private async Task RewriteInterviewsAsync(long id, CancellationToken cancellation)
    {
        var (ids, small) = database.Read(connection => (InterviewUnlinking.Ids(connection, id), InterviewUnlinking.SmallVillages(connection, id, VillageFrom)));
        RandomNumberGenerator.Shuffle(CollectionsMarshal.AsSpan(ids));
        foreach (var slice in ids.Chunk(InterviewsPerSlice))
        {
            await database.WriteAsync(
                connection =>
                {
                    foreach (var interview in slice) InterviewUnlinking.Rewrite(connection, interview, small);
                    CampaignTotalStore.AddDeleted(connection, id, "interviews", slice.Length);
                },
                cancellation, WriteUrgency.Background);
        }
    }

    private async Task ForgetPersonsAsync(long id, CancellationToken cancellation)
    {
        foreach (var frame in database.Read(connection => RespondentForgetting.FreeFrames(connection, id)))
        {
            for (long? after = 0; after is { } from;)
            {
                after = await database.WriteAsync(
                    connection =>
                    {
                        var gone = RespondentForgetting.Forget(connection, frame, from, RespondentsPerSlice);
                        CampaignTotalStore.AddDeleted(connection, id, "persons", gone.Persons);
                        CampaignTotalStore.AddDeleted(connection, id, "numbers", gone.Numbers);
                        return gone.Last;
                    },
                    cancellation, WriteUrgency.Background);
            }

            await EachSliceAsync(connection => Counted(connection, id, "rejected_rows", RespondentForgetting.ForgetRejections(connection, frame, RowsPerSlice)), cancellation);
            await database.WriteAsync(connection => FrameStore.MayComeAgain(connection, frame), cancellation, WriteUrgency.Background);
        }
    }

    private Task EraseClosedCasesAsync(long id, int days, CancellationToken cancellation)
    {
        var before = (clock.GetUtcNow() - TimeSpan.FromDays(days)).ToUnixTimeMilliseconds();
        return EachSliceAsync(connection => Counted(connection, id, "cases", CaseForgetting.EraseClosed(connection, id, before, RowsPerSlice)), cancellation);
    }

    /// <summary>Writes the file anew where no round waits for its turns; otherwise what was deleted is zeros until none does.</summary>
    private async Task CleanAsync(CancellationToken cancellation)
    {
        var idle = database.Read(connection => CampaignStore.InState(connection, CampaignState.Running).Count == 0);
        if (!await database.CompactAsync(whole: idle, cancellation)) throw new WriterBusyException();
        if (idle) await database.WriteAsync(connection => SettingStore.Remove(connection, SettingStore.VacuumDue), cancellation);
    }

    private void WriteDown(SqliteConnection connection, long id, string who, int backupsReplaced)
    {
        var now = clock.NowMillis();
        CampaignTotalStore.AddDeleted(connection, id, "backups", backupsReplaced);
        if (!CampaignStore.Unlinked(connection, id, now)) return;
        var deleted = CampaignTotalStore.Of(connection, id, CampaignTotalStore.Deleted).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        AuditLog.Add(connection, now, who, "round-unlinked", $"campaign {id}: {string.Join(", ", deleted.Select(pair => $"{pair.Key} {pair.Value}"))}");
    }

    private static int Counted(SqliteConnection connection, long id, string what, int number)
    {
        CampaignTotalStore.AddDeleted(connection, id, what, number);
        return number;
    }

    /// <summary>Slice after slice until one finds nothing.</summary>
    private async Task EachSliceAsync(Func<SqliteConnection, int> slice, CancellationToken cancellation)
    {
        while (await database.WriteAsync(slice, cancellation, WriteUrgency.Background) > 0)
        {
        }
    }
}

/// <summary>Why a round's data cannot come to their end now.</summary>
public enum EndOfRoundProblem
{
    NotThere,

    NotClosed,

    /// <summary>The days that residents were told are not over.</summary>
    NotOver,

    /// <summary>A call, a text or a respondent is still open; the running server finishes them.</summary>
    UnderWay,
}
