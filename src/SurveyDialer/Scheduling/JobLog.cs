using Microsoft.Extensions.Logging;

namespace SurveyDialer.Scheduling;

internal static partial class JobLog
{
    [LoggerMessage(LogLevel.Information, "Job {Job} missed its tick of {Due:O} and runs now")]
    public static partial void Missed(ILogger logger, string job, DateTimeOffset due);

    [LoggerMessage(LogLevel.Error, "Job {Job} failed for the {Failures}. time in a row; next try at {Next:O}")]
    public static partial void Failed(ILogger logger, Exception exception, string job, int failures, DateTimeOffset next);

    [LoggerMessage(LogLevel.Error, "The end of job {Job} could not be recorded; after a crash it would be repeated")]
    public static partial void NotRecorded(ILogger logger, Exception exception, string job);
}
