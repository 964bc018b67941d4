using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Tests.Pages;
using SurveyDialer.App.Web;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Doors;

/// <summary>Pages for other machines: what is bound, under which names, with which certificate.</summary>
public sealed class OtherMachinesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("surveydialer-lan-").FullName;

    [Fact]
    public async Task Without_it_nothing_but_this_machine_is_bound()
    {
        await using var both = await BothListeners.StartAsync(lan: false);
        Assert.Null(both.Server.Lan);
        var bound = Assert.Single(Bound(both));
        Assert.Equal($"127.0.0.1:{both.Server.Address.Port}", bound);
    }

    [Fact]
    public async Task With_it_other_machines_are_answered_over_https_only()
    {
        await using var both = await BothListeners.StartAsync(lan: true);
        var lan = both.Server.Lan!.Addresses[0];
        Assert.Equal(["127.0.0.1", "127.0.0.2"], Bound(both).Select(address => address.Split(':')[0]).Order());
        using var plain = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new UriBuilder(lan) { Scheme = "http" }.Uri, Test.Token));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Parse("127.0.0.2"), lan.Port, Test.Token);
        await using var tls = Pinned.Over(tcp, both.Server.Lan.Fingerprint);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.2" }, Test.Token);
        Assert.True(tls.IsEncrypted);
        Assert.True(File.Exists(Path.Combine(both.KeyFolder, "keys.lan.pfx")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(both.KeyFolder, "keys.lan.pfx")));
    }

    [Theory]
    [InlineData("attacker.example", HttpStatusCode.MisdirectedRequest, HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.MisdirectedRequest, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.MisdirectedRequest, HttpStatusCode.OK)]
    [InlineData("127.0.0.2", HttpStatusCode.OK, HttpStatusCode.MisdirectedRequest)]
    [InlineData("MACHINE", HttpStatusCode.OK, HttpStatusCode.MisdirectedRequest)]
    public async Task Each_listener_answers_to_its_own_names_only(string host, HttpStatusCode elsewhere, HttpStatusCode here)
    {
        await using var machine = await Machine.StartAsync(filled: false);
        if (host == "MACHINE") host = machine.Pages.Lan!.Names[^1];
        foreach (var (browser, expected) in new[] { (machine.Elsewhere(), elsewhere), (machine.AtTheMachine(), here) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Host = host;
            using var answer = await browser.SendAsync(request, Test.Token);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Fact]
    public async Task More_than_a_form_needs_is_not_read()
    {
        await using var machine = await Machine.StartAsync();
        var browser = machine.AtTheMachine();
        var token = await Machine.TokenOf(browser);
        foreach (var (length, taken) in new[] { (UploadLimit.Bytes / 2, true), (UploadLimit.Bytes, false) })
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("form-token", token!), KeyValuePair.Create("person", new string('x', (int)length))]);
            using var answer = await browser.PostAsync("/doors?handler=Make", form, Test.Token);
            Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public void A_certificate_is_kept_until_it_nears_its_end_or_the_machine_gets_another_address()
    {
        var clock = new StoppedClock();
        var path = Path.Combine(folder, "keys.lan.pfx");
        var first = Fingerprint(path, clock, "192.168.1.7", "office-pc");
        Assert.Equal(first, Fingerprint(path, clock, "192.168.1.7", "office-pc"));
        Assert.Equal(first, Fingerprint(path, clock, "192.168.1.7"));
        clock.Advance(TimeSpan.FromDays(334));
        Assert.Equal(first, Fingerprint(path, clock, "192.168.1.7"));
        clock.Advance(TimeSpan.FromDays(2));
        var renewed = Fingerprint(path, clock, "192.168.1.7", "office-pc");
        Assert.NotEqual(first, renewed);
        var moved = Fingerprint(path, clock, "10.0.0.3", "office-pc");
        Assert.NotEqual(renewed, moved);
        using var kept = X509CertificateLoader.LoadPkcs12FromFile(path, null);
        Assert.True(kept.MatchesHostname("10.0.0.3") && kept.MatchesHostname("office-pc") && !kept.MatchesHostname("192.168.1.7"));
        Assert.Equal(["1.3.6.1.5.5.7.3.1"], kept.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>().Select(usage => usage.Value!));
    }

    [Fact]
    public void A_certificate_in_use_is_renewed_without_a_restart()
    {
        var clock = new StoppedClock();
        using var certificate = new LanCertificate(Path.Combine(folder, "keys.lan.pfx"), ["[fd00::1]", "office-pc"], clock);
        var first = certificate.Fingerprint();
        Assert.Equal(first, certificate.Fingerprint());
        clock.Advance(TimeSpan.FromDays(340));
        Assert.NotEqual(first, certificate.Fingerprint());
    }

    [Fact]
    public void A_damaged_certificate_is_replaced()
    {
        var path = Path.Combine(folder, "keys.lan.pfx");
        File.WriteAllText(path, "nothing");
        Assert.Matches("^([0-9A-F]{2}:){31}[0-9A-F]{2}$", Fingerprint(path, new StoppedClock(), "10.0.0.3"));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.1", true)]
    [InlineData("192.168.0.9", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("59.192.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("fd00::1", false)]
    public void Only_private_addresses_are_bound_unasked(string address, bool isPrivate) => Assert.Equal(isPrivate, LanAddresses.IsPrivate(IPAddress.Parse(address)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Fingerprint(string path, TimeProvider clock, params string[] names)
    {
        using var certificate = new LanCertificate(path, names, clock);
        return certificate.Fingerprint();
    }

    /// <summary>The pages' addresses, as the operating system's own list of listening sockets has them.</summary>
    private static List<string> Bound(BothListeners both)
    {
        var ports = new[] { both.Server.Address.Port, both.Server.Lan?.Addresses[0].Port ?? 0 };
        return [.. System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(listener => ports.Contains(listener.Port)).Select(listener => listener.ToString())];
    }
}
