using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SurveyDialer.Answers;
using SurveyDialer.Attempts;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>What all stories about texts share: who is behind an attempt, what a text says, and the two ends of an attempt by text.</summary>
internal sealed class TextDesk(InterviewDesk desk, TurnEvents events, AfterContact after, CallDeadlines deadlines, FieldCipher cipher)
{
    /// <summary>Whom an attempt's token belongs to, with the engine where the attempt is an interview.</summary>
    internal TextContact? Find(string? token)
        => token is not null && desk.Find(token) is { } contact
            ? new TextContact(contact, contact.Row.Channel == AttemptChannel.Text.ToColumn() ? InterviewDesk.Engine(contact, Channel.Text) : null)
            : null;

    /// <inheritdoc cref="InterviewDesk.InterviewOf"/>
    internal (byte[] Id, byte[]? Link) InterviewOf(Contact contact) => desk.InterviewOf(contact);

    internal static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The announcement of a call; null where the template has none in the respondent's language.</summary>
    internal static string? Notice(Contact contact)
        => BlankFilling.AdvanceNotice(contact.Campaign.Template, InterviewDesk.LanguageOf(contact), Blanks(contact));

    /// <summary>The confirmation of a stop word; null where the template has none.</summary>
    internal static string? OptOut(Contact contact)
    {
        var text = contact.Campaign.Template.Closing.OptOutMessage;
        return text.IsEmpty ? null : BlankFilling.Fill(text, InterviewDesk.LanguageOf(contact), Blanks(contact));
    }

    /// <summary>Null where a turn sends nothing.</summary>
    internal static string? Body(Turn turn) => turn.Says.Count == 0 ? null : string.Join('\n', turn.Says.Select(said => said.Text));

    /// <summary>
    /// The carrier has the first text of an attempt: the answer to the request says so, a report, a reply or the reconciler. Counts once as a
    /// contact with the number, on the day on which it went out.
    /// </summary>
    /// <returns>The attempt as it is now.</returns>
    internal AttemptRow FirstPlaced(SqliteConnection connection, Contact contact, AttemptRow attempt, AttemptEvent how, string? carrierId, long now)
    {
        var notice = attempt.Channel == AttemptChannel.Notice.ToColumn();
        if (!AttemptStore.Placed(connection, attempt, how, carrierId, notice ? deadlines.ForNotice() : deadlines.ForReply(), now)) return attempt;
        var day = contact.Campaign.DayOf(Instants.FromMillis(attempt.PlacingAt ?? now));
        ContactCapStore.Add(connection, contact.Row.NumberIndex, CapKind.Text.ToColumn(), day, cipher.KeyVersion);
        return attempt with { State = AttemptState.Placed.ToColumn(), CarrierId = attempt.CarrierId ?? carrierId };
    }

    /// <summary>Ends an attempt by text with what is known of it.</summary>
    /// <param name="status">Of its last text.</param>
    /// <param name="interview">Null before the first.</param>
    internal void End(SqliteConnection connection, TextContact who, AttemptRow attempt, TextStatus status, InterviewRow? interview, long now)
    {
        var evidence = AfterContact.EvidenceOf(attempt) with
        {
            Text = status,
            Interview = who.Engine is { } engine && attempt.AnsweredAt is not null && interview?.Position is { } position
                ? InterviewEvidenceReader.Read(InterviewPosition.Parse(position), engine)
                : null,
        };
        after.TextEnded(connection, who.Contact.Campaign, attempt, evidence, interview, now);
    }

    /// <summary>No call and no text any more, to any number of the respondent.</summary>
    internal void NeverAgain(SqliteConnection connection, Contact contact, long now) => events.NeverAgain(connection, contact, now);

    /// <summary>The number as the carrier takes it.</summary>
    internal string NumberOf(SqliteConnection connection, long phoneId)
        => cipher.Decrypt(SampleFields.NumberPurpose, PhoneStore.NumberOf(connection, phoneId))!;

    private static IReadOnlyDictionary<string, string> Blanks(Contact contact)
        => contact.Campaign.BlanksOf(contact.Row.TownshipId, contact.Row.TownshipName);
}

/// <param name="Engine">Null for a notice.</param>
internal sealed record TextContact(Contact Contact, InterviewEngine? Engine);
