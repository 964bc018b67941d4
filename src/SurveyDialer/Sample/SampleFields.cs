using System.Buffers;
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

    private const string NumberIndexPurpose = "number";
    private const string NameIndexPurpose = "name";

    /// <summary>
    /// Look-up of a number: <c>phone.number_index</c>, <c>do_not_call.number_index</c>, <c>contact_cap.number_index</c>. Begins with
    /// <see cref="LastFourIndex"/>, so that one index finds a whole number and all that end alike.
    /// </summary>
    public static byte[] NumberIndex(FieldCipher cipher, PhoneNumber number) => [.. LastFourIndex(cipher, number.LastFour), .. cipher.Index(NumberIndexPurpose, number.Canonical)];

    /// <summary>The same into a buffer, where the look-up of the last four digits has been made before.</summary>
    /// <returns>How many bytes.</returns>
    internal static int NumberIndex(FieldCipher cipher, PhoneNumber number, byte[] lastFourIndex, IBufferWriter<byte> into)
        => LookUp(cipher, number.Canonical, lastFourIndex, into);

    /// <summary>What the look-ups of all numbers with these last four digits begin with.</summary>
    public static byte[] LastFourIndex(FieldCipher cipher, string lastFour) => cipher.Index("last4", lastFour, length: 6);

    /// <summary>
    /// <c>phone.trunk_index</c>: the look-up of the same number without its extension, null where it has none. Whoever answers there speaks for
    /// all extensions, so "never again" said there covers them; said at one extension, it covers no other.
    /// </summary>
    /// <returns>How many bytes; 0: it has none.</returns>
    internal static int TrunkIndex(FieldCipher cipher, PhoneNumber number, byte[] lastFourIndex, IBufferWriter<byte> into)
        => number.Extension is null ? 0 : LookUp(cipher, number.E164, lastFourIndex, into);

    /// <summary>Look-up of a whole name: <c>respondent.name_index</c>; width, case, blanks and the middle dot do not matter.</summary>
    public static byte[] NameIndex(FieldCipher cipher, string name) => cipher.Index(NameIndexPurpose, FoldName(name));

    /// <returns>How many bytes; 0: nothing of the name is a letter or digit.</returns>
    internal static int NameIndex(FieldCipher cipher, string name, IBufferWriter<byte> into)
        => FoldName(name) is { Length: > 0 } folded ? cipher.Index(NameIndexPurpose, folded, into) : 0;

    internal static string FoldName(string name)
        => string.Concat(name.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int LookUp(FieldCipher cipher, string number, byte[] lastFourIndex, IBufferWriter<byte> into)
    {
        into.Write(lastFourIndex);
        return lastFourIndex.Length + cipher.Index(NumberIndexPurpose, number, into);
    }
}
