using Dapper;
using SurveyDialer.Calls;
using SurveyDialer.Exports.Notices;
using SurveyDialer.Fieldwork;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>Whoever rings back, and what the villages are told.</summary>
public sealed class IncomingCallsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_calls_back_hears_who_we_are_what_for_how_to_check_and_nine()
    {
        await using var office = new LineOffice(new FieldworkOptions(), 5);
        await office.LaunchAsync(1);
        var reply = await Ring(office, "anonymous", 0, null);
        var said = string.Join("", reply.Says.Select(utterance => utterance.Text));
        foreach (var words in (string[])["模拟民意调查", "0851-01234567", "请按9", "参加不参加由您自己决定"]) Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.DoesNotContain("{", said, StringComparison.Ordinal);
        Assert.IsType<Expectation.Key>(reply.Expects);
        Assert.Contains(reply.Says, utterance => utterance.Language == "en");
    }

    [Fact]
    public async Task Three_says_it_in_the_next_language_and_silence_ends_the_call_in_time()
    {
        await using var office = new LineOffice(new FieldworkOptions(), 5);
        await office.LaunchAsync(1);
        var first = await Ring(office, "anonymous", 0, null);
        var english = await Ring(office, "anonymous", first.Turn, new InterviewInput.Keys("3"));
        Assert.Equal("en", english.Says[0].Language);
        var (turn, asked) = (english.Turn, 0);
        for (var reply = english; reply.Expects is Expectation.Key; asked++)
        {
            Assert.True(asked < 5, "The call does not end.");
            reply = await Ring(office, "anonymous", turn, new InterviewInput.Silence());
            Assert.Equal("en", reply.Says[0].Language);
            turn = reply.Turn;
        }
    }

    [Fact]
    public async Task Nine_is_kept_and_the_number_never_called_again()
    {
        await using var office = new LineOffice(new FieldworkOptions(), 5);
        await office.LaunchAsync(1);
        var reply = await Ring(office, "+8615400000009", 1, new InterviewInput.Keys("9"));
        Assert.IsType<Expectation.Nothing>(reply.Expects);
        Assert.Equal(1, office.Files.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM do_not_call;")));
    }

    [Fact]
    public async Task Nine_takes_back_the_call_that_waits()
    {
        await using var office = new LineOffice(new FieldworkOptions(), 5);
        await office.LaunchAsync(1);
        var number = office.Files.Database.Read(connection => connection.QueryFirst<byte[]>(
            "SELECT p.number_enc FROM attempt a JOIN respondent_phone rp ON rp.respondent_id = a.respondent_id JOIN phone p ON p.id = rp.phone_id WHERE a.state = 'pending' ORDER BY a.id LIMIT 1;"));
        long Waiting() => office.Files.Database.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM attempt WHERE state = 'pending';"));
        var before = Waiting();
        await Ring(office, office.Files.Cipher.Decrypt(SampleFields.NumberPurpose, number)!, 1, new InterviewInput.Keys("9"));
        Assert.Equal(before - 1, Waiting());
    }

    [Fact]
    public async Task Each_township_and_language_has_a_notice_that_tells_everything_and_suggests_no_answer()
    {
        await using var office = new LineOffice(new FieldworkOptions(), 5);
        var round = await office.LaunchAsync(1);
        var notices = new VillageNotices(office.Files.Database, office.Time.Clock).Of(round);
        Assert.Equal(["zh-CN", "en"], notices.Select(notice => notice.Language));
        foreach (var notice in notices)
        {
            Assert.Empty(notice.Steers);
            foreach (var text in (string[])[string.Join('\n', notice.Board), string.Join('\n', notice.Loudspeaker)])
            {
                Assert.Contains("0851-01234567", text, StringComparison.Ordinal);
                Assert.Contains("09:00", text, StringComparison.Ordinal);
                Assert.Contains("＿", text, StringComparison.Ordinal);
                Assert.DoesNotContain("{", text, StringComparison.Ordinal);
            }
        }

        Assert.Contains("3月2日", notices[0].Board[2], StringComparison.Ordinal);
        Assert.Contains("由您自己决定", string.Join("", notices[0].Loudspeaker), StringComparison.Ordinal);
    }

    private static Task<VoiceReply> Ring(LineOffice office, string from, int turn, InterviewInput? input)
        => office.Carrier.Inbox!.IncomingCallAsync(new IncomingCall("CA1", from, turn, input), Cancellation);
}
