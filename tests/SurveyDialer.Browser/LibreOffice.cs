using System.Diagnostics;

namespace SurveyDialer.Browser;

/// <summary>A workbook as LibreOffice reads it: what is text there comes in quotation marks, what is a number comes without.</summary>
internal static class LibreOffice
{
    private const string Program = "/usr/bin/soffice";

    // Comma, quotation mark, UTF-8, from the first row; text always in quotation marks, cells as they are shown.
    private const string Filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true";

    internal static bool IsInstalled => File.Exists(Program);

    /// <summary>Rows of the first sheet.</summary>
    internal static async Task<string[]> ReadAsync(string workbook, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("surveydialer-soffice-");
        try
        {
            var copy = Path.Combine(folder.FullName, "sheet.xlsx");
            File.Copy(workbook, copy);
            var start = new ProcessStartInfo(Program, [$"-env:UserInstallation=file://{folder.FullName}/profile", "--headless", "--convert-to", Filter, "--outdir", folder.FullName, copy])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            var read = Path.Combine(folder.FullName, "sheet.csv");
            Assert.True(File.Exists(read), string.Join('\n', said));
            return await File.ReadAllLinesAsync(read, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
