using System.Collections.Concurrent;
using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.FollowUps;

/// <summary>Plays recordings to staff. Whoever listens is written to the audit log first; no sound leaves without that.</summary>
public sealed class RecordingSounds(Database database, FieldCipher cipher, TimeProvider clock)
{
    internal const string Purpose = "recording.audio";

    // A player that is moved forward asks for the rest of what it has begun: that is the same listening.
    private static readonly TimeSpan OneListening = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Who, long Recording), DateTimeOffset> begun = new();

    /// <summary>The recording of a case; null when there is none any more.</summary>
    /// <param name="fromStart">False when a player asks for a later part only.</param>
    public Task<RecordingSound?> OfCaseAsync(long caseId, long recordingId, string who, bool fromStart, CancellationToken cancellation)
        => PlayAsync(recordingId, recording => recording.CaseId == caseId, $"case {caseId}", who, fromStart, cancellation);

    /// <summary>The recording of words of an area; null when there is none any more.</summary>
    /// <inheritdoc cref="OfCaseAsync"/>
    public async Task<RecordingSound?> OfWordsAsync(long wordsId, string who, bool fromStart, CancellationToken cancellation)
        => database.Read(connection => RecordingStore.FindOfWords(connection, wordsId)) is { } recording
            ? await PlayAsync(recording.Id, found => found.WordsId == wordsId, $"area words {wordsId}", who, fromStart, cancellation)
            : null;

    private async Task<RecordingSound?> PlayAsync(
        long id, Func<RecordingRow, bool> belongs, string detail, string who, bool fromStart, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var known = !fromStart && begun.TryGetValue((who, id), out var since) && now - since < OneListening;
        var audio = await database.WriteAsync(
            connection =>
            {
                if (RecordingStore.Find(connection, id) is not { } recording || !belongs(recording)) return null;
                if (RecordingStore.Audio(connection, id) is not { } found) return null;
                if (!known) AuditLog.Add(connection, now.ToUnixTimeMilliseconds(), who, "recording-played", detail);
                return found;
            },
            cancellation);
        if (audio is null) return null;
        Remember(who, id, now);
        var sound = cipher.DecryptBytes(Purpose, audio);
        return new RecordingSound(sound, RecordingSound.FormOf(sound));
    }

    private void Remember(string who, long id, DateTimeOffset now)
    {
        foreach (var (key, since) in begun)
        {
            if (now - since >= OneListening) begun.TryRemove(key, out _);
        }

        begun[(who, id)] = now;
    }
}

/// <param name="Audio">As the carrier gave it.</param>
/// <param name="ContentType">Of these bytes, whatever the carrier called them.</param>
public sealed record RecordingSound(byte[] Audio, string ContentType)
{
    internal static string FormOf(ReadOnlySpan<byte> audio) => audio switch
    {
        _ when audio.StartsWith("RIFF"u8) => "audio/wav",
        _ when audio.StartsWith("ID3"u8) || audio is [0xFF, >= 0xE0, ..] => "audio/mpeg",
        _ => "application/octet-stream",
    };

    /// <summary>Ending of a file with these bytes.</summary>
    internal static string EndingOf(ReadOnlySpan<byte> audio) => FormOf(audio) switch
    {
        "audio/wav" => "wav",
        "audio/mpeg" => "mp3",
        _ => "audio",
    };
}
