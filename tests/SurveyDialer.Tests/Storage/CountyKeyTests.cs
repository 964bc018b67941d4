using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Storage;

namespace SurveyDialer.Tests.Storage;

/// <summary>Sealing to the county: what is closed opens with the private key only, whole and for its own purpose.</summary>
public sealed class CountyKeyTests : IDisposable
{
    private const string Passphrase = "十二个字符以上的口令才行";

    private static readonly (string PrivatePem, string PublicPem) Pair = CountyPrivateKey.Create(Passphrase);

    private readonly CountyPrivateKey county = CountyPrivateKey.Read(Pair.PrivatePem, Passphrase)!;
    private readonly CountyKey office = CountyKey.Read(Pair.PublicPem).Key!;

    public void Dispose() => county.Dispose();

    [Fact]
    public void Whatever_is_sealed_opens_again_and_only_for_its_purpose()
        => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<byte[]>().Filter(plain => plain is not null), plain =>
        {
            var closed = office.Begin().Close("case", plain);
            Assert.Equal(plain, county.Open("case", closed));
            Assert.ThrowsAny<CryptographicException>(() => county.Open("words", closed));
        }));

    [Fact]
    public void A_changed_byte_anywhere_is_found()
    {
        var closed = office.Begin().Close("case", "派出所的事"u8);
        for (var i = 0; i < closed.Length; i++)
        {
            var changed = (byte[])closed.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => county.Open("case", changed));
        }

        for (var length = 0; length < closed.Length; length++) Assert.ThrowsAny<CryptographicException>(() => county.Open("case", closed[..length]));
    }

    [Fact]
    public void The_same_words_sealed_twice_look_different_and_show_nothing()
    {
        var words = Encoding.UTF8.GetBytes("派出所的事，派出所的事");
        var (one, two) = (office.Begin().Close("words", words), office.Begin().Close("words", words));
        Assert.NotEqual(one[12..], two[12..]);
        Assert.Equal(-1, one.AsSpan().IndexOf("派出所"u8));
    }

    [Fact]
    public void Another_county_key_does_not_open_it()
    {
        using var other = CountyPrivateKey.Read(CountyPrivateKey.Create(Passphrase).PrivatePem, Passphrase)!;
        var closed = office.Begin().Close("case", "x"u8);
        Assert.ThrowsAny<CryptographicException>(() => other.Open("case", closed));
        Assert.Equal(office.Fingerprint, CountyPrivateKey.FingerprintOf(closed));
        Assert.NotEqual(other.Fingerprint, CountyPrivateKey.FingerprintOf(closed));
    }

    [Fact]
    public void The_two_halves_show_the_same_fingerprint()
    {
        Assert.Equal(county.Fingerprint, office.Fingerprint);
        Assert.Matches("^[0-9a-f]{4}( [0-9a-f]{4}){3}$", office.Fingerprint);
        Assert.Equal(office.Fingerprint, CountyKey.Read($"县里的钥匙\r\n{Pair.PublicPem}\r\n").Key!.Fingerprint);
    }

    [Fact]
    public void The_private_file_is_useless_without_its_passphrase()
    {
        Assert.Null(CountyPrivateKey.Read(Pair.PrivatePem, "别的口令别的口令别的口令"));
        Assert.Null(CountyPrivateKey.Read(Pair.PublicPem, Passphrase));
        Assert.Null(CountyPrivateKey.Read("", Passphrase));
        Assert.Contains("ENCRYPTED PRIVATE KEY", Pair.PrivatePem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_public_key_is_told_apart()
    {
        using var rsa = RSA.Create(2048);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Equal(CountyKeyProblem.PrivateKey, CountyKey.Read(Pair.PrivatePem).Problem);
        Assert.Equal(CountyKeyProblem.PrivateKey, CountyKey.Read(Pair.PublicPem + rsa.ExportRSAPrivateKeyPem()).Problem);
        Assert.Equal(CountyKeyProblem.NotAKey, CountyKey.Read("").Problem);
        Assert.Equal(CountyKeyProblem.NotAKey, CountyKey.Read("name,number").Problem);
        Assert.Equal(CountyKeyProblem.WrongKind, CountyKey.Read(rsa.ExportSubjectPublicKeyInfoPem()).Problem);
        Assert.Equal(CountyKeyProblem.WrongKind, CountyKey.Read(other.ExportSubjectPublicKeyInfoPem()).Problem);
        Assert.Equal(CountyKeyProblem.WrongKind, CountyKey.Read("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----").Problem);
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text => Assert.NotNull(CountyKey.Read(text).Problem)));
    }
}
