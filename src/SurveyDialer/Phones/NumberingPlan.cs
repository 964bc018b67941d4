namespace SurveyDialer.Phones;

/// <summary>
/// China's numbering plan (电信网编号计划): area codes, subscriber lengths, mobile ranges, service numbers. Other countries only by the length
/// rules of E.164. Subscriber numbers begin with 2 to 8; 1 and 9 are services; 0 is nobody's and serves generated frames.
/// </summary>
public static class NumberingPlan
{
    internal const string FictionalMobilePrefix = "154";
    internal const int LongestExtension = 6;
    private const int MobileLength = 11;

    /// <summary>All area codes in use.</summary>
    public static IReadOnlyCollection<AreaCode> Areas => AreaCodes.All;

    /// <summary>The area code written with its leading 0, or null when there is none.</summary>
    public static AreaCode? FindArea(string code) => AreaCodes.Find(code);

    internal static bool IsChinese(string e164) => e164.StartsWith("+86", StringComparison.Ordinal);

    internal static bool IsExtension(string text) => text.Length is >= 1 and <= LongestExtension && text.AsSpan().ContainsOnlyDigits();

    internal static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Digits after the + of an international number.</summary>
    internal static NumberReading ReadInternational(string digits)
    {
        if (digits.StartsWith("86", StringComparison.Ordinal)) return ReadChinese(digits[2..]);
        var expected = digits.StartsWith('1') ? digits.Length == 11 : digits.Length is >= 8 and <= 15;
        if (digits.StartsWith('0') || !expected) return new NumberReading.Bad(PhoneFault.ForeignLength, []);
        return new NumberReading.Good(PhoneNumber.Foreign(digits));
    }

    /// <summary>A Chinese national number: a mobile, or area code (its 0 may be missing) and subscriber.</summary>
    internal static NumberReading ReadChinese(string national)
    {
        if (IsService(national)) return new NumberReading.Bad(PhoneFault.ServiceNumber, []);
        var mobile = national.Length == MobileLength + 1 && national.StartsWith("01", StringComparison.Ordinal) ? national[1..] : national;
        if (mobile.Length == MobileLength && mobile[0] == '1')
        {
            if (IsMobile(mobile)) return new NumberReading.Good(PhoneNumber.ChineseMobile(mobile));
            if (mobile == national) return new NumberReading.Bad(PhoneFault.MobileRange, [mobile[..3]]);
        }

        if (national.StartsWith('0')) return ReadWithArea(national);
        return national.Length switch
        {
            < 7 => new NumberReading.Bad(PhoneFault.TooShort, []),
            7 or 8 => new NumberReading.Bad(PhoneFault.AreaCodeMissing, []),
            9 => new NumberReading.Bad(PhoneFault.NeitherLength, [national.Length.ToString()]),
            10 or 11 => ReadWithArea("0" + national),
            _ => new NumberReading.Bad(PhoneFault.TooLong, [national.Length.ToString()]),
        };
    }

    /// <summary>A number without area code, in an area.</summary>
    internal static NumberReading ReadLocal(string subscriber, string areaCode) => ReadWithArea(areaCode + subscriber);

    private static NumberReading ReadWithArea(string national)
    {
        if (AreaCodes.Successor(national) is { } successor) return new NumberReading.Bad(PhoneFault.AreaCodeGivenUp, [national[..4], successor]);
        if (AreaCodes.OfNumber(national) is not { } area)
        {
            return national.Length < 9
                ? new NumberReading.Bad(PhoneFault.TooShort, [])
                : new NumberReading.Bad(PhoneFault.AreaCodeUnknown, [national[..4]]);
        }

        var subscriber = national.AsSpan(area.Code.Length);
        if (IsService(subscriber)) return new NumberReading.Bad(PhoneFault.ServiceNumber, []);
        if (!area.SubscriberLengths.Contains(subscriber.Length))
            return new NumberReading.Bad(PhoneFault.SubscriberLength, [area.Code, string.Join("/", area.SubscriberLengths), subscriber.Length.ToString()]);
        if (subscriber[0] is '1' or '9') return new NumberReading.Bad(PhoneFault.SubscriberStart, [subscriber[0].ToString()]);
        return new NumberReading.Good(PhoneNumber.Chinese(national, area));
    }

    /// <summary>110, 120, 12345, 10086, 95588, 96110, 400 and 800 numbers and their like.</summary>
    private static bool IsService(ReadOnlySpan<char> digits) => digits.Length switch
    {
        3 => digits[0] is '1',
        4 => digits[0] is '1',
        5 or 6 => digits[0] is '1' || digits.StartsWith("95") || digits.StartsWith("96"),
        7 or 8 or 9 => digits.StartsWith("95"),
        10 => digits.StartsWith("400") || digits.StartsWith("800") || digits.StartsWith("950"),
        11 => digits.StartsWith("950") || digits.StartsWith("12520"),
        _ => false,
    };

    private static bool IsMobile(string digits) => digits[1] switch
    {
        '3' => true,
        '4' => digits[2] is '5' or '7' or '9',
        '5' => true,
        '6' => digits[2] is '2' or '5' or '6' or '7',
        '7' => digits[2] is not ('4' or '9'),
        '8' => true,
        '9' => digits[2] is not '4',
        _ => false,
    };
}

/// <summary>What the plan says of a string of digits.</summary>
internal abstract record NumberReading
{
    private NumberReading()
    {
    }

    internal sealed record Good(PhoneNumber Number) : NumberReading;

    internal sealed record Bad(PhoneFault Fault, IReadOnlyList<string> Arguments) : NumberReading;
}
