using System.Diagnostics;

namespace SurveyDialer.Benchmarks;

/// <summary>One figure being measured: where it may write, and the section of the report that comes of it.</summary>
internal sealed class Run(string name, string folder, bool quick, TimeProvider clock)
{
    private readonly List<string> lines = [];

    internal bool Quick => quick;

    /// <summary>The system clock.</summary>
    internal TimeProvider Clock => clock;

    /// <summary>False as soon as one aim was missed.</summary>
    internal bool AllMet { get; private set; } = true;

    /// <summary>Measures, prints the section, and leaves it in <c>FOLDER/NAME.md</c> for the report.</summary>
    internal async Task MeasureAsync(Func<Run, Task> figure)
    {
        Directory.CreateDirectory(folder);
        var before = Load();
        var started = Stopwatch.GetTimestamp();
        Say($"## {name}{(quick ? " (quick)" : "")}");
        Say("");
        await figure(this);
        Say("");
        Say($"Measured {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s; load average {before} before, {Load()} after, "
            + $"{Environment.ProcessorCount} processors, nice {Nice()}.");
        Say("");
        await File.WriteAllLinesAsync(Path.Combine(folder, name + ".md"), lines);
    }

    internal void Say(string line)
    {
        lines.Add(line);
        Console.WriteLine(line);
    }

    /// <summary>Progress; not part of the report.</summary>
    internal static void Note(string line) => Console.Error.WriteLine(line);

    /// <summary>The word of the report for an aim.</summary>
    internal string Verdict(bool met)
    {
        AllMet &= met;
        return met ? "met" : "**not met**";
    }

    /// <summary>An empty folder of this figure.</summary>
    internal string FreshFolder(string part)
    {
        var path = Path.Combine(folder, $"{name}-{part}");
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        return path;
    }

    internal static void Drop(string path) => Directory.Delete(path, recursive: true);

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="share">0 to 1.</param>
    internal static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>The 19th field of proc(5)'s stat; the second one, in brackets, may hold blanks.</summary>
    private static string Nice() => File.Exists("/proc/self/stat") ? File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[16] : "unknown";

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
