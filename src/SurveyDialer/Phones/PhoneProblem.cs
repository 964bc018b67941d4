using System.Globalization;
using System.Resources;

namespace SurveyDialer.Phones;

/// <summary>Why something in a cell is not a number that can be rung.</summary>
public enum PhoneFault
{
    /// <summary>The cell holds far more than numbers.</summary>
    CellTooLong,

    /// <summary>More than ten numbers in one cell.</summary>
    TooManyNumbers,

    /// <summary>Text such as 1.38123E+10: the spreadsheet has cut digits off.</summary>
    DigitsLost,

    /// <summary>A letter among the digits, mostly O for 0 or l for 1. Argument: the letter.</summary>
    LetterInside,

    /// <summary>A number with a decimal fraction.</summary>
    Fraction,

    /// <summary>Digits replaced by stars.</summary>
    Starred,

    /// <summary>110, 12345, 10086, 95588, 400 …: not a resident's number.</summary>
    ServiceNumber,

    /// <summary>Fewer digits than any number has.</summary>
    TooShort,

    /// <summary>More digits than any number has. Argument: how many.</summary>
    TooLong,

    /// <summary>Nine digits and the like: neither a mobile nor a landline has so many. Argument: how many.</summary>
    NeitherLength,

    /// <summary>No mobile begins so. Argument: the first three digits.</summary>
    MobileRange,

    /// <summary>No area code begins so. Argument: its first four digits.</summary>
    AreaCodeUnknown,

    /// <summary>The area code was merged into another. Arguments: old, new.</summary>
    AreaCodeGivenUp,

    /// <summary>Seven or eight digits, and no default area code is set.</summary>
    AreaCodeMissing,

    /// <summary>Arguments: area code, expected digits, digits found.</summary>
    SubscriberLength,

    /// <summary>Subscriber numbers never begin with 1 or 9. Argument: the digit.</summary>
    SubscriberStart,

    /// <summary>A number of another country, which the settings do not allow.</summary>
    ForeignNotAllowed,

    /// <summary>Not as long as numbers of that country are.</summary>
    ForeignLength,

    /// <summary>Numbers of the default country are only read with + and country code.</summary>
    CountryCodeMissing,
}

/// <summary>Something in a cell that is not a number that can be rung.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Arguments">For the words; never enough of the number to ring it.</param>
public sealed record PhoneProblem(PhoneFault Fault, IReadOnlyList<string> Arguments)
{
    private static readonly ResourceManager Texts = new("SurveyDialer.Phones.PhoneTexts", typeof(PhoneProblem).Assembly);

    /// <summary>What happened and how to mend it, in the language of <paramref name="culture"/> (Chinese unless English).</summary>
    public string InWords(CultureInfo culture)
        => string.Format(CultureInfo.InvariantCulture, Texts.GetString(Fault.ToString(), culture)!, [.. Arguments]);
}
