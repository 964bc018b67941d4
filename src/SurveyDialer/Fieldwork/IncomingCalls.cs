using Dapper;
using SurveyDialer.Attempts;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>"Who rang me?": whoever calls the campaign's number hears who we are, how to check, and 9 for never again.</summary>
internal sealed class IncomingCalls(Database database, CampaignBook campaigns, FieldCipher cipher, TimeProvider clock)
{
    private const string SelectNewest = "SELECT id FROM campaign WHERE launched_at IS NOT NULL ORDER BY launched_at DESC LIMIT 1;";

    private static readonly TimeSpan KeyTime = TimeSpan.FromSeconds(8);

    internal async Task<VoiceReply> AnswerAsync(IncomingCall call, CancellationToken cancellation)
    {
        if (database.Read(connection => connection.QuerySingleOrDefault<long?>(SelectNewest)) is not { } id) return Silent(call.Turn + 1);
        var campaign = database.Read(connection => campaigns.Get(connection, id));
        var template = campaign.Template;
        var language = template.Languages[0];
        var blanks = campaign.BlanksOf(0, campaign.Row.Organiser);
        Utterance Say(LocalText text) => new(language, BlankFilling.Fill(text, language, blanks), null, Interruptible: true);
        if (call.Input is InterviewInput.Keys { Pressed: "9" })
        {
            if (PhoneNumber.TryRead(call.From, out var number)) await NeverAgainAsync(campaign, number, cancellation);
            return new VoiceReply([Say(template.Closing.OptOut)], new Expectation.Nothing(), call.Turn + 1);
        }

        return call.Turn < 3
            ? new VoiceReply([Say(template.Introduction.Identity), Say(template.Introduction.Notice)], new Expectation.Key(KeyTime), call.Turn + 1)
            : new VoiceReply([Say(template.Closing.Close)], new Expectation.Nothing(), call.Turn + 1);
    }

    private Task<bool> NeverAgainAsync(ActiveCampaign campaign, PhoneNumber number, CancellationToken cancellation)
    {
        var index = SampleFields.NumberIndex(cipher, number);
        return database.WriteAsync(
            connection => ContactCapStore.AddDoNotCall(connection, index, cipher.KeyVersion, campaign.DayOf(clock.GetUtcNow())), cancellation);
    }

    private static VoiceReply Silent(int turn) => new([], new Expectation.Nothing(), turn);
}
