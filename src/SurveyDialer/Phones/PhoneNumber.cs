using System.Diagnostics.CodeAnalysis;

namespace SurveyDialer.Phones;

/// <summary>What a number rings; texts go to mobiles only.</summary>
public enum PhoneKind
{
    /// <summary>A fixed telephone, shared by a household; foreign numbers count as one, since nothing tells them apart.</summary>
    Landline,

    /// <summary>A mobile.</summary>
    Mobile,
}

/// <summary>A telephone number that the numbering plan allows. Cannot be invalid; equal when number and extension are equal.</summary>
public sealed record PhoneNumber
{
    private const string ExtensionMark = ";ext=";

    private PhoneNumber(string e164, PhoneKind kind, bool fictional, string? areaCode, string? extension)
    {
        E164 = e164;
        Kind = kind;
        Fictional = fictional;
        AreaCode = areaCode;
        Extension = extension;
    }

    /// <summary>With + and country code, digits only: <c>+8685181234567</c>. Without the extension.</summary>
    public string E164 { get; }

    /// <summary>Landline or mobile.</summary>
    public PhoneKind Kind { get; }

    /// <summary>True when it belongs to nobody: mobiles 154…, Chinese subscriber numbers beginning with 0. Only the simulator may ring it.</summary>
    public bool Fictional { get; }

    /// <summary>Chinese landlines: the area code with its 0; otherwise null.</summary>
    public string? AreaCode { get; }

    /// <summary>Digits to dial once connected, or null. Only a person at a desk telephone can reach a number that has one.</summary>
    public string? Extension { get; }

    /// <summary>True when only a person at a desk telephone can reach it.</summary>
    public bool DeskOnly => Extension is not null;

    /// <summary>The one spelling that is stored and hashed: E.164, then <c>;ext=802</c> where there is an extension.</summary>
    public string Canonical => Extension is null ? E164 : E164 + ExtensionMark + Extension;

    /// <summary>The last four digits, without the extension.</summary>
    public string LastFour => E164[^4..];

    /// <summary>As people of the country write it: <c>138 1234 5678</c>, <c>0851-81234567-802</c>, <c>+85221234567</c>.</summary>
    public string Display
    {
        get
        {
            var main = AreaCode is not null
                ? $"{AreaCode}-{Subscriber}"
                : NumberingPlan.IsChinese(E164) ? $"{E164[3..6]} {E164[6..10]} {E164[10..]}" : E164;
            return Extension is null ? main : $"{main}-{Extension}";
        }
    }

    /// <summary>Enough to recognise it, too little to ring it: <c>138****5678</c>, <c>0851-****567</c>. Without the extension.</summary>
    public string Masked
        => AreaCode is not null
            ? $"{AreaCode}-****{E164[^3..]}"
            : NumberingPlan.IsChinese(E164) ? $"{E164[3..6]}****{E164[^4..]}" : $"{E164[..4]}****{E164[^3..]}";

    private string Subscriber => E164[(AreaCode!.Length + 2)..];

    /// <summary>Reads the stored spelling (<see cref="Canonical"/>).</summary>
    /// <exception cref="FormatException">The numbering plan does not allow it.</exception>
    public static PhoneNumber Read(string canonical)
        => TryRead(canonical, out var number) ? number : throw new FormatException("Not a number of the numbering plan.");

    /// <summary>Reads the stored spelling (<see cref="Canonical"/>); false when the numbering plan does not allow it.</summary>
    public static bool TryRead(string? canonical, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = null;
        if (canonical is null) return false;
        var mark = canonical.IndexOf(ExtensionMark, StringComparison.Ordinal);
        var e164 = mark < 0 ? canonical : canonical[..mark];
        var extension = mark < 0 ? null : canonical[(mark + ExtensionMark.Length)..];
        if (e164.Length < 2 || e164[0] != '+' || !e164.AsSpan(1).ContainsOnlyDigits()) return false;
        if (extension is not null && !NumberingPlan.IsExtension(extension)) return false;
        if (NumberingPlan.ReadInternational(e164[1..]) is not NumberReading.Good good || good.Number.E164 != e164) return false;
        number = extension is null ? good.Number : good.Number.WithExtension(extension);
        return true;
    }

    /// <summary>Never shows the whole number, so that a log or a message cannot.</summary>
    public override string ToString() => Masked;

    internal static PhoneNumber Chinese(string national, AreaCode area)
        => new("+86" + national[1..], PhoneKind.Landline, national[area.Code.Length] == '0', area.Code, null);

    internal static PhoneNumber ChineseMobile(string national)
        => new("+86" + national, PhoneKind.Mobile, national.StartsWith(NumberingPlan.FictionalMobilePrefix, StringComparison.Ordinal), null, null);

    internal static PhoneNumber Foreign(string digits) => new("+" + digits, PhoneKind.Landline, false, null, null);

    internal PhoneNumber WithExtension(string extension) => new(E164, Kind, Fictional, AreaCode, extension);
}
