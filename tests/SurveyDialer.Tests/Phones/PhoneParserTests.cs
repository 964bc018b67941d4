using System.Globalization;
using SurveyDialer.Phones;

namespace SurveyDialer.Tests.Phones;

public sealed class PhoneParserTests
{
    private static readonly DialDefaults Guiyang = new() { AreaCode = "0851" };
    private static readonly DialDefaults Qiandongnan = new() { AreaCode = "0855" };

    [Theory]
    [InlineData("13812345678", "+8613812345678")]
    [InlineData("138 1234 5678", "+8613812345678")]
    [InlineData("138-1234-5678", "+8613812345678")]
    [InlineData("１３８１２３４５６７８", "+8613812345678")]
    [InlineData("13812345678.0", "+8613812345678")]
    [InlineData("13812345678.00", "+8613812345678")]
    [InlineData("13,812,345,678", "+8613812345678")]
    [InlineData("013812345678", "+8613812345678")]
    [InlineData("+8613812345678", "+8613812345678")]
    [InlineData("＋86 138 1234 5678", "+8613812345678")]
    [InlineData("0086-13812345678", "+8613812345678")]
    [InlineData("8613812345678", "+8613812345678")]
    [InlineData("(+86)13812345678", "+8613812345678")]
    [InlineData("手机：13812345678", "+8613812345678")]
    [InlineData("张三13812345678（儿子）", "+8613812345678")]
    [InlineData("Tel: 13812345678", "+8613812345678")]
    [InlineData("'13812345678", "+8613812345678")]
    [InlineData("\u200e138\u00a01234\u30005678\u202c", "+8613812345678")]
    [InlineData("0851-81234567", "+8685181234567")]
    [InlineData("0851—81234567", "+8685181234567")]
    [InlineData("0851一81234567", "+8685181234567")]
    [InlineData("(0851)81234567", "+8685181234567")]
    [InlineData("（0851）8123 4567", "+8685181234567")]
    [InlineData("0851.8123.4567", "+8685181234567")]
    [InlineData("85181234567", "+8685181234567")]
    [InlineData("81234567", "+8685181234567")]
    [InlineData("8123-4567", "+8685181234567")]
    [InlineData("+86 0851 81234567", "+8685181234567")]
    [InlineData("+86 (0)851 81234567", "+8685181234567")]
    [InlineData("(0851)81234567-802", "+8685181234567;ext=802")]
    [InlineData("0851-81234567转802", "+8685181234567;ext=802")]
    [InlineData("0851-81234567 转 802", "+8685181234567;ext=802")]
    [InlineData("0851-81234567分机号：802", "+8685181234567;ext=802")]
    [InlineData("0851-81234567 ext. 802", "+8685181234567;ext=802")]
    [InlineData("81234567x802", "+8685181234567;ext=802")]
    [InlineData("+8685181234567;ext=802", "+8685181234567;ext=802")]
    [InlineData("010-61234567", "+861061234567")]
    [InlineData("1061234567", "+861061234567")]
    [InlineData("0855-8123456", "+868558123456")]
    [InlineData("154 0000 0001", "+8615400000001")]
    [InlineData("0851-01234567", "+8685101234567")]
    public void One_number_is_read_however_it_is_written(string text, string canonical)
    {
        var cell = PhoneParser.Parse(text, Guiyang);
        Assert.Equal([canonical], cell.Numbers.Select(number => number.Canonical));
        Assert.Empty(cell.Problems);
    }

    [Theory]
    [InlineData("13812345678、13987654321")]
    [InlineData("13812345678,13987654321")]
    [InlineData("13812345678；13987654321")]
    [InlineData("13812345678/13987654321")]
    [InlineData("13812345678 13987654321")]
    [InlineData("138 1234 5678 139 8765 4321")]
    [InlineData("13812345678-13987654321")]
    [InlineData("13812345678\n13987654321")]
    [InlineData("13812345678或13987654321")]
    [InlineData("+8613812345678+8613987654321")]
    [InlineData("13812345678(13987654321)")]
    [InlineData("父：13812345678 母：13987654321")]
    [InlineData("13812345678、13987654321、138 1234 5678")]
    public void Several_numbers_in_a_cell_are_told_apart(string text)
    {
        var cell = PhoneParser.Parse(text, Guiyang);
        Assert.Equal(["+8613812345678", "+8613987654321"], cell.Numbers.Select(number => number.E164));
        Assert.Empty(cell.Problems);
    }

    [Theory]
    [InlineData("0851-81234567 81234568 13812345678", 3)]
    [InlineData("81234567-81234568", 2)]
    [InlineData("8123 4567 8123 4568", 2)]
    public void Landlines_without_area_code_are_told_apart(string text, int numbers)
    {
        var cell = PhoneParser.Parse(text, Guiyang);
        Assert.Equal(numbers, cell.Numbers.Count);
        Assert.Empty(cell.Problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("无")]
    [InlineData("暂无")]
    [InlineData("-")]
    [InlineData("/")]
    [InlineData("0")]
    [InlineData("00000000")]
    [InlineData("N/A")]
    public void Place_holders_are_neither_number_nor_problem(string text)
    {
        var cell = PhoneParser.Parse(text, Guiyang);
        Assert.Empty(cell.Numbers);
        Assert.Empty(cell.Problems);
    }

    [Theory]
    [InlineData("1.38123E+10", PhoneFault.DigitsLost)]
    [InlineData("1.38E10", PhoneFault.DigitsLost)]
    [InlineData("1.3812345678e+10", PhoneFault.DigitsLost)]
    [InlineData("13812345678.5", PhoneFault.Fraction)]
    [InlineData("138****5678", PhoneFault.Starred)]
    [InlineData("138xxxx5678", PhoneFault.Starred)]
    [InlineData("138××××5678", PhoneFault.Starred)]
    [InlineData("110", PhoneFault.ServiceNumber)]
    [InlineData("12345", PhoneFault.ServiceNumber)]
    [InlineData("12340", PhoneFault.ServiceNumber)]
    [InlineData("10086", PhoneFault.ServiceNumber)]
    [InlineData("0851-12345", PhoneFault.ServiceNumber)]
    [InlineData("95588", PhoneFault.ServiceNumber)]
    [InlineData("400-812-3456", PhoneFault.ServiceNumber)]
    [InlineData("8008101234", PhoneFault.ServiceNumber)]
    [InlineData("12345678", PhoneFault.SubscriberStart)]
    [InlineData("0851-91234567", PhoneFault.SubscriberStart)]
    [InlineData("0851-8123456", PhoneFault.SubscriberLength)]
    [InlineData("8123456", PhoneFault.SubscriberLength)]
    [InlineData("0852-8123456", PhoneFault.AreaCodeGivenUp)]
    [InlineData("0999-81234567", PhoneFault.SubscriberLength)]
    [InlineData("0777-81234567", PhoneFault.SubscriberLength)]
    [InlineData("0600-81234567", PhoneFault.AreaCodeUnknown)]
    [InlineData("1381234567", PhoneFault.AreaCodeUnknown)]
    [InlineData("138123456789", PhoneFault.TooLong)]
    [InlineData("522101198001011234", PhoneFault.TooLong)]
    [InlineData("17412345678", PhoneFault.MobileRange)]
    [InlineData("123", PhoneFault.ServiceNumber)]
    [InlineData("54321", PhoneFault.TooShort)]
    [InlineData("+12125551234", PhoneFault.ForeignNotAllowed)]
    [InlineData("0012125551234", PhoneFault.ForeignNotAllowed)]
    public void What_is_no_number_is_refused_with_its_reason(string text, PhoneFault fault)
    {
        var cell = PhoneParser.Parse(text, Guiyang);
        Assert.Empty(cell.Numbers);
        Assert.Equal([fault], cell.Problems.Select(problem => problem.Fault));
    }

    [Fact]
    public void The_end_of_a_damaged_number_is_not_taken_for_a_local_one()
    {
        var cell = PhoneParser.Parse("0851-8123456", Qiandongnan);
        Assert.Empty(cell.Numbers);
        Assert.Single(cell.Problems);
        cell = PhoneParser.Parse("1381234567 8123456", Qiandongnan);
        Assert.Empty(cell.Numbers);
    }

    [Fact]
    public void A_good_number_beside_a_bad_one_is_kept_and_the_bad_one_listed()
    {
        var cell = PhoneParser.Parse("13812345678/8123", Guiyang);
        Assert.Equal(["+8613812345678"], cell.Numbers.Select(number => number.E164));
        Assert.Equal([PhoneFault.TooShort], cell.Problems.Select(problem => problem.Fault));
    }

    [Fact]
    public void Stored_numbers_count_as_they_are_stored()
    {
        Assert.Equal("+8613812345678", PhoneParser.Parse(13812345678d, Guiyang).Numbers.Single().E164);
        Assert.Equal("+8685181234567", PhoneParser.Parse(85181234567d, Guiyang).Numbers.Single().E164);
        Assert.Equal(PhoneFault.Fraction, PhoneParser.Parse(13812345678.5, Guiyang).Problems.Single().Fault);
        Assert.Equal(PhoneFault.DigitsLost, PhoneParser.Parse(1.38e20, Guiyang).Problems.Single().Fault);
        Assert.Equal(PhoneFault.Fraction, PhoneParser.Parse(double.NaN, Guiyang).Problems.Single().Fault);
        Assert.Empty(PhoneParser.Parse(0, Guiyang).Problems);
    }

    [Fact]
    public void Without_a_default_area_code_a_local_number_is_refused()
        => Assert.Equal(PhoneFault.AreaCodeMissing, PhoneParser.Parse("81234567", new DialDefaults()).Problems.Single().Fault);

    [Fact]
    public void Foreign_numbers_need_permission_and_the_right_length()
    {
        var allowed = Guiyang with { AllowForeign = true };
        var number = PhoneParser.Parse("+1 212 555 1234", allowed).Numbers.Single();
        Assert.Equal("+12125551234", number.E164);
        Assert.Equal(PhoneKind.Landline, number.Kind);
        Assert.Equal("+85221234567", PhoneParser.Parse("00852 2123 4567", allowed).Numbers.Single().E164);
        Assert.Equal(PhoneFault.ForeignLength, PhoneParser.Parse("+1212555123", allowed).Problems.Single().Fault);
        Assert.Equal(PhoneFault.CountryCodeMissing, PhoneParser.Parse("2125551234", allowed with { Country = "US" }).Problems.Single().Fault);
    }

    [Fact]
    public void A_cell_far_too_long_is_refused_at_once()
    {
        Assert.Equal(PhoneFault.CellTooLong, PhoneParser.Parse(new string('1', 10_000_000), Guiyang).Problems.Single().Fault);
        var eleven = string.Join(' ', Enumerable.Range(0, 11).Select(i => $"138000000{i:00}"));
        Assert.Equal(PhoneFault.TooManyNumbers, PhoneParser.Parse(eleven, Guiyang).Problems.Single().Fault);
    }

    [Theory]
    [InlineData("15400001O04", "O")]
    [InlineData("l5400001004", "l")]
    [InlineData("1540000100o", "o")]
    [InlineData("0851-0123456I", "I")]
    public void A_letter_among_the_digits_is_named_and_not_a_missing_area_code(string text, string letter)
    {
        var problem = Assert.Single(PhoneParser.Parse(text, new DialDefaults()).Problems);
        Assert.Equal((PhoneFault.LetterInside, letter), (problem.Fault, problem.Arguments[0]));
    }

    [Theory]
    [InlineData("15400001004 x802")]
    [InlineData("A15400001004")]
    [InlineData("家a 15400001004")]
    public void A_number_beside_a_letter_is_a_number(string text)
        => Assert.Single(PhoneParser.Parse(text, new DialDefaults()).Numbers);

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_fault_has_words_in_both_languages(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        foreach (var fault in Enum.GetValues<PhoneFault>())
        {
            var words = new PhoneProblem(fault, ["A", "B", "C"]).InWords(culture);
            Assert.NotEmpty(words);
            Assert.Equal(language == "en", words.All(char.IsAscii));
        }
    }
}
