using System.Diagnostics;
using System.Text;

namespace SurveyDialer.Crash.Rig;

/// <summary>The executable in a process of its own, with keys below a folder of the test's and no settings of this machine.</summary>
internal sealed class Product : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly TaskCompletionSource<string> announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Product(Process process) => this.process = process;

    /// <param name="log">Where standard error goes to.</param>
    internal static Product Start(string home, string log, params string[] arguments)
    {
        var started = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SurveyDialer"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = home,
        };
        foreach (var name in started.Environment.Keys.Where(name => name.StartsWith("SURVEYDIALER_", StringComparison.Ordinal)).ToList()) started.Environment.Remove(name);
        started.Environment["XDG_DATA_HOME"] = Path.Combine(home, "profile");
        var product = new Product(Process.Start(started)!);
        product.process.OutputDataReceived += (_, line) =>
        {
            lock (product.said) product.said.AppendLine(line.Data);
            if (line.Data is null or { Length: > 0 }) product.announced.TrySetResult(line.Data ?? "");
        };
        product.process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            lock (log) File.AppendAllText(log, line.Data + Environment.NewLine);
        };
        product.process.BeginOutputReadLine();
        product.process.BeginErrorReadLine();
        return product;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>All of standard output.</returns>
    /// <exception cref="InvalidOperationException">It did not end well.</exception>
    internal static async Task<string> RunAsync(string home, string log, params string[] arguments)
    {
        using var product = Start(home, log, arguments);
        await product.process.WaitForExitAsync();
        return product.process.ExitCode is 0 or 3 ? product.said.ToString() : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {product.process.ExitCode}; see {log}.");
    }

    /// <summary>The first line of standard output; empty when the process ended without one.</summary>
    internal Task<string> AnnouncedAsync() => announced.Task;

    /// <summary>Bytes that the process holds now.</summary>
    internal long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The process stands still while <paramref name="look"/> runs, as at a power cut; then it goes on.</summary>
    internal async Task AtAStandstillAsync(Action look)
    {
        await SignalAsync("-STOP");
        look();
        await SignalAsync("-CONT");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
