using System.Globalization;
using SurveyDialer.Dispositions;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Tests.Dispositions;

public sealed class DispositionTests
{
    [Theory]
    [InlineData("1.1", null)]
    [InlineData("2.111", "2.11")]
    [InlineData("2.11", "2.10")]
    [InlineData("2.12", "2.10")]
    [InlineData("2.222", "2.22")]
    [InlineData("2.90", null)]
    [InlineData("3.161", "3.16")]
    [InlineData("3.16", "3.10")]
    [InlineData("4.431", "4.43")]
    [InlineData("4.43", "4.40")]
    public void A_code_has_its_wider_code(string code, string? parent) => Assert.Equal(parent, Disposition.Of(code).Parent?.Code);

    [Theory]
    [InlineData(OutcomeGroup.Complete, "1.1")]
    [InlineData(OutcomeGroup.Partial, "1.2")]
    [InlineData(OutcomeGroup.Refusal, "2.10 2.11 2.111 2.112 2.12")]
    [InlineData(OutcomeGroup.NonContact, "2.20 2.21 2.22 2.221 2.222")]
    [InlineData(OutcomeGroup.Other, "2.30 2.31 2.32 2.33 2.331 2.332 2.333 2.34 2.35 2.36 2.90")]
    [InlineData(OutcomeGroup.UnknownHousehold, "3.10 3.11 3.12 3.13 3.14 3.15 3.16 3.161")]
    [InlineData(OutcomeGroup.UnknownOther, "3.20 3.21 3.30 3.90")]
    [InlineData(OutcomeGroup.NotEligible, "4.10 4.20 4.30 4.31 4.32 4.33 4.40 4.41 4.43 4.431 4.432 4.44 4.45 4.46 4.50 4.51 4.52 4.53 4.54 4.70 4.80 4.90")]
    public void Codes_roll_up_into_the_groups_of_the_rates(object group, string codes) =>
        Assert.Equal(codes, string.Join(' ', Disposition.All.Where(code => code.Group == (OutcomeGroup)group)));

    [Theory]
    [InlineData("")]
    [InlineData("1.3")]
    [InlineData("2.1")]
    [InlineData("2.1111")]
    public void What_is_not_in_the_table_is_no_code(string code)
    {
        Assert.False(Disposition.TryOf(code, out _));
        Assert.Throws<InvalidDataException>(() => Disposition.Of(code));
    }

    [Fact]
    public void Every_code_has_a_name_in_both_languages()
    {
        Assert.Equal(57, Disposition.All.Count);
        Assert.All(Disposition.All, code =>
        {
            Assert.Contains(DispositionTexts.Name(code, CultureInfo.GetCultureInfo("zh-CN")), letter => letter >= 0x4E00);
            Assert.DoesNotContain(DispositionTexts.Name(code, CultureInfo.GetCultureInfo("en")), letter => letter >= 0x4E00);
        });
    }
}
