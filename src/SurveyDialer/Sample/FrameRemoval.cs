using Dapper;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>Takes back a list that no round uses, for one whose columns were mistaken: its people, its rejected rows, itself. The same file can come again.</summary>
public sealed class FrameRemoval(Database database)
{
    private const int PersonsPerSlice = 100;
    private const int RowsPerSlice = 200;

    private const string IsUsed = "SELECT EXISTS (SELECT 1 FROM campaign_frame WHERE frame_id = @frameId);";

    // Somebody who is in a round by another list keeps this one.
    private const string Drop = "DELETE FROM frame WHERE id = @frameId AND NOT EXISTS (SELECT 1 FROM frame_person WHERE frame_id = @frameId);";

    /// <returns>False where a round uses the list, which then stays as it is.</returns>
    public async Task<bool> RunAsync(long frameId, CancellationToken cancellation)
    {
        for (long? after = 0; after is { } from;)
        {
            var slice = await database.WriteAsync(
                connection => connection.ExecuteScalar<bool>(IsUsed, new { frameId }) ? (ForgottenPersons?)null : RespondentForgetting.Forget(connection, frameId, from, PersonsPerSlice),
                cancellation, WriteUrgency.Background);
            if (slice is not { } gone) return false;
            after = gone.Last;
        }

        while (await database.WriteAsync(connection => RespondentForgetting.ForgetRejections(connection, frameId, RowsPerSlice), cancellation, WriteUrgency.Background) > 0)
        {
        }

        await database.WriteAsync(connection => connection.Execute(Drop, new { frameId }), cancellation);
        return true;
    }
}
