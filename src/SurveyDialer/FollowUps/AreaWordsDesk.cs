using Microsoft.Data.Sqlite;
using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>Turns words that are reported without contact into words without names: read or heard by one person, written down, then gone.</summary>
public sealed class AreaWordsDesk(Database database, FieldCipher cipher, TimeProvider clock)
{
    internal const string Purpose = "area.words";

    /// <summary>Why words can be put aside.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["not_understood", "nothing_said", "only_names", "no_matter"];

    /// <summary>The raw words, as typed; null for a recording, and when nothing is waiting any more. Who reads is written to the audit log.</summary>
    public async Task<string?> ReadAsync(long id, string who, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var raw = await database.WriteAsync(
            connection =>
            {
                if (AreaWordsStore.Find(connection, id) is not { State: "waiting", WordsEnc: { } words }) return null;
                AuditLog.Add(connection, at, who, "area-words-read", $"area words {id}");
                return words;
            },
            cancellation);
        return cipher.Decrypt(CaseWordsDesk.Purpose, raw);
    }

    /// <summary>Keeps the words without names and takes the raw ones away; null when that is done, also when the same words were kept before.</summary>
    public async Task<WordsProblem?> WriteDownAsync(long id, string who, string? text, CancellationToken cancellation)
    {
        if (WrittenWords.Check(text) is { } problem) return problem;
        var words = text!.Trim();
        if (WrittenWords.HoldsNumber(words)) return WordsProblem.HoldsNumber;
        var written = cipher.Encrypt(Purpose, words);
        var found = await FinishAsync(
            id, who, RecordingEvent.WriteDown, "area-words-written-down", $"area words {id}", connection => AreaWordsStore.WriteDown(connection, id, written), cancellation);
        if (found is null) return WordsProblem.NotThere;
        return found.State == "waiting" || (found.WrittenEnc is { } kept && cipher.Decrypt(Purpose, kept) == words) ? null : Meanwhile(found.State);
    }

    /// <summary>Puts the words aside; null when that is done.</summary>
    /// <param name="reason">One of <see cref="Reasons"/>.</param>
    public async Task<WordsProblem?> DiscardAsync(long id, string who, string? reason, CancellationToken cancellation)
    {
        if (reason is null || !Reasons.Contains(reason, StringComparer.Ordinal)) return WordsProblem.ReasonMissing;
        var found = await FinishAsync(
            id, who, RecordingEvent.Discard, "area-words-discarded", $"area words {id}: {reason}", connection => AreaWordsStore.Discard(connection, id, reason), cancellation);
        if (found is null) return WordsProblem.NotThere;
        return found.State == "waiting" || found.Reason == reason ? null : Meanwhile(found.State);
    }

    /// <returns>The words as they were found; what was waiting has been dealt with.</returns>
    private Task<AreaWordsRow?> FinishAsync(
        long id, string who, RecordingEvent happened, string action, string detail, Action<SqliteConnection> finish, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteAsync(
            connection =>
            {
                if (AreaWordsStore.Find(connection, id) is not { State: not "open" } found) return null;
                if (found.State != "waiting") return found;

                // What is not here yet cannot have been heard.
                if (RecordingStore.FindOfWords(connection, id) is { } recording && !RecordingStore.Move(connection, recording, happened)) return null;
                finish(connection);
                AuditLog.Add(connection, at, who, action, detail);
                return found;
            },
            cancellation);
    }

    private static WordsProblem Meanwhile(string state) => state switch
    {
        "written_down" => WordsProblem.WrittenDownMeanwhile,
        "discarded" => WordsProblem.PutAsideMeanwhile,
        "expired" => WordsProblem.ExpiredMeanwhile,
        _ => WordsProblem.NotThere,
    };
}
