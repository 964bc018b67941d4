using System.Globalization;
using SurveyDialer.Crash.Fuzz;
using SurveyDialer.Crash.Rig;

// "kills N [SEED] [FOLDER]" and "fuzz N [SEED] [FOLDER]" are the soak runs of scripts/soak.sh; everything else belongs to the test runner.
if (args is not ["kills" or "fuzz", ..]) return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);

var times = int.Parse(args[1], CultureInfo.InvariantCulture);
var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
var folder = args.Length > 3 ? Directory.CreateDirectory(args[3]).FullName : Directory.CreateTempSubdirectory("surveydialer-soak-").FullName;
Console.WriteLine($"seed {seed}, everything lies in {folder}");
#pragma warning disable RS0030 // The one place that names the system clock; everything else is given a TimeProvider.
var clock = TimeProvider.System;
#pragma warning restore RS0030
if (args[0] == "fuzz")
{
    var fuzzed = await new FuzzRun(new CrashPlan { Kills = 20, Seed = seed, Folder = folder, Clock = clock, Tell = Console.WriteLine }).RunAsync(times, CancellationToken.None);
    Console.Write(fuzzed.Table());
    return fuzzed.Findings.Count == 0 ? 0 : 1;
}

var plan = new CrashPlan { Kills = times, Seed = seed, Folder = folder, Clock = clock, Tell = Console.WriteLine };
var outcome = await new CrashRun(plan).RunAsync(CancellationToken.None);
Console.Write(CrashTable.Of(outcome));
return outcome.Findings.Count == 0 ? 0 : 1;
