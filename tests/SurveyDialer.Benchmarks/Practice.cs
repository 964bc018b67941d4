using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.Benchmarks;

/// <summary>A whole campaign in virtual time against the simulator, as the demonstration runs it.</summary>
internal static class Practice
{
    /// <param name="measure">Looks at the run after the campaign has closed.</param>
    internal static async Task<T> RunAsync<T>(Run run, PracticeOptions options, Func<PracticeRun, T> measure)
    {
        var failures = 0;
        T result;
        using (var folder = DataFolder.TryOwn(options.Folder) ?? throw new InvalidOperationException($"{options.Folder} is in use."))
        {
            void Failed(string key, Exception fault)
            {
                failures++;
                Run.Note($"{key}: {fault}");
            }

            await using var practice = await PracticeRun.StartAsync(options with { WithoutLastDay = true }, folder, run.Clock, Failed, CancellationToken.None);
            if (await practice.ImportAsync(null, CancellationToken.None) is { } problem) throw new InvalidOperationException(problem.ToString());
            if (await practice.LaunchAsync(CancellationToken.None) is [var missing, ..]) throw new InvalidOperationException(missing.Key);
            if (!await practice.RunAsync(CancellationToken.None) || failures > 0) throw new InvalidOperationException($"The campaign did not close cleanly: {failures} events failed.");
            result = measure(practice);
        }

        Run.Drop(options.Folder);
        return result;
    }
}
