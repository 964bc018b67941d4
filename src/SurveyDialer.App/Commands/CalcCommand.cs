using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SurveyDialer.Statistics.Calc;

namespace SurveyDialer.App.Commands;

/// <summary><c>calc</c>: repeats a calculation, JSON in, JSON out; or runs a file of worked examples.</summary>
internal static class CalcCommand
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Where the input is read from; tests put their own in its place.</summary>
    internal static Func<Stream> Input { get; set; } = Console.OpenStandardInput;

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
            catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
            {
                Report.Problem(FaultWords.Of(fault));
                return ExitCodes.WrongUse;
            }
        });
        return command;
    }

    private static int RunOne(string kind)
    {
        using var input = JsonDocument.Parse(Read(Input()));
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
        using var input = JsonDocument.Parse(Read(path.OpenRead()));
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

    // UTF-8, with or without its mark, whatever code page the console has; a pipe of an older Chinese Windows brings GB 18030.
    private static string Read(Stream stream)
    {
        using var all = new MemoryStream();
        using (stream) stream.CopyTo(all);
        try
        {
            all.Position = 0;
            using var text = new StreamReader(all, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            return text.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding("GB18030").GetString(all.ToArray());
        }
    }
}
