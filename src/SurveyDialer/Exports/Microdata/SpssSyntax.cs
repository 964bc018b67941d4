using System.Globalization;
using System.Text;

namespace SurveyDialer.Exports;

/// <summary>Commands for SPSS and PSPP that read the microdata with labels, missing values and the weight.</summary>
internal static class SpssSyntax
{
    /// <summary>What the commands call the file of data, which lies beside them.</summary>
    internal const string DataFile = "microdata.csv";

    // In bytes of UTF-8, as SPSS counts them.
    private const int LongestVariableLabel = 255;
    private const int LongestValueLabel = 120;

    internal static void Write(ExportSource source, Stream output)
    {
        var variables = MicrodataLayout.Of(source).Variables;
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        foreach (var line in source.Texts["micro.spss"].Split('\n')) writer.WriteLine($"* {line.Trim().TrimEnd('.')}.");
        writer.WriteLine($"* {source.Campaign.Name.ReplaceLineEndings(" ").TrimEnd('.')}.");
        writer.WriteLine();
        writer.WriteLine($"GET DATA /TYPE=TXT /FILE='{DataFile}' /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /DELIMITERS=',' /QUALIFIER='\"'");
        writer.WriteLine("  /VARIABLES=");
        foreach (var variable in variables) writer.WriteLine($"    {variable.Name} {(variable.Decimals == 0 ? "F8.0" : $"F16.{variable.Decimals}")}");
        writer.WriteLine("  .");
        writer.WriteLine("VARIABLE LABELS");
        foreach (var variable in variables) writer.WriteLine($"  {variable.Name} {Quoted(variable.Label, LongestVariableLabel)}");
        writer.WriteLine("  .");
        foreach (var variable in variables.Where(variable => variable.Values.Count > 0))
        {
            writer.WriteLine($"VALUE LABELS {variable.Name}");
            foreach (var (value, label) in variable.Values) writer.WriteLine($"  {value.ToString(CultureInfo.InvariantCulture)} {Quoted(label, LongestValueLabel)}");
            writer.WriteLine("  .");
        }

        foreach (var variable in variables.Where(variable => variable.MissingFrom is not null))
            writer.WriteLine($"MISSING VALUES {variable.Name} ({variable.MissingFrom} THRU 99{(variable.MissingToo is { } too ? $", {too}" : "")}).");
        writer.WriteLine("WEIGHT BY w_final.");
        writer.WriteLine("EXECUTE.");
    }

    /// <summary>In single quotes, doubled inside; cut to so many bytes between two characters.</summary>
    private static string Quoted(string text, int longest)
    {
        var plain = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.ReplaceLineEndings(" ").EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > longest) break;
            plain.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return $"'{plain.Replace("'", "''")}'";
    }
}
