using Microsoft.Data.Sqlite;
using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>Turns the recording of a case into its words. The sound goes in the same story in which the words are kept.</summary>
public sealed class CaseWordsDesk(Database database, FieldCipher cipher, TimeProvider clock)
{
    internal const string Purpose = "case.words";

    private const int Looks = 3;

    /// <summary>Keeps what was said; null when it is kept, also when the same words were kept before.</summary>
    public Task<WordsProblem?> WriteDownAsync(long caseId, long recordingId, string who, string? text, CancellationToken cancellation)
        => KeepAsync(caseId, recordingId, who, text, RecordingEvent.WriteDown, cancellation);

    /// <summary>Nothing can be understood; null when that is kept.</summary>
    /// <param name="text">Says so on the case, in the language of whoever listened.</param>
    public Task<WordsProblem?> GiveUpAsync(long caseId, long recordingId, string who, string text, CancellationToken cancellation)
        => KeepAsync(caseId, recordingId, who, text, RecordingEvent.GiveUp, cancellation);

    private async Task<WordsProblem?> KeepAsync(
        long caseId, long recordingId, string who, string? text, RecordingEvent how, CancellationToken cancellation)
    {
        if (WrittenWords.Check(text) is { } problem) return problem;
        var added = text!.Trim();

        // The words are encrypted outside of the story: when they have changed meanwhile, look again.
        for (var look = 0; look < Looks; look++)
        {
            var before = database.Read(connection => CaseStore.Words(connection, caseId));
            var words = cipher.Decrypt(Purpose, before) is { } earlier ? $"{earlier}\n{added}" : added;
            var keep = new Keeping(caseId, recordingId, who, how, before, cipher.Encrypt(Purpose, words), clock.GetUtcNow().ToUnixTimeMilliseconds());
            var kept = await database.WriteAsync(connection => Keep(connection, keep), cancellation);
            if (kept.LookAgain) continue;
            if (kept.Found is not { } found) return WordsProblem.NotThere;
            return kept.Done || (found == RecordingLifecycle.After(RecordingState.Fetched, how) && Holds(kept.Words, added)) ? null : Meanwhile(found);
        }

        return WordsProblem.WrittenDownMeanwhile;
    }

    private static Kept Keep(SqliteConnection connection, Keeping keep)
    {
        if (RecordingStore.Find(connection, keep.RecordingId) is not { } recording || recording.CaseId != keep.CaseId)
            return default;
        var state = RecordingLifecycle.FromColumn(recording.State);
        if (state == RecordingState.Announced) return default;
        if (state != RecordingState.Fetched) return new Kept(state, Words: CaseStore.Words(connection, keep.CaseId));
        if (!CaseStore.ReplaceWords(connection, keep.CaseId, keep.Before, keep.After)) return new Kept(state, LookAgain: true);
        RecordingStore.Move(connection, recording, keep.How);
        var what = RecordingLifecycle.ToColumn(RecordingLifecycle.After(state, keep.How)!.Value);
        CaseStore.NoteRecording(connection, keep.CaseId, what, keep.Who, keep.At);
        AuditLog.Add(connection, keep.At, keep.Who, keep.How == RecordingEvent.WriteDown ? "recording-written-down" : "recording-not-understood", $"case {keep.CaseId}");
        return new Kept(state, Done: true);
    }

    /// <summary>A double click, or the back button: the same words are there already.</summary>
    private bool Holds(byte[]? words, string added)
        => cipher.Decrypt(Purpose, words) is { } text && (text == added || text.EndsWith("\n" + added, StringComparison.Ordinal));

    private static WordsProblem Meanwhile(RecordingState state) => state switch
    {
        RecordingState.WrittenDown => WordsProblem.WrittenDownMeanwhile,
        RecordingState.NotUnderstood or RecordingState.Discarded => WordsProblem.PutAsideMeanwhile,
        RecordingState.Expired => WordsProblem.ExpiredMeanwhile,
        RecordingState.Announced or RecordingState.Fetched or RecordingState.Sealed or RecordingState.Erased or RecordingState.Absent => WordsProblem.NotThere,
    };

    /// <param name="Before">Of the case's words, as they were read.</param>
    private sealed record Keeping(long CaseId, long RecordingId, string Who, RecordingEvent How, byte[]? Before, byte[] After, long At);

    /// <param name="Found">Null: there is nothing to write down.</param>
    private readonly record struct Kept(RecordingState? Found, bool Done = false, bool LookAgain = false, byte[]? Words = null);
}
