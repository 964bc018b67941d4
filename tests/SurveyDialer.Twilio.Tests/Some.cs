using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SurveyDialer.Calls;

namespace SurveyDialer.Twilio.Tests;

/// <summary>Valid things to start from.</summary>
internal static class Some
{
    internal const string Account = "AC00000000000000000000000000000001";
    internal const string CallSid = "CA00000000000000000000000000000001";
    internal const string TextSid = "SM00000000000000000000000000000001";
    internal const string Number = "+8613800138000";

    internal static readonly CallOrder Call = new("tok-1", Number, 25, 600, DetectMachines: false);
    internal static readonly TextOrder Text = new("tok-2", Number, "您好");

    internal static TwilioOptions Options() => new()
    {
        AccountSid = Account,
        AuthToken = Signatures.Token,
        CallerNumber = "+85231234567",
        TextSenderNumber = "+85261234567",
        PublicAddress = new Uri("https://survey.example.cn"),
    };
}

/// <summary>Keeps every line that is logged.</summary>
internal sealed class LogLines : ILogger<TwilioCarrier>, ILoggerProvider
{
    internal ConcurrentQueue<(LogLevel Level, int Id, string Line)> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, eventId.Id, formatter(state, exception)));

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    internal bool Has(int id) => Lines.Any(l => l.Id == id);
}
