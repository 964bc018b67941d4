using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Tests.Commands;

/// <summary>Commands write to the one console of the process, so these tests run one after another and with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CommandLineCollection
{
    public const string Name = "command line";
}

/// <summary>What a command told its caller.</summary>
internal sealed record Told(int Code, string Out, string Problems)
{
    /// <summary>The last line of standard output.</summary>
    internal JsonElement Json => JsonDocument.Parse(Out.TrimEnd().Split('\n')[^1]).RootElement;
}

/// <summary>Runs the executable's own entry point in this process, on a data folder of its own.</summary>
internal sealed class CommandLine : IDisposable
{
    internal CommandLine() => Root = Directory.CreateTempSubdirectory("surveydialer-command-").FullName;

    internal string Root { get; }

    /// <summary>What <see cref="CreateAsync"/> leaves open.</summary>
    internal static IReadOnlyList<string> Blanks { get; } = ["--blank", "verify_phone@云溪镇=0851-01234567", "--blank", "delete_days=30"];

    internal string Data => Path.Combine(Root, "data");

    public void Dispose()
    {
        File.Delete(DataFolder.DefaultKeyPath(Data));
        Directory.Delete(Root, recursive: true);
    }

    /// <summary>A path beside the data folder.</summary>
    internal string Beside(string name) => Path.Combine(Root, name);

    /// <summary>Runs a command with <c>--data</c>.</summary>
    internal Task<Told> OnDataAsync(params string[] arguments) => RunAsync([.. arguments, "--data", Data]);

    internal static Task<Told> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    internal static Task<Told> RunWithInputAsync(string input, params string[] arguments) => RunWithBytesAsync(Encoding.UTF8.GetBytes(input), arguments);

    internal static async Task<Told> RunWithBytesAsync(byte[] input, params string[] arguments)
    {
        var (output, errors, reader, calculated) = (Console.Out, Console.Error, Console.In, CalcCommand.Input);
        using var told = new StringWriter(CultureInfo.InvariantCulture);
        using var problems = new StringWriter(CultureInfo.InvariantCulture);
        Words.Culture = CultureInfo.GetCultureInfo("zh-CN");
        try
        {
            Console.SetOut(told);
            Console.SetError(problems);
            Console.SetIn(new StringReader(Encoding.UTF8.GetString(input)));
            CalcCommand.Input = () => new MemoryStream(input);
            var code = await Task.Run(() => (int)typeof(LocalCall).Assembly.EntryPoint!.Invoke(null, [arguments])!);
            return new Told(code, told.ToString(), problems.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
            Console.SetIn(reader);
            CalcCommand.Input = calculated;
        }
    }

    /// <summary>A list of residents whose numbers belong to nobody.</summary>
    internal string WriteList(int rows, double dirty = 0, string name = "list.csv")
    {
        var path = Beside(name);
        using var writer = new StreamWriter(path);
        new GeneratedFrame(new GeneratedFrameOptions { Rows = rows, Seed = 3, DirtyShare = dirty }).WriteCsv(writer);
        return path;
    }

    /// <summary>What the database holds when no command is running.</summary>
    internal IReadOnlyList<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "surveydialer.db")};Mode=ReadOnly;Pooling=False");
        return connection.Query<string>(sql).AsList();
    }

    internal Task<Told> ImportAsync(string file, params string[] more) => OnDataAsync(
        ["import", file, "--source", "网格台账", "--legal-basis", "平统制〔2026〕3号", "--township", "云溪镇", "--area-code", "0851", "--json", .. more]);

    /// <summary>The respondents' date, by the clock that the executable goes by.</summary>
    internal DateOnly Today { get; } = DateOnly.FromDateTime(new SystemClock().GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    /// <summary>A draft of the short questionnaire on list 1 with everything that it needs, on any day of a century.</summary>
    internal Task<Told> CreateAsync(params string[] more)
    {
        Directory.CreateDirectory(Path.Combine(Data, "calendars"));
        File.WriteAllText(Path.Combine(Data, "calendars", "cn.yaml"), "calendar: cn\nsource: test\nfirst_day: 2021-01-01\nlast_day: 2120-12-31\n");
        return OnDataAsync(Draft(more));
    }

    private static string[] Draft(string[] more) =>
    [
        "campaign", "create", "--name", "第一轮", "--template", "short-keys", "--frame", "1", "--organiser", "云溪镇人民政府", "--approval", "平统制〔2026〕3号",
        "--carrier", "simulator", "--blank", "date_from=9月1日", "--json", .. more,
    ];

    private sealed class SystemClock : TimeProvider;
}
