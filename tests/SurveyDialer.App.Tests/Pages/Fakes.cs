using System.Text;
using SurveyDialer.App.Health;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;
using SurveyDialer.Scheduling;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>What the host gives to the pages; records what it was asked.</summary>
internal sealed class Fakes : ICampaignControl, IJobHost, IExportCatalog, IHealthDesk
{
    private static readonly DateTimeOffset Now = new(2026, 3, 5, 2, 0, 0, TimeSpan.Zero);

    public List<string> Asked { get; } = [];

    /// <summary>What the next change of a campaign meets.</summary>
    public string? Problem { get; set; }

    public IReadOnlyList<ExportKind> Kinds { get; } =
    [
        Kind("answers", "csv", false, "答案", "一行一份访问，没有姓名和号码。", "Answers", "One row an interview, without names and numbers."),
        Kind("dispositions", "csv", false, "结果代码", "一行一位受访人，AAPOR 最终代码。", "Dispositions", "One row a respondent, with the final AAPOR code."),
        Kind("cases", "xlsx", true, "回访单", "一行一张回访单，可打印。", "Follow-up list", "One row a case, to be printed."),
    ];

    public IReadOnlyList<JobState> States => Broken ? throw new InvalidOperationException("A secret that no page may tell.") : Failing ? Jobs : [.. Jobs.Where(job => job.Last.Failures == 0)];

    /// <summary>Whether one of the jobs has failed.</summary>
    public bool Failing { get; set; } = true;

    /// <summary>What the checks find.</summary>
    public List<HealthResult> Findings { get; } = [new("disk", HealthFinding.Fine("health_disk_fine", 40_000L)), new("backup", HealthFinding.Fine("health_backup_fine", 0))];

    public bool KeysUnsaved { get; set; }

    /// <summary>Whether asking for the jobs fails.</summary>
    public bool Broken { get; set; }

    private static IReadOnlyList<JobState> Jobs { get; } =
    [
        Job("reconcile", Now.AddMinutes(-1), null, 0, TimeSpan.Zero),
        Job("recordings", Now.AddMinutes(-8), null, 0, TimeSpan.FromSeconds(95)),
        Job("backup", Now.AddHours(-8), null, 0, TimeSpan.Zero),
        Job("campaigns", Now.AddMinutes(-4), "磁盘已满：请清理数据文件夹所在的磁盘。", 3, TimeSpan.Zero),
    ];

    public Task<string?> PauseAsync(long id, string who, CancellationToken cancellation) => Record($"pause {id}");

    public Task<string?> ResumeAsync(long id, string who, CancellationToken cancellation) => Record($"resume {id}");

    public Task<string?> CloseAsync(long id, string who, CancellationToken cancellation) => Record($"close {id}");

    public Task<IReadOnlyList<HealthResult>> LookAsync(bool quick, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<HealthResult>>(Findings);

    public Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task StopAsync(CancellationToken impatience) => Task.CompletedTask;

    public Task<RunNowOutcome> RunNowAsync(string job, CancellationToken cancellation)
    {
        Asked.Add($"run {job}");
        return Task.FromResult(States.Any(state => state.Job.Name == job) ? RunNowOutcome.Started : RunNowOutcome.NoSuchJob);
    }

    public async Task WriteAsync(string kind, long campaignId, Stream output, string language, IProgress<double>? progress, CancellationToken cancellation)
    {
        progress?.Report(0.5);
        Asked.Add($"export {kind} of {campaignId} in {language}");
        await output.WriteAsync(Encoding.UTF8.GetBytes("a,b\n"), cancellation);
    }

    public Task WriteFollowUpListAsync(long campaignId, string worker, Stream output, string language, CancellationToken cancellation)
    {
        Asked.Add($"follow-up list of {campaignId} for {worker} in {language}");
        return Task.CompletedTask;
    }

    public Task WriteRejectedRowsAsync(long frameId, bool workbook, Stream output, string language, CancellationToken cancellation)
        => throw new NotSupportedException("No page writes them.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static JobState Job(string name, DateTimeOffset last, string? failure, int failures, TimeSpan late) => new(
        new RecurringJob(name, JobSchedule.Every(TimeSpan.FromMinutes(10)), (_, _) => Task.CompletedTask),
        false, new JobRun(name, last, last.AddSeconds(1), last, Now.AddMinutes(5), failure, failures), late, TimeSpan.Zero);

    private static ExportKind Kind(string id, string extension, bool names, string zh, string zhAbout, string en, string enAbout) => new()
    {
        Id = id, Extension = extension, NamesPersons = names, ContentType = extension == "csv" ? "text/csv" : "application/octet-stream",
        Chinese = new ExportWords(zh, zhAbout), English = new ExportWords(en, enAbout),
    };

    private Task<string?> Record(string asked)
    {
        Asked.Add(asked);
        return Task.FromResult(Problem);
    }
}
