using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Phones;

namespace SurveyDialer.Tests.Phones;

public sealed class PhonePropertyTests
{
    private static readonly DialDefaults Defaults = new() { AreaCode = "0851" };
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static readonly Gen<PhoneNumber> Mobile =
        from prefix in Gen.Elements("130", "138", "139", "145", "150", "154", "159", "166", "176", "180", "189", "191", "199")
        from rest in Digits(8)
        select PhoneNumber.Read("+86" + prefix + rest);

    private static readonly Gen<PhoneNumber> Landline =
        from area in Gen.Elements(NumberingPlan.Areas.ToArray())
        from length in Gen.Elements(area.SubscriberLengths.ToArray())
        from first in Gen.Elements('0', '2', '3', '4', '5', '6', '7', '8')
        from rest in Digits(length - 1)
        select PhoneNumber.Read("+86" + area.Code[1..] + first + rest);

    private static readonly Gen<PhoneNumber> Any = Gen.OneOf(Mobile, Landline);

    [Fact]
    public void A_valid_number_is_read_back_from_every_spelling()
        => Check.One(Many, Prop.ForAll(Arb.From(Any), number => Spellings(number).All(text =>
        {
            var cell = PhoneParser.Parse(text, Defaults);
            return cell.Problems.Count == 0 && cell.Numbers.SequenceEqual([number]);
        })));

    [Fact]
    public void Several_numbers_are_read_back_whatever_separates_them()
    {
        var cells =
            from first in Any
            from second in Any.Where(other => other != first)
            from separator in Gen.Elements("、", ",", "，", ";", "；", "/", "／", "|", "\n", " ", "　", " 或 ", "（家）")
            select (first, second, text: first.Display + separator + second.Display);
        Check.One(Many, Prop.ForAll(Arb.From(cells), cell => PhoneParser.Parse(cell.text, Defaults).Numbers.SequenceEqual([cell.first, cell.second])));
    }

    [Fact]
    public void No_text_makes_the_parser_throw()
    {
        var phoneLike = Gen.Elements("0123456789+-() .、,;/*#eExX转分机ext;=０１９＋－（）一—\u0661\ud835\u200e\n\0".ToCharArray());
        var texts = Gen.OneOf(ArbMap.Default.GeneratorFor<string>(), phoneLike.ArrayOf().Select(letters => new string(letters)));
        var config = Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(120);
        Check.One(config, Prop.ForAll(Arb.From(texts), text =>
        {
            var cell = PhoneParser.Parse(text, Defaults with { AllowForeign = true });
            return cell.Numbers.All(number => PhoneNumber.Read(number.Canonical) == number);
        }));
    }

    [Fact]
    public void No_stored_number_makes_the_parser_throw()
        => Check.One(Many, Prop.ForAll(ArbMap.Default.ArbFor<double>(), stored => PhoneParser.Parse(stored, Defaults).Numbers.Count <= 1));

    private static IEnumerable<string> Spellings(PhoneNumber number)
    {
        var national = number.AreaCode is { } area ? number.Display : number.Display.Replace(" ", "");
        yield return number.E164;
        yield return number.Display;
        yield return national.Replace("-", "");
        yield return "0086" + number.E164[3..];
        yield return "+86 " + national;
        yield return "(" + number.Display + ")";
        yield return "电话：" + number.Display + "。";
        yield return Wide(number.Display);
        yield return number.E164[3..] + ".0";
        yield return number.E164[3..];
        if (number.AreaCode is { } code)
        {
            var subscriber = number.Display[(code.Length + 1)..];
            yield return $"({code}){subscriber[..4]} {subscriber[4..]}";
            yield return $"{code}-{subscriber[..4]}-{subscriber[4..]}";
        }
    }

    private static string Wide(string text)
    {
        var wide = new StringBuilder();
        foreach (var c in text) wide.Append(c == ' ' ? '\u3000' : (char)(c + 0xFEE0));
        return wide.ToString();
    }

    private static Gen<string> Digits(int count) => Gen.Choose(0, 9).ArrayOf(count).Select(digits => string.Concat(digits));
}
