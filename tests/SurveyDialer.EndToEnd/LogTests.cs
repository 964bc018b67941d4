using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging;
using SurveyDialer.App.Hosting;
using SurveyDialer.Sample;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>
/// Everything that whole rounds log, at the most talkative level and with a carrier that gets much wrong, held against everything that must not
/// stand in a log: numbers, names, what was pressed, typed or said.
/// </summary>
public sealed class LogTests
{
    [Theory]
    [InlineData("short-keys")]
    [InlineData("text")]
    public async Task Logs_hold_no_number_no_name_and_no_answer(string template)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var root = Directory.CreateTempSubdirectory("surveydialer-logs-").FullName;
        using var folder = DataFolder.TryOwn(root)!;
        using var lines = new Lines();
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines));
        var options = new PracticeOptions { Folder = root, TemplateId = template, Respondents = 40, Seed = 5, Faults = Faults, Logs = logs };
        await using (var run = await PracticeRun.StartAsync(options, folder, new StillClock(), (_, _) => { }, cancellation))
        {
            Assert.Null(await run.ImportAsync(null, cancellation));
            Assert.Empty(await run.LaunchAsync(cancellation));
            await run.RunAsync(cancellation);
            var (people, typed) = (Persons(run), run.Simulator.Witness.Entries().Where(entry => entry.Kind == WitnessKind.TextSent).Select(entry => entry.Keys ?? "").Where(body => body.Length > 2 && body.Any(letter => !char.IsAsciiHexDigit(letter))));
            var told = string.Join('\n', lines.All);

            Assert.True(lines.All.Count > 1000, $"Only {lines.All.Count} lines were logged: the test sees nothing.");
            Assert.True(people.Count > 60);
            foreach (var secret in people.Concat(typed).Distinct()) Assert.False(told.Contains(secret, StringComparison.Ordinal), $"A log names “{secret}”.");
            Assert.DoesNotMatch("(?i)digits|body=|speechresult", told);
            Assert.DoesNotMatch(@"(?<![0-9a-f])(1[3-9]\d{9}|0851-?\d{7,8})(?![0-9a-f])", told);
        }

        Directory.Delete(root, recursive: true);
    }

    private static Fault[] Faults =>
    [
        new() { Kind = FaultKind.ForgedSignature, Probability = 0.1 },
        new() { Kind = FaultKind.DuplicateCallback, Probability = 0.2 },
        new() { Kind = FaultKind.ServerError, Probability = 0.1, Accept = true },
        new() { Kind = FaultKind.DropResponse, Probability = 0.1 },
    ];

    /// <summary>Names, and numbers in the forms in which they are written.</summary>
    private static List<string> Persons(PracticeRun run)
    {
        var (names, numbers) = run.Database.Read(connection => (
            connection.Query<byte[]>("SELECT name_enc FROM respondent WHERE name_enc IS NOT NULL;").AsList(), connection.Query<byte[]>("SELECT number_enc FROM phone WHERE number_enc IS NOT NULL;").AsList()));
        return
        [
            .. names.Select(name => run.Cipher.Decrypt(SampleFields.NamePurpose, name)!),
            .. numbers.Select(number => run.Cipher.Decrypt(SampleFields.NumberPurpose, number)!.Split(';')[0]).SelectMany(number => (string[])[number, number.TrimStart('+'), number[^8..]]),
        ];
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            All.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder(formatter(state, exception)).Append(' ').Append(exception);
            if (state is IEnumerable<KeyValuePair<string, object?>> fields) line.AppendJoin(' ', fields.Select(field => $"{field.Key}={field.Value}"));
            All.Enqueue(line.ToString());
        }

        public void Dispose()
        {
        }
    }

    private sealed class StillClock : TimeProvider;
}
