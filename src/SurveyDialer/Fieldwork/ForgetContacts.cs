using SurveyDialer.Attempts;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>Once a night: how often a number was contacted is remembered for a year, for the caps across campaigns, and no longer.</summary>
internal sealed class ForgetContacts(Database database, TimeProvider clock)
{
    /// <summary>A row of the caps is kept for so many days after its own.</summary>
    internal const int KeptDays = 366;

    private const int Slice = 200;

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>At an hour at which nobody is called.</summary>
    internal static JobSchedule Schedule { get; } = JobSchedule.DailyAt(new TimeOnly(3, 30), Zone);

    internal async Task RunAsync(CancellationToken cancellation)
    {
        var today = Instants.Day(clock.GetUtcNow().DayIn(Zone));
        while (await database.WriteAsync(connection => ContactCapStore.Forget(connection, today - KeptDays, Slice), cancellation, WriteUrgency.Background) == Slice)
        {
        }
    }
}
