using System.Diagnostics;
using System.Globalization;
using SurveyDialer.Storage;

namespace SurveyDialer.Crash;

/// <summary>The real executable on a disk that takes no more, and in a folder that belongs to somebody else.</summary>
public sealed class BadDiskTests : IDisposable
{
    private const int People = 20_000;

    private readonly string home = Directory.CreateTempSubdirectory("surveydialer-disk-").FullName;

    private string Data => Path.Combine(home, "data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task A_full_disk_stops_an_import_in_words_and_with_room_again_it_goes_on_where_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ulimit is not there.");
        var list = Path.Combine(home, "list.csv");
        await File.WriteAllLinesAsync(list, Enumerable.Range(1, People).Select(i => string.Create(CultureInfo.InvariantCulture, $"张三{i},154{i:D8}")).Prepend("姓名,手机"), Cancellation);
        string[] import = ["import", list, "--source", "made up", "--legal-basis", "test", "--township", "云溪镇", "--data", Data];

        // The limit holds for each file; the runtime maps its own code through one, so that has to be told to do without.
        var full = await RunAsync("bash", ["-c", $"export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 3000; exec \"$0\" \"$@\"", Executable, .. import]);
        Assert.Equal(1, full.Code);
        Assert.Contains("磁盘可能满了", full.Problems, StringComparison.Ordinal);
        Assert.Empty(Database.Damage(Path.Combine(Data, DataFolder.DatabaseName)));

        var again = await RunAsync(Executable, [.. import]);
        Assert.True(again.Code == 0, again.Problems);
        Assert.Contains($"新增 {People} 人", again.Out, StringComparison.Ordinal);
        Assert.Empty(Database.Damage(Path.Combine(Data, DataFolder.DatabaseName)));
    }

    [Fact]
    public async Task A_folder_of_somebody_else_and_a_file_that_cannot_be_written_are_said_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName != "root", "Only root can become somebody else.");
        var list = Path.Combine(home, "list.csv");
        await File.WriteAllTextAsync(list, "姓名,手机\n张三,15400000001\n", Cancellation);
        Assert.Equal(0, (await RunAsync(Executable, "import", list, "--source", "made up", "--legal-basis", "test", "--township", "云溪镇", "--data", Data)).Code);
        await RunAsync("chmod", "-R", "a+rX", home);

        var denied = await AsNobodyAsync();
        Assert.Equal(1, denied.Code);
        Assert.Contains("没有数据文件夹的权限", denied.Problems, StringComparison.Ordinal);

        await RunAsync("chmod", "-R", "a+rwX", Path.Combine(Data, "run"));
        var readOnly = await AsNobodyAsync();
        Assert.Equal(1, readOnly.Code);
        Assert.Contains("只读", readOnly.Problems, StringComparison.Ordinal);
    }

    private static string Executable => Path.Combine(AppContext.BaseDirectory, "SurveyDialer");

    private Task<(int Code, string Out, string Problems)> AsNobodyAsync()
        => RunAsync("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", Executable, "campaign", "list", "--data", Data);

    private async Task<(int Code, string Out, string Problems)> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var started = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        started.Environment["XDG_DATA_HOME"] = Path.Combine(home, "profile");
        using var process = Process.Start(started)!;
        var (output, problems) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await problems);
    }
}
