using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using SurveyDialer.Scheduling;
using SurveyDialer.Simulator;
using SurveyDialer.TestKit;

namespace SurveyDialer.Twilio.Tests.Contract;

/// <summary>
/// Our client, our signatures and documents and the simulator, held against what Twilio publishes: its OpenAPI description of the interface and
/// its library for Node. None of that is ours, so neither side can be wrong in the same way as the other.
/// </summary>
public sealed class ContractTests(Node node) : IClassFixture<Node>
{
    private const string Refused = "+15005550001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Our_requests_and_the_simulator_s_answers_fit_Twilio_s_description()
    {
        await using var product = await CarrierStub.StartAsync(TalkAsync);
        var time = new VirtualTime();
        await using var simulator = await SimulateAsync(time);
        using var exchanges = new Exchanges();
        using var carrier = CarrierStub.Make(simulator.Address, options => options.PublicAddress = product.Address, time.Clock, handler: exchanges);
        await UseEverythingAsync(carrier, product, time);

        var told = await node.AskAsync("exchanges", exchanges.Kept);

        Assert.True(told["problems"]!.AsArray().Count == 0, told.ToJsonString());
        Assert.True(told["checked"]!.GetValue<int>() >= 14, told.ToJsonString());
    }

    [Fact]
    public async Task The_description_finds_what_is_wrong()
    {
        var create = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Calls.json";
        JsonArray wrong =
        [
            Exchange("POST", create, [("From", "+1"), ("Urls", "x"), ("Timeout", "soon"), ("AsyncAmdStatusCallbackMethod", "FETCH")], 201, new JsonObject { ["sid"] = "CA1", ["state"] = "queued", ["status"] = "initiated", ["date_created"] = "2026-03-02" }),
            Exchange("POST", create, [("To", "+1"), ("From", "+1")], 200, []),
            Exchange("GET", "/2010-04-01/Calls.json", [], 200, []),
        ];

        var problems = string.Join('\n', (await node.AskAsync("exchanges", wrong))["problems"]!.Strings());

        foreach (var needed in (string[])["lacks To", "unknown parameter Urls", "Timeout is string", "FETCH", "body.sid is CA1", "body.state is unknown", "\"initiated\"", "not a date-time-rfc-2822", "answered 200", "no such operation"])
            Assert.Contains(needed, problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twilio_s_library_accepts_every_request_that_the_simulator_signs_and_no_changed_one()
    {
        await using var product = await CarrierStub.StartAsync(TalkAsync);
        var time = new VirtualTime();
        await using var simulator = await SimulateAsync(time, new Uri(product.Address, "carrier/text"));
        using var carrier = CarrierStub.Make(simulator.Address, options => options.PublicAddress = product.Address, time.Clock);
        await UseEverythingAsync(carrier, product, time);
        simulator.Carrier.SendTextFrom(Some.Number, "+85261234567", " 满意 👍 ＃１ ");
        await time.DrainAsync(Cancellation);
        JsonArray requests = [], changed = [];
        foreach (var request in product.Requests)
        {
            var url = new Uri(product.Address, request.Path + request.Query).ToString();
            requests.Add(new JsonObject { ["url"] = url, ["fields"] = request.Form.ToJson(), ["signature"] = request.Signature });
            changed.Add(new JsonObject { ["url"] = url, ["fields"] = request.Form.Append(("More", "1")).ToJson(), ["signature"] = request.Signature });
        }

        var accepted = await node.AskAsync("received", new JsonObject { ["token"] = Signatures.Token, ["requests"] = requests });
        var refused = await node.AskAsync("received", new JsonObject { ["token"] = Signatures.Token, ["requests"] = changed });

        Assert.True(requests.Count >= 12, $"{requests.Count} requests");
        Assert.All(accepted.AsArray(), one => Assert.True(one!.GetValue<bool>()));
        Assert.All(refused.AsArray(), one => Assert.False(one!.GetValue<bool>()));
    }

    [Fact]
    public async Task Twilio_s_library_signs_as_we_do()
    {
        var random = new Random(7);
        var requests = Enumerable.Range(0, 300).Select(_ => (Url: Address(random), Fields: Fields(random))).ToList();

        var theirs = await node.AskAsync("signatures", new JsonObject
        {
            ["token"] = Signatures.Token,
            ["requests"] = new JsonArray([.. requests.Select(request => (JsonNode)new JsonObject { ["url"] = request.Url, ["fields"] = request.Fields.ToJson() })]),
        });

        Assert.Equal(theirs.Strings(), requests.Select(request => Signatures.Sign(request.Url, request.Fields)));
    }

    [Fact]
    public async Task Twilio_s_library_knows_every_verb_and_attribute_that_we_write()
    {
        // The languages that no carrier knows are passed on as they are; that is the point of this one document.
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "TwiMl"), "*.xml").Where(file => Path.GetFileName(file) != "languages.xml").Order(StringComparer.Ordinal).ToList();
        var told = await node.AskAsync("twiml", new JsonArray([.. files.Select(file => (JsonNode)new JsonObject { ["name"] = Path.GetFileName(file), ["tree"] = Tree(XDocument.Load(file).Root!) })]));
        Assert.True(told["problems"]!.AsArray().Count == 0, told.ToJsonString());
        Assert.True(told["verbs"]!.GetValue<int>() >= 20, told.ToJsonString());

        var wrong = await node.AskAsync("twiml", new JsonArray(new JsonObject
        {
            ["name"] = "wrong", ["tree"] = Tree(XElement.Parse("""<Response><Gather numDigit="1" timeout="long" input="keys"><Redirect/></Gather><Say language="zh-XX"/><Shout/></Response>""")),
        }));
        Assert.Equal(6, wrong["problems"]!.AsArray().Count);
    }

    [Fact]
    public async Task Twilio_s_own_client_works_against_the_simulator()
    {
        var time = new VirtualTime();
        await using var simulator = await SimulateAsync(time);
        var told = await node.AskAsync("client", new JsonObject
        {
            ["address"] = simulator.Address.ToString(), ["account"] = Some.Account, ["token"] = Signatures.Token, ["from"] = "+85231234567",
            ["to"] = new JsonArray([.. Enumerable.Range(1, 5).Select(i => (JsonNode)$"+861390000000{i}")]),
        });
        foreach (var (what, done) in told.AsObject().Where(pair => pair.Key is not ("refused" or "missing" or "longText" or "gone"))) Assert.True(done!.GetValue<bool>(), what);
        Assert.Equal((21217, 404, 21617, 404), (Number(told, "refused"), Number(told, "missing"), Number(told, "longText"), Number(told, "gone")));
    }

    private static int Number(JsonNode told, string name) => told[name]!.GetValue<int>();

    private static Task<SimulatorHost> SimulateAsync(VirtualTime time, Uri? texts = null)
    {
        var people = new Population { Scripts = [new NumberScript { Number = Some.Number, Script = ["answer: 1 say5"], Texts = ["1"] }] };
        var options = new SimulatorOptions { AuthToken = Signatures.Token, CallsPerSecond = 0, Population = people, IncomingTextUrl = texts?.ToString() };
        return SimulatorHost.StartAsync(options, time.Clock, 0, (due, key, work) => time.Schedule(due, TimelineOrder.Carrier, key, work), Cancellation);
    }

    /// <summary>Everything that the product ever asks of a carrier.</summary>
    private static async Task UseEverythingAsync(TwilioCarrier carrier, CarrierStub product, VirtualTime time)
    {
        var from = time.Now.AddMinutes(-1);
        var placed = Assert.IsType<Calls.PlaceOutcome.Accepted>(await carrier.PlaceCallAsync(Some.Call with { DetectMachines = true }, Cancellation));
        Assert.IsType<Calls.PlaceOutcome.Rejected>(await carrier.PlaceCallAsync(Some.Call with { To = Refused }, Cancellation));
        var sent = Assert.IsType<Calls.PlaceOutcome.Accepted>(await carrier.SendTextAsync(Some.Text, Cancellation));
        await time.DrainAsync(Cancellation);
        Assert.Equal(Calls.CallStatus.Completed, (await carrier.FollowCallAsync(placed.CarrierId, Cancellation))!.Status);
        Assert.Single(await carrier.FindCallsAsync(Some.Number, from, Cancellation));
        Assert.Null(await carrier.FollowCallAsync(Some.CallSid, Cancellation));
        var second = Assert.IsType<Calls.PlaceOutcome.Accepted>(await carrier.PlaceCallAsync(Some.Call with { Token = "tok-3" }, Cancellation));
        await carrier.CancelCallAsync(second.CarrierId, evenInProgress: true, Cancellation);
        await carrier.CancelCallAsync(second.CarrierId, evenInProgress: true, Cancellation);
        await carrier.FollowTextAsync(sent.CarrierId, Cancellation);
        Assert.Single(await carrier.FindTextsAsync(Some.Number, from, Cancellation));
        Assert.True(await carrier.RedactTextAsync(sent.CarrierId, Cancellation));
        Assert.True(await carrier.DeleteTextAsync(sent.CarrierId, Cancellation));
        var recording = product.Requests.SelectMany(request => request.Values("RecordingSid")).First();
        Assert.NotNull(await carrier.FetchRecordingAsync(recording, Cancellation));
        Assert.True(await carrier.DeleteRecordingAsync(recording, Cancellation));
    }

    /// <summary>A product that asks one question, then for a comment.</summary>
    private static Task TalkAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var document = path.EndsWith("/1", StringComparison.Ordinal) ? """<Response><Record action="2" recordingStatusCallback="/carrier/recording/tok-1" maxLength="60"/></Response>"""
            : path.EndsWith("/2", StringComparison.Ordinal) ? "<Response><Hangup/></Response>"
            : path.StartsWith("/carrier/voice/", StringComparison.Ordinal) ? $"""<Response><Gather action="{path}/1" numDigits="1"><Say>请按1</Say></Gather></Response>""" : null;
        if (document is not null) return CarrierStub.Reply(200, document, "text/xml")(context);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static JsonObject Exchange(string method, string path, (string, string)[] form, int status, JsonObject body)
        => new() { ["method"] = method, ["path"] = path, ["query"] = new JsonArray(), ["form"] = form.ToJson(), ["status"] = status, ["body"] = body };

    private static JsonObject Tree(XElement verb) => new()
    {
        ["name"] = verb.Name.LocalName,
        ["attributes"] = new JsonObject(verb.Attributes().Select(attribute => KeyValuePair.Create(attribute.Name.LocalName, (JsonNode?)attribute.Value))),
        ["children"] = new JsonArray([.. verb.Elements().Select(child => (JsonNode)Tree(child))]),
    };

    private static string Address(Random random)
        => $"https://survey.example.cn{Pick(random, "", ":8443")}/carrier/{Pick(random, "voice", "status", "%E4%B9%A1")}/t{random.Next(9)}{Pick(random, "", "?a=1", "?x=%2B&y=+&z", "?q=%E9%95%87&&")}";

    private static List<(string Name, string Value)> Fields(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(12)).Select(_ => (
            Pick(random, "To", "From", "Digits", "Body", "body", "_x", "A1", "MessageSid", "城市"),
            Pick(random, "", " ", "+8613800138000", "满意 👍 ＃１", "a&b=c", "%41", "\n", "#", "1", "2"))),
    ];

    private static string Pick(Random random, params string[] words) => words[random.Next(words.Length)];
}
