using SurveyDialer.Phones;

namespace SurveyDialer.Tests.Phones;

/// <summary>
/// Our plan against the verdicts of an independent library on some thousands of spellings (verdicts.csv). Whatever differs belongs to a named
/// class with its reason; a class that no row needs any more fails, too.
/// </summary>
public sealed class NumberingPlanVerdictsTests
{
    private static readonly DialDefaults Defaults = new() { AllowForeign = true };

    /// <summary>Why we may differ, and on which rows.</summary>
    private static readonly Difference[] Differences =
    [
        new("subscriber numbers begin with 2 to 8 in the national plan; 1 and 9 are services", (row, _, fault) => row.Accepted && fault is PhoneFault.SubscriberStart),
        new("area codes given up in the mergers of 2011 to 2014: the library still knows them", (row, _, fault) => row.Accepted && fault is PhoneFault.AreaCodeGivenUp),
        new("0851 and 0754 have had 8-digit subscribers since 2014 and 2004; the library takes 7, too", (row, _, fault)
            => row.Accepted && fault is PhoneFault.SubscriberLength && row.E164 is ['+', '8', '6', '8', '5', '1', ..] or ['+', '8', '6', '7', '5', '4', ..]),
        new("satellite telephones (174) are nobody's in a township", (row, _, fault) => row.E164.StartsWith("+86174", StringComparison.Ordinal) && fault is PhoneFault.MobileRange),
        new("95… after an area code is a bank or a carrier, often with fewer digits than a subscriber has", (row, _, fault)
            => row.Kind == "landline" && row.E164.Contains("95", StringComparison.Ordinal) && fault is PhoneFault.ServiceNumber or PhoneFault.NeitherLength),
        new("service, toll-free and shared-cost numbers are no resident's", (row, number, _) => row.Kind == "other" && number is null),
        new("0807, a routing code of one county, is not in the national list", (row, _, fault) => row.E164.StartsWith("+86807", StringComparison.Ordinal) && fault is PhoneFault.AreaCodeUnknown),
        new("149 was allotted after the library's list was made", (row, number, _) => !row.Accepted && number?.E164.StartsWith("+86149", StringComparison.Ordinal) == true),
        new("an extension after a dash or 转 is read by the library as digits of the number", (row, number, _) => !row.Accepted && number is { DeskOnly: true }),
        new("154 is allotted to nobody: our fictional mobiles", (row, number, _) => !row.Accepted && number is { Fictional: true, Kind: PhoneKind.Mobile }),
        new("other countries by the length rules of E.164 only, never told apart into landline and mobile", (_, number, _)
            => number is { Kind: PhoneKind.Landline } && !number.E164.StartsWith("+86", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_verdict_is_ours_or_differs_for_a_named_reason()
    {
        var rows = Rows().ToList();
        Assert.True(rows.Count > 4000);
        var used = new HashSet<Difference>();
        var unexplained = new List<string>();
        foreach (var row in rows)
        {
            var cell = PhoneParser.Parse(row.Text, Defaults);
            var number = cell.Numbers.Count == 1 ? cell.Numbers[0] : null;
            if (Same(row, cell, number)) continue;
            var fault = cell.Problems.Count > 0 ? cell.Problems[0].Fault : (PhoneFault?)null;
            var why = Array.Find(Differences, difference => difference.Applies(row, number, fault));
            if (why is null) unexplained.Add($"{row} | ours: {number?.Canonical ?? fault?.ToString() ?? "nothing"}");
            else used.Add(why);
        }

        Assert.True(unexplained.Count == 0, $"{unexplained.Count} differ:\n{string.Join('\n', unexplained.Take(40))}");
        Assert.Equal(Differences.Select(difference => difference.Reason).Order(), used.Select(difference => difference.Reason).Order());
    }

    private static bool Same(Verdict row, PhoneCell cell, PhoneNumber? number)
    {
        if (!row.Accepted) return cell.Numbers.Count == 0;
        return number is not null && cell.Problems.Count == 0 && number.E164 == row.E164 && (number.Extension ?? "") == row.Extension
            && (row.Kind != "mobile" || number.Kind == PhoneKind.Mobile) && (row.Kind != "landline" || number.Kind == PhoneKind.Landline)
            && row.Kind != "other";
    }

    private static IEnumerable<Verdict> Rows()
    {
        foreach (var line in File.ReadLines(Path.Combine(SourceFolder.Here(), "verdicts.csv")).Skip(1))
        {
            var cells = line.Split(',');
            yield return new Verdict(cells[0], cells[1], cells[2], cells[3]);
        }
    }

    private sealed record Verdict(string Text, string E164, string Kind, string Extension)
    {
        public bool Accepted => E164.Length > 0;
    }

    private sealed record Difference(string Reason, Func<Verdict, PhoneNumber?, PhoneFault?, bool> Applies);
}
