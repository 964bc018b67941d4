using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace SurveyDialer.Twilio.Tests;

public sealed class TwilioOptionsCheckTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    public static TheoryData<string, Action<TwilioOptions>> Mistakes => new()
    {
        { "AccountSidMissing", o => o.AccountSid = "" },
        { "AccountSidMalformed", o => o.AccountSid = "AC 1" },
        { "AuthTokenMissing", o => o.AuthToken = "" },
        { "ApiKeyIncomplete", o => o.ApiKeySid = "SK1" },
        { "ApiKeyIncomplete", o => o.ApiKeySecret = "x" },
        { "CallerNumberMissing", o => o.CallerNumber = "" },
        { "CallerNumberMalformed", o => o.CallerNumber = "0851-81234567" },
        { "TextSenderNumberMalformed", o => o.TextSenderNumber = "12345" },
        { "BaseAddressMalformed", o => o.BaseAddress = new Uri("ftp://x") },
        { "BaseAddressMalformed", o => o.BaseAddress = new Uri("/x", UriKind.Relative) },
        { "BaseAddressInsecure", o => o.BaseAddress = new Uri("http://api.example.com") },
        { "PublicAddressMissing", o => o.PublicAddress = null },
        { "PublicAddressMalformed", o => o.PublicAddress = new Uri("https://h/x?y") },
        { "PublicAddressMalformed", o => o.PublicAddress = new Uri("https://u:p@h/") },
        { "PublicAddressUnderscore", o => o.PublicAddress = new Uri("https://my_host.example") },
        { "PublicAddressInsecure", o => o.PublicAddress = new Uri("http://8.8.8.8") },
        { "CallsPerSecondOutOfRange", o => o.CallsPerSecond = 0 },
        { "LinesOutOfRange", o => o.Lines = 0 },
        { "RequestSecondsOutOfRange", o => o.RequestSeconds = 0.5 },
        { "ConnectSecondsOutOfRange", o => o.ConnectSeconds = 61 },
        { "RecordingSilenceSecondsOutOfRange", o => o.RecordingSilenceSeconds = 0 },
        { "VoiceIncomplete", o => o.Voices["zh"] = new TwilioVoice() },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_named_once_with_what_to_change(string key, Action<TwilioOptions> change)
    {
        var options = Some.Options();
        change(options);
        var problem = Assert.Single(TwilioOptionsCheck.Problems(options));
        Assert.Equal(key, problem.Key);
        Assert.Contains("Twilio:", problem.InWords(English), StringComparison.Ordinal);
        Assert.NotEqual(problem.InWords(English), problem.InWords(Chinese));
        Assert.False(new TwilioOptionsCheck().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData("https://survey.example.cn/path")]
    [InlineData("http://127.0.0.1:5001")]
    [InlineData("http://localhost:5001")]
    [InlineData("http://192.168.1.20")]
    [InlineData("http://10.0.0.5:8080")]
    [InlineData("http://172.31.0.1")]
    [InlineData("http://[::1]:5001")]
    [InlineData("http://[fd00::1]")]
    public void Good_settings_pass(string publicAddress)
    {
        var options = Some.Options();
        options.PublicAddress = new Uri(publicAddress);
        options.BaseAddress = new Uri(publicAddress);
        Assert.Empty(TwilioOptionsCheck.Problems(options));
        Assert.Same(ValidateOptionsResult.Success, new TwilioOptionsCheck().Validate(null, options));
    }

    [Fact]
    public void All_mistakes_are_named_at_once() =>
        Assert.Equal(
            ["AccountSidMissing", "ApiKeyIncomplete", "AuthTokenMissing", "CallerNumberMissing", "PublicAddressMissing"],
            TwilioOptionsCheck.Problems(new TwilioOptions { ApiKeySid = "SK1" }).Select(p => p.Key).Order());

    [Fact]
    public void Settings_are_read_from_configuration_with_voices()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Twilio:AccountSid"] = Some.Account,
            ["Twilio:PublicAddress"] = "https://h",
            ["Twilio:Voices:bo:Language"] = "bo-CN",
            ["Twilio:Voices:bo:Voice"] = "Gateway.Bo",
        }).Build();
        var options = configuration.GetSection("Twilio").Get<TwilioOptions>()!;
        Assert.Equal((Some.Account, new Uri("https://h")), (options.AccountSid, options.PublicAddress));
        Assert.Equal(new TwilioVoice("bo-CN", "Gateway.Bo"), options.Voices["bo"]);
        Assert.Equal("cmn-CN", options.Voices["zh"].Language);
    }

    [Fact]
    public void Every_text_is_there_in_both_languages()
    {
        var chinese = Keys(CultureInfo.InvariantCulture);
        var english = Keys(English);
        Assert.Equal(chinese, english);
        Assert.True(chinese.Length > 20);
        Assert.Empty(Mistakes.Select(m => m.Data.Item1).Except(chinese));

        static string[] Keys(CultureInfo culture) =>
            [.. TwilioTexts.Resources.GetResourceSet(culture, true, false)!.Cast<DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal)];
    }
}
