using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.FollowUps;
using SurveyDialer.Statistics.Disclosure;

namespace SurveyDialer.Tests.FollowUps;

public sealed class ChainDisplayTests
{
    [Theory]
    [InlineData(8, 6, 10, "Shown Shown Shown Shown")]
    [InlineData(3, 1, 20, "Shown Small Small Shown")]
    [InlineData(1, 1, 20, "Shown Small Small Withheld")]
    [InlineData(3, 9, 20, "Shown Small Withheld Shown")]
    [InlineData(0, 0, 3, "Small Shown Shown Small")]
    [InlineData(0, 0, 0, "Shown Shown Shown Shown")]
    public void Small_counts_take_what_would_tell_them_along(long phone, long visit, long voices, string expected)
    {
        var shown = Chain(phone, visit, voices).Display();
        Assert.Equal(expected, $"{shown.Flagged} {shown.AgreedPhone} {shown.AgreedVisit} {shown.Voices}");
    }

    [Fact]
    public void Nothing_shown_fixes_a_small_count()
        => Prop.ForAll(Gen.Choose(0, 12).Three().ToArbitrary(), parts =>
        {
            var (phone, visit, voices) = parts;
            var shown = Chain(phone, visit, voices).Display();
            (long Count, CellDisplay Display)[] cells = [(phone, shown.AgreedPhone), (visit, shown.AgreedVisit), (voices, shown.Voices)];
            var same = Enumerable.Range(0, 37).SelectMany(p => Enumerable.Range(0, 37).SelectMany(v => Enumerable.Range(0, 37).Select(w => (long[])[p, v, w])))
                .Where(guess => cells.Zip(guess).All(pair => Fits(pair.Second, pair.First.Count, pair.First.Display))
                    && Fits(guess.Sum(), phone + visit + voices, shown.Flagged))
                .ToList();
            return Enumerable.Range(0, 3).All(i => cells[i].Count is not (> 0 and < 5) || same.Select(guess => guess[i]).Distinct().Count() > 1);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(4, 0, 11, 4, "Shown Withheld Withheld Withheld")]
    [InlineData(6, 7, 20, 17, "Shown Withheld Withheld Withheld")]
    [InlineData(6, 7, 20, 18, "Shown Shown Shown Shown")]
    [InlineData(0, 0, 20, 3, "Shown Shown Shown Shown")]
    public void Nobody_on_the_follow_up_list_is_known_as_dissatisfied(long phone, long visit, long voices, long cases, string expected)
    {
        var shown = (Chain(phone, visit, voices) with { Cases = cases }).Display();
        Assert.Equal(expected, $"{shown.Flagged} {shown.AgreedPhone} {shown.AgreedVisit} {shown.Voices}");
    }

    [Theory]
    [InlineData(30, 30, CellDisplay.Shown)]
    [InlineData(30, 27, CellDisplay.Withheld)]
    [InlineData(30, 25, CellDisplay.Shown)]
    [InlineData(6, 3, CellDisplay.Small)]
    public void A_few_who_were_not_asked_cannot_be_worked_out(long flagged, long asked, CellDisplay expected)
        => Assert.Equal(expected, new Chain { Flagged = flagged, Asked = asked, Voices = flagged }.Display().Asked);

    private static bool Fits(long guess, long count, CellDisplay display) => display switch
    {
        CellDisplay.Shown => guess == count,
        CellDisplay.Small => guess is > 0 and < 5,
        CellDisplay.Withheld => guess >= 5,
    };

    private static Chain Chain(long phone, long visit, long voices)
        => new() { Flagged = phone + visit + voices, Asked = phone + visit + voices, AgreedPhone = phone, AgreedVisit = visit, Voices = voices, Cases = phone + visit + 5 };
}
