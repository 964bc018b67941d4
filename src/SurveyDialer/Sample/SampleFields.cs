using System.Text;
using SurveyDialer.Phones;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>How the encrypted columns and keyed look-ups of the contact ledger are made: the purposes stand here only.</summary>
public static class SampleFields
{
    /// <summary><c>phone.number_enc</c>: <see cref="PhoneNumber.Canonical"/>.</summary>
    public const string NumberPurpose = "phone.number";

    /// <summary><c>respondent.name_enc</c>.</summary>
    public const string NamePurpose = "respondent.name";

    /// <summary><c>respondent.address_enc</c>.</summary>
    public const string AddressPurpose = "respondent.address";

    internal const string RejectedPurpose = "frame.rejection";

    /// <summary>
    /// Look-up of a number: <c>phone.number_index</c>, <c>do_not_call.number_index</c>, <c>contact_cap.number_index</c>. Begins with
    /// <see cref="LastFourIndex"/>, so that one index finds a whole number and all that end alike.
    /// </summary>
    public static byte[] NumberIndex(FieldCipher cipher, PhoneNumber number) => NumberIndex(cipher, number, LastFourIndex(cipher, number.LastFour));

    /// <summary>The same where the look-up of the last four digits has been made before.</summary>
    internal static byte[] NumberIndex(FieldCipher cipher, PhoneNumber number, byte[] lastFourIndex) => [.. lastFourIndex, .. cipher.Index("number", number.Canonical)];

    /// <summary>What the look-ups of all numbers with these last four digits begin with.</summary>
    public static byte[] LastFourIndex(FieldCipher cipher, string lastFour) => cipher.Index("last4", lastFour, length: 6);

    /// <summary>
    /// <c>phone.trunk_index</c>: the look-up of the same number without its extension, null where it has none. Whoever answers there speaks for
    /// all extensions, so "never again" said there covers them; said at one extension, it covers no other.
    /// </summary>
    internal static byte[]? TrunkIndex(FieldCipher cipher, PhoneNumber number, byte[] lastFourIndex)
        => number.Extension is null ? null : [.. lastFourIndex, .. cipher.Index("number", number.E164)];

    /// <summary>Look-up of a whole name: <c>respondent.name_index</c>; width, case, blanks and the middle dot do not matter.</summary>
    public static byte[] NameIndex(FieldCipher cipher, string name) => cipher.Index("name", FoldName(name));

    internal static string FoldName(string name)
        => string.Concat(name.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
