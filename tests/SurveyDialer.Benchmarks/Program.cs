using System.Globalization;
using System.Text;
using SurveyDialer.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

#pragma warning disable RS0030 // The one place that names the system clock; everything else is given a TimeProvider.
var clock = TimeProvider.System;
#pragma warning restore RS0030

// The figures that need a process of their own start this program again under these names.
if (args is ["load", ..]) return await LoadGenerator.RunAsync(args, clock);
if (args is ["microdata-xlsx", var files]) return await MicrodataFigure.WriteWorkbookAsync(files, clock);
if (args is ["import-file", var list, var data]) return await ImportFigure.ImportFileAsync(list, data, clock);

var figures = new Dictionary<string, Func<Run, Task>>(StringComparer.Ordinal)
{
    ["lines"] = LinesFigure.RunAsync,
    ["dispatch"] = DispatchFigure.RunAsync,
    ["claim"] = ClaimFigure.RunAsync,
    ["turn"] = TurnFigure.RunAsync,
    ["import"] = ImportFigure.RunAsync,
    ["rehearsal"] = RehearsalFigure.RunAsync,
    ["restore"] = RestoreFigure.RunAsync,
    ["estimates"] = EstimatesFigure.RunAsync,
    ["microdata"] = MicrodataFigure.RunAsync,
    ["pages"] = PagesFigure.RunAsync,
};
if (args is not [var name, var folder, ..] || !figures.TryGetValue(name, out var figure))
{
    await Console.Error.WriteLineAsync($"Usage: SurveyDialer.Benchmarks {string.Join('|', figures.Keys)} FOLDER [--quick]");
    return 2;
}

var run = new Run(name, Path.GetFullPath(folder), args.Contains("--quick"), clock);
await run.MeasureAsync(figure);
return run.AllMet ? 0 : 1;
