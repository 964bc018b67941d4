using System.Buffers.Text;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Benchmarks;

/// <summary>One connection that stays open; requests and answers are bytes, so that the generator takes little of the processor.</summary>
internal sealed class LoadConnection(NetworkStream stream)
{
    /// <summary>Of the account whose requests these are.</summary>
    internal const string Account = "AC00000000000000000000000000000001";

    /// <summary>Key of the signatures.</summary>
    internal const string Token = "12345";

    /// <summary>The address that is signed.</summary>
    internal const string PublicAddress = "https://survey.example.cn";

    // In the order of their names, as they are signed; 28 with CallSid.
    private static readonly (string Name, string Value)[] Fields =
    [
        ("AccountSid", Account), ("ApiVersion", "2010-04-01"), ("CallSid", ""), ("CallStatus", "in-progress"), ("Called", "+8615400000001"), ("CalledCity", ""),
        ("CalledCountry", "CN"), ("CalledState", ""), ("CalledZip", ""), ("Caller", "+8685101234567"), ("CallerCity", ""), ("CallerCountry", "CN"),
        ("CallerState", "Guizhou"), ("CallerZip", ""), ("Digits", "1"), ("Direction", "outbound-api"), ("FinishedOnKey", ""), ("From", "+8685101234567"),
        ("FromCity", ""), ("FromCountry", "CN"), ("FromState", "Guizhou"), ("FromZip", ""), ("To", "+8615400000001"), ("ToCity", ""), ("ToCountry", "CN"),
        ("ToState", ""), ("ToZip", ""), ("msg", "Gather End"),
    ];

    private static readonly byte[] Key = Encoding.UTF8.GetBytes(Token);
    private readonly byte[] received = new byte[64 * 1024];

    /// <returns>Where the next input goes; null when the call ends, or when the answer says nothing of it.</returns>
    internal async Task<string?> PostAsync(string target, int conversation)
    {
        await stream.WriteAsync(Request(target, $"CA{conversation:D32}"));
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(received.AsMemory(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
            var head = received.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head < 0) continue;
            var body = received.AsSpan(0, length)[(head + 4)..];
            if (body.Length < ContentLength(received.AsSpan(0, head))) continue;
            if (!received.AsSpan(0, 12).SequenceEqual("HTTP/1.1 200"u8)) throw new IOException(Encoding.UTF8.GetString(received, 0, length));
            return Action(body);
        }
    }

    private static byte[] Request(string target, string callSid)
    {
        var signed = new StringBuilder(PublicAddress, 1024).Append(target);
        var form = new StringBuilder(1024);
        foreach (var (name, fixedValue) in Fields)
        {
            var value = name == "CallSid" ? callSid : fixedValue;
            signed.Append(name).Append(value);
            form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=').Append(value.Replace("+", "%2B", StringComparison.Ordinal).Replace(' ', '+'));
        }

        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The carrier's protocol prescribes SHA-1.
        HMACSHA1.HashData(Key, Encoding.UTF8.GetBytes(signed.ToString()), hash);
#pragma warning restore CA5350
        return Encoding.UTF8.GetBytes(
            $"POST {target} HTTP/1.1\r\nHost: survey.example.cn\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: {form.Length}\r\n"
            + $"X-Twilio-Signature: {Convert.ToBase64String(hash)}\r\n\r\n{form}");
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : throw new IOException("An answer without Content-Length.");
    }

    private static string? Action(ReadOnlySpan<byte> body)
    {
        var before = "action=\"https://survey.example.cn"u8;
        var at = body.IndexOf(before);
        if (at < 0) return null;
        var address = body[(at + before.Length)..];
        return Encoding.ASCII.GetString(address[..address.IndexOfAny((byte)'#', (byte)'"')]);
    }
}
