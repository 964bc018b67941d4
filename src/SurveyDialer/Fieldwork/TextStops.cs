using Microsoft.Data.Sqlite;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Stop words count from anybody at any time, also before the first text and after the last.</summary>
internal sealed class TextStops(Database database, TextDesk desk, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>By the carrier's word list or ours.</summary>
    internal static bool IsStop(IncomingText text) => text.OptOut || StopWords.IsStop(text.Body);

    /// <summary>A text from a number with which no conversation is open. Only a stop word means anything.</summary>
    /// <param name="index">Of the number; null where it cannot be read.</param>
    internal async Task OutsideConversationAsync(IncomingText text, byte[]? index, CancellationToken cancellation)
    {
        var last = IsStop(text) && index is not null ? database.Read(connection => AttemptStore.LatestText(connection, index)) : null;
        var who = desk.Find(last?.Token);
        var token = TextDesk.NewToken();
        await database.WriteAsync(connection => Store(connection, text, index, last, who, token), cancellation);
    }

    private void Store(SqliteConnection connection, IncomingText text, byte[]? index, AttemptRow? last, TextContact? who, string token)
    {
        var now = clock.GetUtcNow();
        if (!MessageStore.Receive(connection, text.CarrierId, now.ToUnixTimeMilliseconds()) || !IsStop(text) || index is null) return;
        var added = ContactCapStore.AddDoNotCall(connection, index, cipher.KeyVersion, who?.Contact.Campaign.DayOf(now) ?? Instants.Day(DateOnly.FromDateTime(now.UtcDateTime)));
        if (last is null || who is null) return;
        desk.NeverAgain(connection, who.Contact, now.ToUnixTimeMilliseconds());
        MessageStore.CancelPending(connection, last.Id);

        // Confirmed once, and not where the carrier has taken the word itself: it confirms on its own and takes nothing more for this number.
        if (!added || text.OptOut || TextDesk.OptOut(who.Contact) is null) return;
        var due = TextHours.ForReply(who.Contact.Campaign.Schedule, now).ToUnixTimeMilliseconds();
        MessageStore.Queue(connection, last.Id, MessageStore.OptOutTurn, token, due);
    }
}
