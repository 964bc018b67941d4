using System.Security.Cryptography;
using SurveyDialer.Storage;

namespace SurveyDialer.Tests.Storage;

public sealed class FieldCipherTests
{
    private static KeyRing NewKeys() => KeyRing.OpenOrCreate(Path.Combine(Directory.CreateTempSubdirectory("surveydialer-keys-").FullName, "keys.json"), "test");

    [Fact]
    public void A_field_reads_back_and_never_looks_the_same_twice()
    {
        var cipher = new FieldCipher(NewKeys());
        var first = cipher.Encrypt("phone.number", "+8613812345678");
        var second = cipher.Encrypt("phone.number", "+8613812345678");
        Assert.NotEqual(first, second);
        Assert.Equal("+8613812345678", cipher.Decrypt("phone.number", first));
        Assert.Null(cipher.Decrypt("phone.number", null));
    }

    [Fact]
    public void No_nonce_is_used_twice_by_any_thread()
    {
        var cipher = new FieldCipher(NewKeys());
        var nonces = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 4000, _ => nonces.Add(Convert.ToHexString(cipher.Encrypt("phone.number", "+8613812345678"), 5, 12)));
        Assert.Equal(4000, nonces.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_field_cannot_be_moved_to_another_column_or_changed()
    {
        var cipher = new FieldCipher(NewKeys());
        var field = cipher.Encrypt("phone.number", "+8613812345678");
        Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt("respondent.name", field));
        field[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt("phone.number", field));
        Assert.ThrowsAny<CryptographicException>(() => cipher.Decrypt("phone.number", [1, 2, 3]));
    }

    [Fact]
    public void Look_up_hashes_are_equal_only_for_the_same_text_purpose_and_keys()
    {
        var keys = NewKeys();
        var one = new FieldCipher(keys).Index("number", "+8613812345678");
        Assert.Equal(one, new FieldCipher(keys).Index("number", "+8613812345678"));
        Assert.NotEqual(one, new FieldCipher(keys).Index("name", "+8613812345678"));
        Assert.NotEqual(one, new FieldCipher(NewKeys()).Index("number", "+8613812345678"));
    }

    [Fact]
    public void A_link_is_unreadable_once_its_key_is_destroyed()
    {
        var keys = NewKeys();
        var cipher = new FieldCipher(keys);
        var linkKey = keys.CreateLinkKey();
        var interview = RandomNumberGenerator.GetBytes(16);
        var link = cipher.SealLink(linkKey, 7, interview)!;
        Assert.Equal(interview, cipher.OpenLink(linkKey, 7, link));
        Assert.ThrowsAny<CryptographicException>(() => cipher.OpenLink(linkKey, 8, link));
        keys.DestroyLinkKey(linkKey);
        Assert.Null(cipher.OpenLink(linkKey, 7, link));
    }

    [Fact]
    public void A_damaged_key_file_is_refused()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("surveydialer-keys-").FullName, "keys.json");
        File.WriteAllText(path, "{\"Keys\":[]}");
        Assert.Throws<InvalidDataException>(() => KeyRing.OpenOrCreate(path, "test"));
        File.WriteAllText(path, "not json");
        Assert.Throws<InvalidDataException>(() => KeyRing.OpenOrCreate(path, "test"));
    }
}
