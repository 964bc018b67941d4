using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SurveyDialer.Statistics.Calc;

namespace SurveyDialer.App.Commands;

/// <summary><c>calc</c>: repeats a calculation, JSON in, JSON out; or runs a file of worked examples.</summary>
internal static class CalcCommand
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    internal static Command Make()
    {
        var kind = new Argument<string?>("kind") { Description = Words.Say("calc_kind", string.Join(", ", Calculator.Kinds)), Arity = ArgumentArity.ZeroOrOne };
        var vectors = new Option<FileInfo?>("--vectors") { Description = Words.Say("calc_vectors") };
        var command = new Command("calc", Words.Say("calc")) { kind, vectors };
        command.Check(result =>
        {
            if (result.GetValue(kind) is null == result.GetValue(vectors) is null) result.AddError(Words.Say("calc_one_thing"));
        });
        command.SetAction(parsed =>
        {
            try
            {
                return parsed.GetValue(vectors) is { } file ? RunVectors(file) : RunOne(parsed.GetValue(kind)!);
            }
            catch (JsonException fault)
            {
                Report.Problem(Words.Say("calc_not_json", fault.Message));
                return ExitCodes.WrongUse;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Report.Problem(fault.Message);
                return ExitCodes.WrongUse;
            }
        });
        return command;
    }

    private static int RunOne(string kind)
    {
        using var input = JsonDocument.Parse(Console.In.ReadToEnd());
        var outcome = Calculator.Run(kind, input.RootElement);
        if (outcome.Problem is { } problem)
        {
            Report.Problem(problem.Say(Words.Culture));
            return ExitCodes.WrongUse;
        }

        Console.Out.WriteLine(outcome.Value?.ToJsonString(Plain) ?? "null");
        return ExitCodes.Done;
    }

    private static int RunVectors(FileInfo path)
    {
        using var input = JsonDocument.Parse(File.ReadAllText(path.FullName));
        var (file, problem) = VectorFile.Run(input.RootElement);
        if (file is null)
        {
            Report.Problem(problem!.Say(Words.Culture));
            return ExitCodes.WrongUse;
        }

        foreach (var result in file.Results.Where(result => result.Verdict != VectorVerdict.Passed)) Console.Out.WriteLine($"{result.Verdict} {result.Id}: {result.Detail}");
        Console.Out.WriteLine(file.Summary);
        return file.Failed == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
