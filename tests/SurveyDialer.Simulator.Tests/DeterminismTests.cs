namespace SurveyDialer.Simulator.Tests;

public sealed class DeterminismTests
{
    private const string Ask = """<Response><Gather numDigits="1" action="/q?n=1" actionOnEmptyResult="true"><Say>愿意请按1，不愿意请按2</Say></Gather></Response>""";

    [Fact]
    public async Task Same_seed_gives_each_resident_the_same_conversation_whatever_the_order_of_creation()
    {
        var numbers = Enumerable.Range(0, 60).Select(static i => $"+861370000{i:D4}").ToArray();
        var forwards = await RunAsync(numbers, seed: 3);
        var backwards = await RunAsync([.. numbers.Reverse()], seed: 3);
        var other = await RunAsync(numbers, seed: 4);

        Assert.Equal(60, forwards.Count(static line => line.Contains("CallAccepted", StringComparison.Ordinal)));
        Assert.True(forwards.Count(static line => line.Contains("\"Step\"", StringComparison.Ordinal)) > 20);
        Assert.Equal(forwards, backwards);
        Assert.NotEqual(forwards, other);
    }

    [Fact]
    public async Task Same_seed_gives_the_same_log_to_the_letter()
    {
        var numbers = Enumerable.Range(0, 30).Select(static i => $"+861370000{i:D4}").ToArray();

        Assert.Equal(await RunAsync(numbers, 5, cps: 2, sorted: false), await RunAsync(numbers, 5, cps: 2, sorted: false));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string[] numbers, ulong seed, double cps = 0, bool sorted = true)
    {
        await using var world = await World.StartAsync(_ => new SimulatorOptions { CallsPerSecond = cps, Seed = seed });
        world.Product.Twiml("/voice", Ask);
        world.Product.Twiml("/q", Ask.Replace("愿意", "很安全", StringComparison.Ordinal));
        foreach (var number in numbers)
            await world.CallAsync(number);
        await world.Time.RunAsync();
        var lines = world.Carrier.Witness.Entries().Select(Witness.ToJsonLine);
        return [.. sorted ? lines.Order(StringComparer.Ordinal) : lines];
    }
}
