using Dapper;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Fieldwork;

/// <summary>
/// An office with a list and desk telephones, in virtual time on a real file: Monday 2026-03-02, 09:30. Every respondent has a landline of
/// their own unless said otherwise; the numbers belong to nobody, but are stored as real ones, since only those are handed to people.
/// </summary>
internal sealed class DeskOffice : IAsyncDisposable
{
    private readonly TestDatabase files;
    private readonly CalendarBook calendars;

    internal DeskOffice(string carrier = "desk-phone", bool liveCallers = false)
    {
        (Carrier, LiveCallers) = (carrier, liveCallers);
        Time = new VirtualTime(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8)));
        files = TestDatabase.Create(Time.Clock);
        calendars = new CalendarBook([CalendarFile.Read(SourceTree.Read("campaign-templates/calendars/cn.yaml")).Calendar!], []);
        Office = Open();
    }

    internal VirtualTime Time { get; }

    internal CallerDesk Desk => Office.Callers;

    internal FieldOffice Office { get; private set; }

    internal FieldCipher Cipher => files.Cipher;

    internal Database Database => files.Database;

    private string Carrier { get; }

    private bool LiveCallers { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => files.DisposeAsync();

    /// <summary>Launches a round on a list of its own; respondents are numbered from 1.</summary>
    /// <param name="sharedNumber">Everybody lives behind one landline.</param>
    internal async Task<long> LaunchAsync(int respondents, bool sharedNumber = false, string? language = null, string template = "standard")
    {
        var frame = await files.Database.WriteAsync(connection => DeskRound.AddList(connection, files.Cipher, respondents, sharedNumber, language), Cancellation);
        var draft = DeskRound.Draft(Path.Combine(SourceTree.Root, "campaign-templates"), template, frame);
        var id = await Office.Launch.CreateAsync(draft with { Carrier = Carrier, LiveCallers = LiveCallers }, Cancellation);
        Assert.NotNull(await Office.Launch.LaunchAsync(id, "test", null, Cancellation));
        return id;
    }

    /// <summary>The process starts again: everything that was only in memory is gone.</summary>
    internal async Task RestartAsync()
    {
        Office = Open();
        await Office.StartAsync(Cancellation);
    }

    internal async Task<DeskCase> TakeAsync(string caller)
    {
        var taken = await Desk.TakeNextAsync(caller, Cancellation);
        Assert.NotNull(taken);
        return taken;
    }

    internal async Task<DeskCase> DialAsync(string caller) => Going(await Desk.ShowNumberAsync((await TakeAsync(caller)).Hold, Cancellation));

    /// <summary>Dials, and somebody answers.</summary>
    internal async Task<DeskCase> AnsweredAsync(string caller) => Going(await EnterAsync(await DialAsync(caller), new DeskEntry.Answered()));

    /// <summary>Dials, somebody answers, agrees and passes the screening as the only adult there: the first question of the survey stands.</summary>
    internal async Task<DeskCase> AgreedAsync(string caller)
    {
        var at = await AnsweredAsync(caller);
        foreach (var key in (string[])["1", "1", "1", "1"]) at = await KeysAsync(at, key);
        return at;
    }

    internal Task<DeskReply> EnterAsync(DeskCase at, DeskEntry entry) => Desk.EnterAsync(at.Hold, at.Turn, entry, Cancellation);

    internal async Task<DeskCase> KeysAsync(DeskCase at, string keys) => Going(await EnterAsync(at, new DeskEntry.Keys(keys)));

    internal Task<DeskReply> EndAsync(DeskCase at, DeskOutcome outcome, DateTimeOffset? appointment = null)
        => Desk.EndAsync(at.Hold, outcome, appointment, Cancellation);

    /// <summary>Answers everything with the first option until the follow-up question stands.</summary>
    internal async Task<DeskCase> ToConsentAsync(DeskCase at)
    {
        for (var turn = 0; at.Card!.Part != CardPart.Consent; turn++)
        {
            Assert.True(turn < 40, "The interview did not come to its end.");
            at = at.Card.Words ? Going(await EnterAsync(at, new DeskEntry.Words(""))) : await KeysAsync(at, at.Card.Options[0].Key);
        }

        return at;
    }

    internal static DeskCase Going(DeskReply reply) => Assert.IsType<DeskReply.Going>(reply).Case;

    internal static string Code(DeskReply reply) => Assert.IsType<DeskReply.Over>(reply).Code;

    internal Task RunJobAsync(string name) => Office.Jobs.Single(job => job.Name == name).Run(new SurveyDialer.Scheduling.JobContext(name, Time.Now, Time.Clock), Cancellation);

    internal T One<T>(string sql, object? arguments = null) => files.Database.Read(connection => connection.QuerySingle<T>(sql, arguments))!;

    internal List<T> All<T>(string sql) => files.Database.Read(connection => connection.Query<T>(sql).AsList());

    /// <summary>Everything that a table holds.</summary>
    internal string Text(string table) => files.Database.Read(connection => string.Join('|', connection.Query($"SELECT * FROM {table}")
        .SelectMany(row => ((IDictionary<string, object?>)row).Values).Select(value => value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : $"{value}")));

    internal Task ExecuteAsync(string sql) => files.Database.WriteAsync(connection => { connection.Execute(sql); }, Cancellation);

    private FieldOffice Open() => new(new FieldOfficeParts
    {
        Database = files.Database,
        Keys = files.Keys,
        Templates = new TemplateLibrary(Path.Combine(SourceTree.Root, "campaign-templates")),
        Calendars = calendars,
        Timeline = Time,
        Carrier = new LineCarrier(Time, TimeSpan.FromSeconds(20)),
        Options = new FieldworkOptions { CarrierName = "twilio" },
    });
}
