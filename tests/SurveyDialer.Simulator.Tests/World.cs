using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SurveyDialer.Simulator.Tests;

/// <summary>A simulator, a product and a clock that jumps.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Caller = "+862781230000";
    public const string Resident = "+8613900000001";
    private readonly SimulatorHost _host;

    private World(SimulatorHost host, Product product, VirtualTime time, HttpClient client)
        => (_host, Product, Time, Client) = (host, product, time, client);

    public Product Product { get; }

    public VirtualTime Time { get; }

    public HttpClient Client { get; }

    public CarrierSimulator Carrier => _host.Carrier;

    public Uri Address => _host.Address;

    public static async Task<World> StartAsync(Func<Product, SimulatorOptions>? options = null)
    {
        var time = new VirtualTime();
        var product = await Product.StartAsync(time);
        var settings = options?.Invoke(product) ?? new SimulatorOptions { CallsPerSecond = 0 };
        var host = await SimulatorHost.StartAsync(settings, time, 0, time.Schedule, TestContext.Current.CancellationToken);
        var client = new HttpClient { BaseAddress = new Uri(host.Address, $"/2010-04-01/Accounts/{settings.AccountSid}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{settings.AuthToken}")));
        return new World(host, product, time, client);
    }

    public void Script(string number, params string[] lines) => Carrier.AddScript(new NumberScript { Number = number, Script = [.. lines] });

    /// <summary>Asks for a call with every status report; further parameters replace or add.</summary>
    public async Task<HttpResponseMessage> PostCallAsync(string to, params (string Name, string Value)[] more)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("To", to), new("From", Caller), new("Url", $"{Product.Address}/voice"), new("StatusCallback", $"{Product.Address}/status"),
            new("StatusCallbackEvent", "initiated"), new("StatusCallbackEvent", "ringing"), new("StatusCallbackEvent", "answered"), new("StatusCallbackEvent", "completed"),
        ];
        fields.RemoveAll(field => more.Any(one => one.Name == field.Key));
        fields.AddRange(more.Where(static one => one.Value.Length > 0).Select(static one => KeyValuePair.Create(one.Name, one.Value)));
        return await Client.PostAsync("Calls.json", new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    /// <summary>Asks for a call and returns its id.</summary>
    public async Task<string> CallAsync(string to = Resident, params (string Name, string Value)[] more)
    {
        using var response = await PostCallAsync(to, more);
        Assert.Equal(201, (int)response.StatusCode);
        return (await JsonAsync(response)).GetProperty("sid").GetString()!;
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
        => await Client.PostAsync(path, new FormUrlEncodedContent(fields.Select(static one => KeyValuePair.Create(one.Name, one.Value))), TestContext.Current.CancellationToken);

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        return await JsonAsync(response);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>Plays one call to its end and returns what the product was asked at a path.</summary>
    public async Task<IReadOnlyList<Received>> PlayAsync(string script, string path, params (string Name, string Value)[] more)
    {
        Script(Resident, script);
        await CallAsync(Resident, more);
        await Time.RunAsync();
        return Product.At(path);
    }

    public IReadOnlyList<string> Statuses() => [.. Product.At("/status").Select(static report => report["CallStatus"])];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        await Product.DisposeAsync();
    }
}
