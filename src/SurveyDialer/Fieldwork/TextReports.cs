using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// What the carrier tells of a text that we sent. Reports may come twice, in any order and before the answer to the request; a status never
/// goes back.
/// </summary>
internal sealed class TextReports(Database database, TextDesk desk, TextConversation conversation, TimeProvider clock)
{
    /// <returns>True when an attempt ended.</returns>
    internal async Task<bool> ReportAsync(TextReport report, CancellationToken cancellation)
    {
        var attempt = database.Read(connection => MessageStore.FindByToken(connection, report.Token) is { } message ? AttemptStore.Find(connection, message.AttemptId) : null);
        if (attempt is null) return false;
        var who = desk.Find(attempt.Token);
        return await database.WriteAsync(connection => Report(connection, report, who), cancellation);
    }

    private bool Report(SqliteConnection connection, TextReport report, TextContact? who)
    {
        var now = clock.NowMillis();
        if (MessageStore.FindByToken(connection, report.Token) is not { } message) return false;
        if (message.CarrierId is { } known && known != report.CarrierId)
        {
            CarrierEventStore.Add(connection, message.AttemptId, "duplicate-text", report.CarrierId, null, now);
            return false;
        }

        if (message.Status is { } status && (!Enum.TryParse<TextStatus>(status, out var before) || Rank(report.Status) <= Rank(before))) return false;
        MessageStore.Placed(connection, message.Id, report.CarrierId, now);
        MessageStore.Report(connection, message.Id, report.CarrierId, report.Status, report.ErrorCode);
        CarrierEventStore.Add(connection, message.AttemptId, "text", report.Status.ToString(), null, now);
        if (who is null || AttemptStore.Find(connection, message.AttemptId) is not { State: "placing" or "placed" or "unknown" } attempt) return false;
        if (message.Token == attempt.Token)
            attempt = desk.FirstPlaced(connection, who.Contact, attempt, AttemptEvent.Found, report.CarrierId, now);
        return who.Engine is null ? NoticeReported(connection, who, attempt, report.Status, now) : PromptReported(connection, who, attempt, message, report.Status, now);
    }

    /// <summary>A notice has done its part when it has left: whether it arrived, nobody waits for.</summary>
    private bool NoticeReported(SqliteConnection connection, TextContact who, AttemptRow attempt, TextStatus status, long now)
    {
        if (status is TextStatus.Queued or TextStatus.Sending) return false;
        desk.End(connection, who, attempt, status, null, now);
        return true;
    }

    /// <summary>A question that does not arrive ends the conversation; one that was answered since has arrived after all.</summary>
    private bool PromptReported(SqliteConnection connection, TextContact who, AttemptRow attempt, MessageRow message, TextStatus status, long now)
    {
        if (status is not (TextStatus.Undelivered or TextStatus.Failed or TextStatus.Canceled)) return false;
        var interview = who.Contact.InterviewId is { } id ? InterviewStore.Find(connection, id) : null;
        if (message.Turn != (interview?.Turn ?? 1)) return false;
        conversation.Break(connection, who, attempt, interview, status, now);
        return true;
    }

    private static int Rank(TextStatus status) => status switch
    {
        TextStatus.Queued => 0,
        TextStatus.Sending => 1,
        TextStatus.Sent => 2,
        TextStatus.Delivered or TextStatus.Undelivered or TextStatus.Failed or TextStatus.Canceled => 3,
    };
}
