using System.Runtime.CompilerServices;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Twilio.Tests;

/// <summary>The documents as files beside this one. To write them anew: <c>SURVEYDIALER_UPDATE=1 dotnet test tests/SurveyDialer.Twilio.Tests</c>, then read the difference.</summary>
public sealed class TwiMlTests
{
    private static readonly Utterance Greeting = new("zh-CN", "您好，这里是石桥镇人民政府委托的满意度调查。", null, Interruptible: false);
    private static readonly Utterance Question = new("zh-CN", "您对镇上的治安满意吗？非常满意请按1，比较满意请按2。", null, Interruptible: true);
    private static readonly Utterance Recorded = new("cmn-x-huangping", "听不清请按星号。", new string('a', 64), Interruptible: true);
    private static readonly Expectation SixSeconds = new Expectation.Key(TimeSpan.FromSeconds(6));

    private static readonly Dictionary<string, (string? Token, VoiceReply Reply)> Replies = new()
    {
        ["question"] = ("tok-1", new([Question], SixSeconds, 3)),
        ["greeting-then-question"] = ("tok-1", new([Greeting, Question, Recorded], SixSeconds, 1)),
        ["interruptible-before-not"] = ("tok-1", new([Question, Greeting, Recorded], SixSeconds, 2)),
        ["silence-only"] = ("tok-1", new([], SixSeconds, 4)),
        ["comment"] = ("tok-1", new([Question], new Expectation.Words(TimeSpan.FromSeconds(60)), 9)),
        ["goodbye"] = ("tok-1", new([Question, Recorded], new Expectation.Nothing(), 10)),
        ["incoming-question"] = (null, new([Greeting, Question], SixSeconds, 1)),
        ["incoming-goodbye"] = (null, new([Greeting], new Expectation.Nothing(), 2)),
        ["english"] = ("tok-1", new([new Utterance("en", "Tom & Jerry <say> \"hi\" > 1\u0001\u0000 👍\ud800!", null, true)], SixSeconds, 5)),
        ["languages"] = ("tok-1", new([.. "zh-CN zh-HK yue-CN cmn-x-huangping en-GB bo-CN".Split(' ').Select(l => new Utterance(l, l, null, true))], new Expectation.Nothing(), 5)),
    };

    public static TheoryData<string> Names => [.. Replies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reply_is_written_as_in_its_file(string name)
    {
        var (token, reply) = Replies[name];
        Check(name, Writer().Voice(token, reply));
    }

    [Fact]
    public void The_apology_is_written_as_in_its_file() => Check("apology", Writer().Apology());

    [Fact, Trait("case", "G10")]
    public void A_long_text_is_cut_between_sentences_and_nothing_is_lost()
    {
        var sentence = new string('好', 99) + "。";
        var says = Says(string.Concat(Enumerable.Repeat(sentence, 70)));
        Assert.Equal([3000, 3000, 1000], says.Select(s => s.Length));
        Assert.All(says, s => Assert.EndsWith("。", s, StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_without_any_end_is_cut_between_characters()
    {
        var says = Says("x" + string.Concat(Enumerable.Repeat("👍", 2000)));
        Assert.Equal([2999, 1002], says.Select(s => s.Length));
        Assert.Equal(4001, says.Sum(s => s.Length));
    }

    [Fact, Trait("case", "G10")]
    public void A_document_that_no_carrier_takes_is_not_written()
    {
        var reply = new VoiceReply([Question with { Text = new string('好', 22_000) }], SixSeconds, 3);
        Assert.Throws<InvalidOperationException>(() => Writer().Voice("tok-1", reply));
        Assert.NotEmpty(Writer().Voice("tok-1", reply with { Says = [Question with { Text = new string('好', 20_000) }] }));
    }

    [Fact, Trait("case", "G13")]
    public void Any_text_gives_well_formed_XML_that_says_it_in_pieces_of_at_most_3000_characters()
    {
        var seen = 0;
        var text = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>(),
            Gen.Choose(0, 0x10FFFF).Where(c => c is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32).ListOf().Select(string.Concat));
        Prop.ForAll(text.ToArbitrary(), written =>
        {
            var document = XDocument.Parse(Writer().Voice("tok-1", new VoiceReply([Question with { Text = written ?? "" }], SixSeconds, 3)));
            seen++;
            var gather = document.Root!.Element("Gather")!;
            Assert.Equal(["Gather", "Redirect"], document.Root.Elements().Select(e => e.Name.LocalName));
            return gather.Elements().All(e => e.Name == "Say" && e.Value.Length <= TwiMl.LongestSay);
        }).QuickCheckThrowOnFailure();
        Assert.True(seen >= 100);
    }

    [Theory]
    [InlineData("https://survey.example.cn/base/", "https://survey.example.cn/base/carrier/voice/tok-1/3#rc=1&rp=ct,5xx&rt=8000")]
    [InlineData("http://127.0.0.1:5001", "http://127.0.0.1:5001/carrier/voice/tok-1/3#rc=1&rp=ct,5xx&rt=8000")]
    public void Addresses_come_from_the_public_address_alone(string publicAddress, string action)
    {
        var document = XDocument.Parse(Writer(new Uri(publicAddress)).Voice("tok-1", new VoiceReply([Question], SixSeconds, 3)));
        Assert.Equal(action, (string?)document.Root!.Element("Gather")!.Attribute("action"));
        Assert.Equal(action, document.Root.Element("Redirect")!.Value);
    }

    private static string[] Says(string text)
    {
        var document = XDocument.Parse(Writer().Voice("tok-1", new VoiceReply([Question with { Text = text }], new Expectation.Nothing(), 3)));
        return [.. document.Descendants("Say").Select(e => e.Value)];
    }

    private static TwiMl Writer(Uri? publicAddress = null)
    {
        var options = Some.Options();
        options.PublicAddress = publicAddress ?? options.PublicAddress;
        return new TwiMl(options, new CarrierAddresses(options.PublicAddress!));
    }

    private static void Check(string name, string document, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "TwiMl", name + ".xml");
        var readable = document.Replace("><", ">\n<", StringComparison.Ordinal) + "\n";
        if (Environment.GetEnvironmentVariable("SURVEYDIALER_UPDATE") == "1") File.WriteAllText(file, readable);
        Assert.Equal(File.ReadAllText(file), readable);
        Assert.NotNull(XDocument.Parse(document).Root);
    }
}
