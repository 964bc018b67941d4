using System.Text;
using SurveyDialer.Calls;
using SurveyDialer.FollowUps;
using SurveyDialer.Storage;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>Voice comments from the carrier's announcement until nothing of them is left there and here.</summary>
public sealed class VoiceCommentsTests : IAsyncDisposable
{
    private const string Visit = "2";
    private const string ReportOnly = "3";

    // Made anew each time: what fetches a sound wipes the bytes that it was given.
    private static byte[] Sound => [.. "RIFF"u8, .. new byte[40], .. "路灯坏了"u8];

    private readonly TextOffice office = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CaseQueries Cases => new(office.Files.Database, office.Files.Cipher);

    private RecordingSounds Sounds => new(office.Files.Database, office.Files.Cipher, office.Time.Clock);

    private CaseWordsDesk Desk => new(office.Files.Database, office.Files.Cipher, office.Time.Clock);

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_recording_of_a_case_is_here_encrypted_and_no_longer_at_the_carrier()
    {
        await CommentAsync(Visit, "RE1");
        var recording = Assert.Single(Cases.Find(1)!.Recordings);
        Assert.Equal((RecordingState.Fetched, false, 12L), (recording.State, recording.AtCarrier, recording.Seconds));
        Assert.Equal(["RE1"], office.Carrier.Deleted);
        var sound = (await Sounds.OfCaseAsync(1, recording.Id, "王芳", fromStart: true, Cancellation))!;
        Assert.Equal(Sound, sound.Audio);
        Assert.Equal("audio/wav", sound.ContentType);
        Assert.Equal(["王芳 recording-played case 1"], Logged());
        var stored = office.One<byte[]>("SELECT audio_enc FROM recording;");
        Assert.DoesNotContain("路灯", Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_is_announced_once_however_often_the_carrier_says_so()
    {
        await CommentAsync(Visit, "RE1");
        await office.AnnounceAsync(0, "RE1");
        await office.JobAsync("recordings");
        Assert.Single(Cases.Find(1)!.Recordings);
        Assert.Equal(["RE1"], office.Carrier.Deleted);
    }

    [Fact]
    public async Task Words_written_down_are_on_the_case_and_the_sound_is_gone()
    {
        await CommentAsync(Visit, "RE1");
        var id = Cases.Find(1)!.Recordings[0].Id;
        Assert.Null(await Desk.WriteDownAsync(1, id, "王芳", " 路灯坏了，晚上看不见 ", Cancellation));
        var found = Cases.Find(1)!;
        Assert.Equal(("路灯坏了，晚上看不见", RecordingState.WrittenDown), (found.Words, found.Recordings[0].State));
        Assert.Equal(("written_down", "王芳"), (found.History[0].What, found.History[0].Who));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM recording WHERE audio_enc IS NOT NULL;"));
        Assert.Null(await Sounds.OfCaseAsync(1, id, "王芳", fromStart: true, Cancellation));
        Assert.Equal(["王芳 recording-written-down case 1"], Logged());
    }

    [Fact]
    public async Task Writing_it_down_twice_does_no_harm_and_other_words_come_too_late()
    {
        await CommentAsync(Visit, "RE1");
        var id = Cases.Find(1)!.Recordings[0].Id;
        Assert.Null(await Desk.WriteDownAsync(1, id, "王芳", "路灯坏了", Cancellation));
        Assert.Null(await Desk.WriteDownAsync(1, id, "王芳", "路灯坏了", Cancellation));
        Assert.Equal(WordsProblem.WrittenDownMeanwhile, await Desk.WriteDownAsync(1, id, "李明", "路不好走", Cancellation));
        Assert.Equal(WordsProblem.WrittenDownMeanwhile, await Desk.GiveUpAsync(1, id, "李明", "听不清", Cancellation));
        Assert.Equal(("路灯坏了", 1), (Cases.Find(1)!.Words, Cases.Find(1)!.History.Count(step => step.What is not null)));
    }

    [Fact]
    public async Task What_cannot_be_understood_is_said_on_the_case()
    {
        await CommentAsync(Visit, "RE1");
        var id = Cases.Find(1)!.Recordings[0].Id;
        Assert.Null(await Desk.GiveUpAsync(1, id, "王芳", "（听不清）", Cancellation));
        Assert.Null(await Desk.GiveUpAsync(1, id, "王芳", "（听不清）", Cancellation));
        Assert.Equal(WordsProblem.PutAsideMeanwhile, await Desk.WriteDownAsync(1, id, "李明", "路灯坏了", Cancellation));
        Assert.Equal(("（听不清）", RecordingState.NotUnderstood), (Cases.Find(1)!.Words, Cases.Find(1)!.Recordings[0].State));
    }

    [Fact]
    public async Task Two_who_write_at_the_same_time_keep_one_text()
    {
        await CommentAsync(Visit, "RE1");
        var id = Cases.Find(1)!.Recordings[0].Id;
        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Desk.WriteDownAsync(1, id, $"员工{i}", $"第{i}种写法", Cancellation))));
        Assert.Equal(1, told.Count(problem => problem is null));
        Assert.Equal(7, told.Count(problem => problem == WordsProblem.WrittenDownMeanwhile));
        Assert.Matches("^第[0-7]种写法$", Cases.Find(1)!.Words);
    }

    [Fact]
    public async Task A_recording_of_another_case_is_not_played_or_written_down()
    {
        await CommentAsync(Visit, "RE1");
        var id = Cases.Find(1)!.Recordings[0].Id;
        Assert.Null(await Sounds.OfCaseAsync(2, id, "王芳", fromStart: true, Cancellation));
        Assert.Equal(WordsProblem.NotThere, await Desk.WriteDownAsync(2, id, "王芳", "路灯坏了", Cancellation));
        Assert.Empty(Logged());
    }

    [Fact]
    public async Task Moving_the_player_forward_is_the_same_listening_but_never_one_unlogged()
    {
        await CommentAsync(Visit, "RE1");
        var id = Cases.Find(1)!.Recordings[0].Id;
        var sounds = Sounds;
        Assert.NotNull(await sounds.OfCaseAsync(1, id, "王芳", fromStart: false, Cancellation));
        Assert.NotNull(await sounds.OfCaseAsync(1, id, "王芳", fromStart: false, Cancellation));
        Assert.Single(Logged());
        Assert.NotNull(await sounds.OfCaseAsync(1, id, "李明", fromStart: false, Cancellation));
        Assert.NotNull(await sounds.OfCaseAsync(1, id, "王芳", fromStart: true, Cancellation));
        Assert.Equal(3, Logged().Count);
    }

    [Fact]
    public async Task A_withdrawn_case_loses_its_recording_also_one_that_comes_late()
    {
        await CommentAsync(Visit, "RE1");
        var desk = new CaseDesk(office.Files.Database, office.Files.Cipher, office.Time.Clock);
        Assert.Null(await desk.TakeStepAsync(new CaseStep { CaseId = 1, Event = CaseEvent.Withdraw, Who = "王芳" }, Cancellation));
        Assert.Equal(RecordingState.Erased, Cases.Find(1)!.Recordings[0].State);
        office.Carrier.Recordings["RE2"] = Sound;
        await office.AnnounceAsync(0, "RE2");
        await office.JobAsync("recordings");
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM recording WHERE audio_enc IS NOT NULL;"));
        Assert.Equal(["RE1", "RE2"], office.Carrier.Deleted);
    }

    [Fact]
    public async Task Without_consent_a_recording_is_deleted_at_the_carrier_and_never_fetched()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        await office.ToConsentAsync(0, "4");
        office.Carrier.Recordings["RE1"] = Sound;
        await office.AnnounceAsync(0, "RE1");
        await office.JobAsync("recordings");
        Assert.Equal(["RE1"], office.Carrier.Deleted);
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM recording;"));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM area_words;"));
    }

    [Fact]
    public async Task A_report_without_contact_waits_for_the_area_without_time_call_or_case()
    {
        await CommentAsync(ReportOnly, "RE1");
        var item = Assert.Single(new AreaWordsQueries(office.Files.Database).List(10));
        Assert.Equal(("云溪镇", "services", true), (item.Township, item.Topic, item.Recorded));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM recording WHERE case_id IS NULL AND at IS NULL AND carrier_id IS NULL;"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM area_words WHERE respondent_id IS NULL AND state = 'waiting';"));
        var desk = new AreaWordsDesk(office.Files.Database, office.Files.Cipher, office.Time.Clock);
        Assert.Null(await desk.WriteDownAsync(item.Id, "王芳", "有一段路没有路灯", Cancellation));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM recording;"));
        Assert.Equal(1, office.One<long>("SELECT count(*) FROM area_words WHERE state = 'written_down' AND words_enc IS NULL AND delete_at IS NULL;"));
    }

    [Fact]
    public async Task One_that_fails_is_told_and_tried_again_and_does_not_keep_the_others_waiting()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        await office.ToConsentAsync(0, Visit, "5");
        foreach (var id in (string[])["RE1", "RE2", "RE3"])
        {
            office.Carrier.Recordings[id] = Sound;
            await office.AnnounceAsync(0, id);
        }

        office.Carrier.Broken.Add("RE2");
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => office.JobAsync("recordings"));
        Assert.StartsWith("1 recordings could not", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, Cases.Find(1)!.Recordings.Count(one => one.State == RecordingState.Fetched));
        office.Carrier.Broken.Clear();
        await office.JobAsync("recordings");
        Assert.Equal(3, Cases.Find(1)!.Recordings.Count(one => one.State == RecordingState.Fetched));
        Assert.Equal(["RE1", "RE2", "RE3"], office.Carrier.Deleted.Order());
    }

    [Fact]
    public async Task What_is_written_down_while_the_carrier_is_down_is_deleted_there_later()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        await office.ToConsentAsync(0, Visit, "5");
        office.Carrier.Recordings["RE1"] = Sound;
        await office.AnnounceAsync(0, "RE1");
        office.Carrier.Undeletable.Add("RE1");
        await Assert.ThrowsAsync<HttpRequestException>(() => office.JobAsync("recordings"));
        var id = Cases.Find(1)!.Recordings[0].Id;
        Assert.Null(await Desk.WriteDownAsync(1, id, "王芳", "路灯坏了", Cancellation));
        Assert.True(Cases.Find(1)!.Recordings[0].AtCarrier);
        await Assert.ThrowsAsync<HttpRequestException>(() => office.JobAsync("recordings"));
        office.Carrier.Undeletable.Clear();
        await office.JobAsync("recordings");
        await office.JobAsync("recordings");
        Assert.Equal(["RE1"], office.Carrier.Deleted);
        Assert.False(Cases.Find(1)!.Recordings[0].AtCarrier);
    }

    [Fact]
    public async Task What_nobody_writes_down_in_time_is_deleted_with_a_line_in_the_history()
    {
        await CommentAsync(Visit, "RE1");
        var kept = Cases.Find(1)!.Recordings[0].DeleteAt - office.Time.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.InRange(TimeSpan.FromMilliseconds(kept).TotalDays, 30, 31);
        await office.Time.AdvanceAsync(TimeSpan.FromDays(29), Cancellation);
        await office.JobAsync("own-words");
        Assert.Equal(RecordingState.Fetched, Cases.Find(1)!.Recordings[0].State);
        await office.Time.AdvanceAsync(TimeSpan.FromDays(2), Cancellation);
        await office.JobAsync("own-words");
        await office.JobAsync("own-words");
        var found = Cases.Find(1)!;
        Assert.Equal((RecordingState.Expired, "expired", "SurveyDialer"), (found.Recordings[0].State, found.History[0].What, found.History[0].Who));
        Assert.Equal(1, found.History.Count(step => step.What is not null));
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM recording WHERE audio_enc IS NOT NULL;"));
        Assert.Equal(WordsProblem.ExpiredMeanwhile, await Desk.WriteDownAsync(1, found.Recordings[0].Id, "王芳", "路灯坏了", Cancellation));
    }

    [Fact]
    public async Task Recordings_that_never_came_and_words_for_an_area_are_deleted_in_time_too()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        await office.ToConsentAsync(0, ReportOnly, "5");
        await office.AnnounceAsync(0, "RE1");
        await office.JobAsync("recordings");
        Assert.Empty(new AreaWordsQueries(office.Files.Database).List(10));
        await office.Time.AdvanceAsync(TimeSpan.FromDays(31), Cancellation);
        await office.JobAsync("own-words");
        Assert.Equal(["RE1"], office.Carrier.Deleted);
        Assert.Equal(0, office.One<long>("SELECT count(*) FROM recording;"));
        Assert.Equal(1, new AreaWordsQueries(office.Files.Database).CountExpired());
        Assert.Equal(["SurveyDialer area-words-expired campaign 1: 1"], Logged());
    }

    [Fact]
    public async Task An_announcement_of_nothing_is_noted_on_the_case_and_asks_the_carrier_nothing()
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        await office.ToConsentAsync(0, Visit, "5");
        await office.AnnounceAsync(0, "RE1", absent: true);
        await office.JobAsync("recordings");
        Assert.Equal(RecordingState.Absent, Assert.Single(Cases.Find(1)!.Recordings).State);
        Assert.Empty(office.Carrier.Deleted);
    }

    private async Task CommentAsync(string consent, string recording)
    {
        await office.LaunchAsync("short-keys", [[TextOffice.Mobile]]);
        await office.ToConsentAsync(0, consent, "5");
        office.Carrier.Recordings[recording] = [.. Sound];
        await office.EndCallAsync(0, CallStatus.Completed);
        await office.AnnounceAsync(0, recording);
        await office.JobAsync("recordings");
    }

    private IReadOnlyList<string> Logged() => office.All("SELECT who || ' ' || action || ' ' || detail FROM audit_log ORDER BY id;");
}
