using Dapper;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// "Who rang me?": whoever calls the campaign's number hears who we are, what for, how to check, and 9 for never again; 3 says it in the next
/// language. A caller whom a round has called hears that round, his township's number and his own language.
/// </summary>
internal sealed class IncomingCalls(Database database, CampaignBook campaigns, FieldCipher cipher, EnquiryDesk enquiries)
{
    /// <summary>Answers to one call; then it ends.</summary>
    private const int MostAnswers = 4;

    private const string SelectNewest = "SELECT id FROM campaign WHERE launched_at IS NOT NULL ORDER BY launched_at DESC LIMIT 1;";

    private const string SelectCaller = $"""
        SELECT m.campaign_id AS campaign_id, t.id AS township_id, t.name AS township, r.language AS language
        {NumberSql.InRounds}
        ORDER BY c.launched_at DESC LIMIT 1;
        """;

    private static readonly TimeSpan KeyTime = TimeSpan.FromSeconds(8);

    internal async Task<VoiceReply> AnswerAsync(IncomingCall call, CancellationToken cancellation)
    {
        PhoneNumber? number = PhoneNumber.TryRead(call.From, out var read) ? read : null;
        if (Find(number) is not { } caller) return new VoiceReply([], new Expectation.Nothing(), call.Turn + 1);
        var campaign = database.Read(connection => campaigns.Get(connection, caller.CampaignId));
        var languages = campaign.Template.Languages;
        var (said, at) = call.Turn == 0 ? (0, Position(languages, campaign.LanguageFor(caller.Language))) : (call.Turn % MostAnswers, call.Turn / MostAnswers % languages.Count);
        if (call.Input is InterviewInput.Keys { Pressed: "3" }) at = (at + 1) % languages.Count;
        var blanks = caller.Township is { } township ? campaign.BlanksOf(caller.TownshipId, township) : campaign.BlanksOfStranger();
        var words = new Words(campaign, blanks, languages[at]);
        if (call.Input is InterviewInput.Keys { Pressed: "9" })
        {
            if (number is not null) await enquiries.NeverAgainAsync(number, "resident", cancellation);
            return new VoiceReply(words.Say("end.OptedOut", campaign.Template.Closing.OptOut), new Expectation.Nothing(), call.Turn + 1);
        }

        // The turn tells how often was answered and in which language, so that nothing is kept of a call.
        var next = (at * MostAnswers) + said + 1;
        return said + 1 < MostAnswers
            ? new VoiceReply([.. words.WhoCalled(), .. words.Offer(languages[(at + 1) % languages.Count])], new Expectation.Key(KeyTime), next)
            : new VoiceReply(words.Say("end.Finished", campaign.Template.Closing.Close), new Expectation.Nothing(), next);
    }

    private Caller? Find(PhoneNumber? number)
    {
        var known = number is null ? null : database.Read(connection => connection.QuerySingleOrDefault<Caller>(SelectCaller, new { index = SampleFields.NumberIndex(cipher, number) }));
        return known ?? (database.Read(connection => connection.QuerySingleOrDefault<long?>(SelectNewest)) is { } newest ? new Caller { CampaignId = newest } : null);
    }

    private static int Position(IReadOnlyList<string> languages, string language) => languages.TakeWhile(known => known != language).Count();

    /// <summary>What is said in one language; a sentence that a dialect has no recording of is left out, since no voice can speak it.</summary>
    private sealed class Words(ActiveCampaign campaign, IReadOnlyDictionary<string, string> blanks, string language)
    {
        internal List<Utterance> WhoCalled()
        {
            var introduction = campaign.Template.Introduction;
            var incoming = Say("incoming", introduction.Incoming);
            return [.. Say("identity", introduction.Identity), .. incoming.Count > 0 ? incoming : Say("notice", introduction.Notice)];
        }

        /// <summary>The other language is offered in itself.</summary>
        internal List<Utterance> Offer(string other)
            => other == language ? [] : new Words(campaign, blanks, other).Say("language", campaign.Template.Introduction.LanguageOffer);

        internal List<Utterance> Say(string step, LocalText? text)
        {
            if (text?.Find(language) is not { Length: > 0 }) return [];
            var words = BlankFilling.Fill(text, language, blanks);
            var audio = campaign.Audio(step, language, words);
            return audio is null && !PromptSheet.HasVoice(language) ? [] : [new Utterance(language, words, audio, Interruptible: true)];
        }
    }

    private sealed record Caller
    {
        public long CampaignId { get; init; }

        public long TownshipId { get; init; }

        public string? Township { get; init; }

        public string? Language { get; init; }
    }
}
