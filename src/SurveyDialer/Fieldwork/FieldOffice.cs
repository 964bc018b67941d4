using SurveyDialer.Attempts.Pacing;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// The field work of one installation, put together: dialling, interviews, what follows from them, and the jobs that keep it going. Made once;
/// everything it needs is given, so that demo, rehearsal, tests and the real thing differ only in what is given.
/// </summary>
public sealed class FieldOffice
{
    // Before anybody comes to the office.
    private static readonly TimeOnly WordsDeleted = new(4, 10);

    private static readonly TimeOnly RoundsEnded = new(4, 30);

    // Before the rounds that end have their rows taken away.
    private static readonly TimeOnly TotalsChecked = new(4, 0);

    private static readonly TimeZoneInfo China = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private readonly Dispatcher dispatcher;
    private readonly ReconcileCalls reconcile;
    private readonly ReconcileTexts texts;
    private readonly VoiceComments comments;
    private readonly CampaignControl control;
    private readonly ReleaseSample release;
    private readonly Database database;

    internal FieldOffice(FieldOfficeParts parts)
    {
        database = parts.Database;
        var (keys, clock) = (parts.Keys, parts.Timeline.Clock);
        var cipher = new FieldCipher(keys);
        var campaigns = new CampaignBook(parts.Calendars);
        var deadlines = new CallDeadlines(parts.Options, clock);
        var finish = new FinishRespondent(cipher, clock);
        var desk = new InterviewDesk(database, campaigns, cipher);
        var after = new AfterContact(database, campaigns, desk, finish, deadlines, cipher, clock);
        var claim = new ClaimDue(campaigns, finish, deadlines, parts.Options, clock);
        var county = new SealToCounty(cipher);
        var events = new TurnEvents(cipher, county);
        var textDesk = new TextDesk(desk, events, after, deadlines, cipher);
        var textPacer = new StartPacer(parts.Options.TextsPerSecond ?? parts.Options.StartsPerSecond, clock);
        var starts = new SharedStarts(new StartPacer(parts.Options.StartsPerSecond, clock), textPacer, clock);
        var sender = new TextSender(database, textDesk, parts.Carrier, after, deadlines, textPacer, parts.Timeline);
        var conversation = new TextConversation(database, textDesk, new TextStops(database, textDesk, cipher, clock), events, deadlines, cipher, clock);
        var textReports = new TextReports(database, textDesk, conversation, clock);
        var redaction = new TextRedaction(database, parts.Carrier);
        var place = new PlaceCall(database, parts.Carrier, cipher, after, deadlines, sender, clock);
        dispatcher = new Dispatcher(database, claim, place, sender, starts, parts.Options, parts.Timeline);
        reconcile = new ReconcileCalls(database, parts.Carrier, cipher, after, deadlines, parts.Options, clock);
        texts = new ReconcileTexts(database, parts.Carrier, textDesk, conversation, textReports, after, deadlines, parts.Options, clock);
        comments = new VoiceComments(database, desk, parts.Carrier, cipher, county, clock);
        var forget = new ForgetContacts(database, clock);
        Callers = new CallerDesk(
            database, cipher, campaigns, desk, new HandOut(campaigns, claim, clock), new DeskInterview(database, desk, events, after, clock), clock);
        Enquiries = new EnquiryDesk(database, campaigns, cipher, events, finish, dispatcher.Wake, clock);
        Totals = new TotalsCheck(database);
        EndOfRound = new EndOfRound(database, keys, parts.Backups?.Shelf, clock);
        control = new CampaignControl(database, campaigns, parts.Carrier, after, finish, dispatcher, clock);
        release = new ReleaseSample(database, campaigns, clock);
        Change = new ChangeCampaign(database, campaigns, parts.Calendars, clock);
        Launch = new LaunchCampaign(database, parts.Templates, parts.Calendars, keys, clock);
        Inbox = new CarrierInbox(
            new NextTurn(database, desk, events, deadlines, clock), after, dispatcher, parts.Carrier, comments,
            new IncomingCalls(database, campaigns, cipher, Enquiries), conversation, textReports);
        Jobs =
        [
            new RecurringJob("reconcile", JobSchedule.Every(parts.Options.ReconcileEvery), ReconcileAsync),
            new RecurringJob("texts", JobSchedule.Every(parts.Options.ReconcileEvery), ReconcileTextsAsync),
            new RecurringJob("redact-texts", JobSchedule.Every(TimeSpan.FromMinutes(10)), (_, cancellation) => redaction.RunAsync(cancellation)),
            new RecurringJob("desk", JobSchedule.Every(TimeSpan.FromMinutes(5)), (_, cancellation) => Callers.ExpireAsync(cancellation)),
            new RecurringJob("recordings", JobSchedule.Every(TimeSpan.FromMinutes(10)), (_, cancellation) => comments.RunAsync(cancellation)),
            new RecurringJob("own-words", JobSchedule.DailyAt(WordsDeleted, China), (_, cancellation) => comments.ExpireAsync(cancellation)),
            new RecurringJob("campaigns", JobSchedule.Every(TimeSpan.FromMinutes(10)), WatchCampaignsAsync),
            new RecurringJob(ReleaseSample.JobName, JobSchedule.Every(ReleaseSample.Every), ReleaseAsync),
            new RecurringJob("end-of-round", JobSchedule.DailyAt(RoundsEnded, China), (_, cancellation) => EndOfRound.RunAsync(cancellation)),
            new RecurringJob("totals", JobSchedule.DailyAt(TotalsChecked, China), (_, cancellation) => Totals.RunAsync(cancellation)),
            new RecurringJob("forget-contacts", ForgetContacts.Schedule, (_, cancellation) => forget.RunAsync(cancellation)),
            .. parts.Backups is { } backups ? [new RecurringJob(MakeBackup.JobName, JobSchedule.DailyAt(MakeBackup.Nightly, China), backups.RunNightlyAsync)] : (RecurringJob[])[],
        ];
    }

    /// <summary>Makes campaigns and launches them.</summary>
    public LaunchCampaign Launch { get; }

    /// <summary>Holds the kept totals of rounds against their answers.</summary>
    public TotalsCheck Totals { get; }

    /// <summary>The end of a closed round's data.</summary>
    public EndOfRound EndOfRound { get; }

    /// <summary>Pause, resume, close.</summary>
    public ICampaignControl Control => control;

    /// <summary>Changes what is still open of a round.</summary>
    public ChangeCampaign Change { get; }

    /// <summary>Interviewing from desk telephones.</summary>
    internal CallerDesk Callers { get; }

    /// <summary>Answers to residents who ring the office.</summary>
    internal EnquiryDesk Enquiries { get; }

    /// <summary>Where the carrier's endpoints hand in what they were told.</summary>
    public ICarrierInbox Inbox { get; }

    /// <summary>The jobs that a job host drives.</summary>
    public IReadOnlyList<RecurringJob> Jobs { get; }

    /// <summary>The recorded prompt with this SHA-256 (64 hexadecimal digits); null where no campaign has one.</summary>
    public byte[]? PromptAudio(string sha256) => database.Read(connection => PromptAudioStore.Find(connection, sha256));

    /// <summary>Puts in order what the last process left behind, then looks for work.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await reconcile.RecoverAsync(cancellation);
        await texts.RecoverAsync(cancellation);
        dispatcher.Wake();
    }

    /// <summary>Looks for due attempts now, for example after a launch.</summary>
    public void Wake() => dispatcher.Wake();

    /// <summary>Starts no new call; those in progress go on.</summary>
    public void Stop() => dispatcher.Stop();

    private async Task ReconcileAsync(JobContext context, CancellationToken cancellation)
    {
        if (await reconcile.RunAsync(cancellation)) dispatcher.Wake();
    }

    private async Task ReconcileTextsAsync(JobContext context, CancellationToken cancellation)
    {
        if (await texts.RunAsync(cancellation)) dispatcher.Wake();
    }

    private async Task ReleaseAsync(JobContext context, CancellationToken cancellation)
    {
        if (await release.RunAsync(cancellation)) dispatcher.Wake();
    }

    private async Task WatchCampaignsAsync(JobContext context, CancellationToken cancellation)
    {
        await control.RunAsync(cancellation);
        dispatcher.Wake();
    }
}

/// <summary>What the field work needs from outside.</summary>
internal sealed record FieldOfficeParts
{
    internal required Database Database { get; init; }

    internal required KeyRing Keys { get; init; }

    internal required TemplateLibrary Templates { get; init; }

    internal required CalendarBook Calendars { get; init; }

    internal required ITimeline Timeline { get; init; }

    internal required ICarrier Carrier { get; init; }

    /// <summary>Null: no copies are kept.</summary>
    internal MakeBackup? Backups { get; init; }

    internal required FieldworkOptions Options { get; init; }
}
