using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Campaigns;

/// <summary>
/// Owner of the tables <c>prompt_audio</c> and <c>campaign_recording</c>: the recordings that a campaign plays, kept with it so that it never
/// reads the template's folder again and a backup holds them.
/// </summary>
internal static class PromptAudioStore
{
    private const string InsertAudio = "INSERT INTO prompt_audio (sha256, wav) VALUES (@sha256, @wav) ON CONFLICT (sha256) DO NOTHING;";

    private const string InsertRecording = """
        INSERT INTO campaign_recording (campaign_id, language, words, step, sha256) VALUES (@campaignId, @language, @words, @step, @sha256)
        ON CONFLICT (campaign_id, language, words) DO NOTHING;
        """;

    private const string SelectRecordings = "SELECT language, words, sha256 FROM campaign_recording WHERE campaign_id = @campaignId;";

    private const string SelectAudio = "SELECT wav FROM prompt_audio WHERE sha256 = @sha256;";

    /// <summary>Keeps a file; one that is there already is the same.</summary>
    internal static void Keep(SqliteConnection connection, Recording recording)
        => connection.Execute(InsertAudio, new { sha256 = Convert.FromHexString(recording.Sha256), wav = recording.Bytes });

    /// <summary>Names a kept file as what a campaign plays for these words.</summary>
    internal static void Add(SqliteConnection connection, long campaignId, Recording recording) => connection.Execute(
        InsertRecording,
        new { campaignId, language = recording.Language, words = recording.Words, step = recording.Step, sha256 = Convert.FromHexString(recording.Sha256) });

    /// <summary>Language and words → SHA-256 in lower-case hexadecimal.</summary>
    internal static Dictionary<(string Language, string Words), string> Of(SqliteConnection connection, long campaignId)
        => connection.Query<(string Language, string Words, byte[] Sha256)>(SelectRecordings, new { campaignId })
            .ToDictionary(row => (row.Language, row.Words), row => Convert.ToHexStringLower(row.Sha256));

    /// <summary>Null where no campaign has such a recording.</summary>
    /// <param name="sha256">64 hexadecimal digits.</param>
    internal static byte[]? Find(SqliteConnection connection, string sha256)
        => connection.QuerySingleOrDefault<byte[]>(SelectAudio, new { sha256 = Convert.FromHexString(sha256) });
}
