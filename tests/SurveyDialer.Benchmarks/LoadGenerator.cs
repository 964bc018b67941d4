using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SurveyDialer.Benchmarks;

/// <summary>
/// The carrier's side of many calls at once, in a process of its own: each connection holds one conversation after the other, pressing 1 at
/// every prompt, or sends the same signed form to the endpoint that only reads it.
/// </summary>
internal static class LoadGenerator
{
    /// <param name="args">load, <c>turn</c> or <c>bare</c>, port, seconds, connections, number of the first conversation.</param>
    internal static async Task<int> RunAsync(string[] args, TimeProvider clock)
    {
        var numbers = args.Skip(2).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var (port, seconds, connections, first) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var conversations = new Conversations(first - 1);
        var until = clock.GetTimestamp() + (seconds * clock.TimestampFrequency);
        var started = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => SendAsync(args[1] == "turn", port, conversations, until))));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var all = latencies.SelectMany(one => one).ToList();
        Console.WriteLine($"requests={all.Count}");
        Console.WriteLine($"a_second={all.Count / elapsed}");
        Console.WriteLine($"p50_ms={Run.Percentile(all, 0.5)}");
        Console.WriteLine($"p99_ms={Run.Percentile(all, 0.99)}");
        Console.WriteLine($"last={conversations.Last}");
        return 0;
    }

    private static async Task<List<double>> SendAsync(bool turns, int port, Conversations conversations, long until)
    {
        var millis = new List<double>();
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        var connection = new LoadConnection(client.GetStream());
        string? target = null;
        var conversation = 0;
        while (Stopwatch.GetTimestamp() < until)
        {
            if (target is null) conversation = conversations.Next();
            target ??= turns ? $"/carrier/voice/t{conversation:D8}" : "/bare";
            var started = Stopwatch.GetTimestamp();
            var next = await connection.PostAsync(target, conversation);
            millis.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (turns && next is null && target.Length < 25) throw new InvalidOperationException($"Conversation {conversation} was hung up at once.");
            target = turns ? next : "/bare";
        }

        return millis;
    }

    private sealed class Conversations(int last)
    {
        private int last = last;

        internal int Last => last;

        internal int Next() => Interlocked.Increment(ref last);
    }
}
