using SurveyDialer.Hangfire;
using SurveyDialer.Scheduling;
using SurveyDialer.Tests.Scheduling;

namespace SurveyDialer.Hangfire.Tests;

public sealed class HangfireJobHostTests : RealTimeJobHostContract
{
    protected override IJobHost Make(JobRunner runner) => new HangfireJobHost(runner);
}
