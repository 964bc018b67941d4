using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.TestKit;

namespace SurveyDialer.Questionnaires.Tests;

public sealed class WaveFileTests
{
    private static readonly byte[] Sound = [.. Enumerable.Range(0, 8000).Select(i => (byte)i)];

    [Theory]
    [InlineData(1, 16, 0.5)]
    [InlineData(6, 8, 1)]
    [InlineData(7, 8, 1)]
    public void What_a_telephone_carries_is_read_with_its_length(int tag, int bits, double seconds)
    {
        var (file, problem) = WaveFile.Read(Waves.Make(Sound, tag, bits: bits));
        Assert.Null(problem);
        Assert.Equal(seconds, file!.Seconds);
    }

    [Fact]
    public void Chunks_of_other_programs_are_skipped_and_an_odd_end_needs_no_pad()
    {
        Assert.Equal(0.5, WaveFile.Read(Waves.Make(Sound, 1, 1, 8000, 16, ("LIST", [1, 2, 3]), ("fact", [4, 0, 0, 0]))).File!.Seconds);
        var odd = Waves.Make([1, 2, 3], 7, bits: 8)[..^1];
        odd[4]--;
        Assert.Equal(3.0 / 8000, WaveFile.Read(odd).File!.Seconds);
    }

    [Theory]
    [InlineData(1, 2, 8000, 16, "wav_channels", "2")]
    [InlineData(1, 1, 44100, 16, "wav_rate", "44100")]
    [InlineData(1, 1, 8000, 24, "wav_encoding", "24")]
    [InlineData(3, 1, 8000, 32, "wav_encoding", "32")]
    [InlineData(7, 1, 8000, 16, "wav_encoding", "16")]
    [InlineData(0xFFFE, 1, 8000, 16, "wav_encoding", "65534")]
    public void Another_form_is_named_with_what_it_is(int tag, int channels, int rate, int bits, string problem, string argument)
    {
        var found = WaveFile.Read(Waves.Make(Sound, tag, channels, rate, bits)).Problem!;
        Assert.Equal(problem, found.Key);
        Assert.Contains(argument, found.Arguments);
    }

    [Fact]
    public void Other_files_cut_files_and_silence_are_told_apart()
    {
        var good = Waves.Make(Sound);
        Assert.Equal("wav_other_kind", WaveFile.Read("ID3 is an MP3"u8).Problem!.Key);
        Assert.Equal("wav_other_kind", WaveFile.Read([]).Problem!.Key);
        Assert.Equal("wav_damaged", WaveFile.Read(good.AsSpan(0, good.Length - 100)).Problem!.Key);
        Assert.Equal("wav_damaged", WaveFile.Read([.. good, 0, 0]).Problem!.Key);
        Assert.Equal("wav_damaged", WaveFile.Read(Waves.Riff(("data", Sound))).Problem!.Key);
        Assert.Equal("wav_damaged", WaveFile.Read(Waves.Riff(("fmt ", good[20..36]))).Problem!.Key);
        Assert.Equal("wav_damaged", WaveFile.Read(Waves.Riff(("fmt ", good[20..36]), ("data", Sound), ("data", Sound))).Problem!.Key);
        Assert.Equal("wav_damaged", WaveFile.Read(Waves.Riff(("fmt ", good[20..36]), ("data", Sound[..7]))).Problem!.Key);
        Assert.Equal("wav_empty", WaveFile.Read(Waves.Make([])).Problem!.Key);
        Assert.Equal("wav_silent", WaveFile.Read(Waves.Make(new byte[8000])).Problem!.Key);
        Assert.Equal("wav_too_long", WaveFile.Read(Waves.Tone(60.5, 1)).Problem!.Key);
    }

    [Fact]
    public void No_bytes_bring_an_exception_and_no_damage_to_the_header_passes_for_another_length()
    {
        var good = Waves.Make(Sound[..200], 1, 1, 8000, 16, ("LIST", [1, 2, 3]));
        var whole = WaveFile.Read(good).File!.Seconds;
        var read = 0;
        Prop.ForAll(
            Gen.Choose(0, 70).SelectMany(at => Gen.Choose(0, 255).SelectMany(put => Gen.Choose(0, good.Length).Select(cut => (at, put, cut)))).ToArbitrary(),
            damage =>
            {
                var bytes = good.ToArray();
                bytes[damage.at] = (byte)damage.put;
                var (file, problem) = WaveFile.Read(bytes);
                var (cutFile, cutProblem) = WaveFile.Read(bytes.AsSpan(0, damage.cut));
                read++;
                return (file is null) != (problem is null) && (cutFile is null) != (cutProblem is null)
                    && (file is null || file.Seconds == whole || damage.at is >= 16 and < 44) && (cutFile is null || damage.cut == good.Length);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        Prop.ForAll(
            Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf(60).ToArbitrary(),
            noise => WaveFile.Read([.. good[..12], .. noise]).Problem is not null && WaveFile.Read(noise).Problem is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Assert.Equal(5000, read);
    }
}
