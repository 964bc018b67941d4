using System.Globalization;
using System.Text;
using System.Text.Json;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Tests.Pages;
using SurveyDialer.Simulator;
using SurveyDialer.Storage;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Commands;

/// <summary>Commands that need no installation: templates, calculations, simulator.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class ToolCommandTests : IDisposable
{
    private const string Vector = """{"id":"KISH-1","input":{"w":[1,1,2]},"expected":EXPECTED,"tolerance":1e-9}""";

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Shipped_templates_are_listed_and_have_no_errors()
    {
        var list = await line.OnDataAsync("template", "list", "--json");
        var ids = list.Json.GetProperty("templates").EnumerateArray().Select(template => template.GetProperty("id").GetString()!).ToList();

        Assert.Superset(new HashSet<string> { "short-keys", "standard", "text" }, ids.ToHashSet());
        foreach (var id in ids)
        {
            var check = await line.OnDataAsync("template", "check", id, "--json");
            Assert.Equal(0, check.Json.GetProperty("errors").GetInt32());
            Assert.Equal(check.Json.GetProperty("findings").GetArrayLength() == 0 ? 0 : 3, check.Code);
        }
    }

    [Theory]
    [InlineData("GB18030", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    public async Task A_template_may_be_saved_as_editors_in_China_save_it(string encoding, bool mark)
    {
        var list = await line.OnDataAsync("template", "list", "--json");
        var text = await File.ReadAllTextAsync(Path.Combine(SampleTownship.TemplatesFolder, "text", "template.yaml"), TestContext.Current.CancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(line.Data, "templates", "mine")).FullName;
        var form = Encoding.GetEncoding(encoding);
        await File.WriteAllBytesAsync(Path.Combine(folder, "template.yaml"), [.. mark ? form.GetPreamble() : [], .. form.GetBytes(text)], TestContext.Current.CancellationToken);
        var again = await line.OnDataAsync("template", "list", "--json");
        static string Name(Told told, string id) => told.Json.GetProperty("templates").EnumerateArray().Single(template => template.GetProperty("id").GetString() == id).GetProperty("name").GetString()!;
        Assert.Equal(Name(list, "text"), Name(again, "mine"));
    }

    [Fact]
    public async Task A_template_of_ten_thousand_questions_is_a_finding()
    {
        var folder = Directory.CreateDirectory(Path.Combine(line.Data, "templates", "mine")).FullName;
        var question = "  - id: Q{0}\n    text: " + new string('问', 180) + "\n";
        await File.WriteAllTextAsync(
            Path.Combine(folder, "template.yaml"),
            "id: mine\nquestions:\n" + string.Concat(Enumerable.Range(1, 10_000).Select(number => string.Format(CultureInfo.InvariantCulture, question, number))),
            TestContext.Current.CancellationToken);
        var told = await line.OnDataAsync("template", "check", "mine", "--json");
        Assert.Equal(3, told.Code);
        Assert.Equal("file_too_large", told.Json.GetProperty("findings")[0].GetProperty("problem").GetString());
    }

    [Theory]
    [InlineData("demo", "--respondents", "abc")]
    [InlineData("demo", "--respondents", "99999999999")]
    [InlineData("demo", "--speed", "x")]
    [InlineData("demo", "--start", "gestern")]
    [InlineData("rehearse", "--frame-id", "x")]
    [InlineData("campaign", "change", "x", "--lines", "2")]
    [InlineData("campaign", "create", "--frame", "x")]
    [InlineData("simulator", "--port", "x")]
    [InlineData("export", "answers", "--campaign", "x")]
    public async Task What_is_no_number_is_told_in_words(params string[] arguments)
    {
        var told = await CommandLine.RunAsync(arguments);
        Assert.Equal(ExitCodes.WrongUse, told.Code);
        Assert.Contains("读不懂", told.Problems, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", told.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_beside_a_running_one_or_in_a_folder_that_cannot_be_made_says_so()
    {
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(line.Data).FullName, ".surveydialer-demo"), "", TestContext.Current.CancellationToken);
        using (DataFolder.TryOwn(line.Data)) Assert.Equal(ExitCodes.FolderInUse, (await line.OnDataAsync("demo", "--headless")).Code);
        await File.WriteAllTextAsync(line.Beside("taken"), "", TestContext.Current.CancellationToken);
        var told = await CommandLine.RunAsync("demo", "--headless", "--data", line.Beside("taken"));
        Assert.Equal(ExitCodes.WrongUse, told.Code);
        Assert.DoesNotContain("   at ", told.Problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_name_file_line_key_and_what_to_do()
    {
        var folder = Directory.CreateDirectory(Path.Combine(line.Data, "templates", "mine")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "template.yaml"), "id: mine\nversion: 1\nfarbe: rot\n", TestContext.Current.CancellationToken);

        var told = await line.OnDataAsync("template", "check", "mine", "--language", "en");

        Assert.Equal(3, told.Code);
        Assert.Contains("mine/template.yaml:3 farbe: ", told.Out, StringComparison.Ordinal);
        Assert.Equal(3, (await CommandLine.RunAsync("template", "check", Path.Combine(folder, "template.yaml"))).Code);
        Assert.Equal(2, (await line.OnDataAsync("template", "check", "theirs")).Code);
    }

    [Fact]
    public async Task Sets_of_indices_are_listed_checked_and_held_against_a_questionnaire()
    {
        var list = await line.OnDataAsync("indices", "list", "--json");
        var ids = list.Json.GetProperty("sets").EnumerateArray().Select(set => set.GetProperty("id").GetString()!).ToList();
        Assert.Superset(new HashSet<string> { "double-improvement", "nine-rates-one-degree" }, ids.ToHashSet());
        foreach (var id in ids) Assert.Equal(0, (await line.OnDataAsync("indices", "check", id)).Code);

        var lacking = await line.OnDataAsync("indices", "check", "double-improvement", "--template", "standard", "--json");
        Assert.Equal((3, 1), (lacking.Code, lacking.Json.GetProperty("lacks").GetArrayLength()));
        Assert.Contains("LAW", lacking.Json.GetProperty("lacks")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await line.OnDataAsync("indices", "check", "theirs")).Code);
        Assert.Equal(2, (await line.OnDataAsync("indices", "check", "two-rates", "--template", "theirs")).Code);

        var folder = Directory.CreateDirectory(Path.Combine(line.Data, "templates", "indices")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "two-rates.yaml"), "id: two-rates\nversion: 1\nfarbe: rot\n", TestContext.Current.CancellationToken);
        var own = await line.OnDataAsync("indices", "check", "two-rates", "--language", "en");
        Assert.Equal(3, own.Code);
        Assert.Contains("indices/two-rates.yaml:3 farbe: ", own.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calc_answers_with_one_JSON_value()
    {
        var told = await CommandLine.RunWithInputAsync("""{"w":[1,1,2]}""", "calc", "kish");

        Assert.True(told.Code == 0, told.Problems);
        Assert.NotEqual(JsonValueKind.Undefined, told.Json.ValueKind);
        Assert.Equal(2, (await CommandLine.RunWithInputAsync("{", "calc", "kish")).Code);
        Assert.Equal(2, (await CommandLine.RunWithInputAsync("{}", "calc", "kish")).Code);
        Assert.Equal(2, (await CommandLine.RunWithInputAsync("{}", "calc", "astrology")).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("calc")).Code);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("GB18030", false)]
    public async Task Calc_reads_Chinese_in_whatever_encoding_a_pipe_brings(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        const string Input = """{"items":[{"tag":"社会治安满意率","weight":1,"rate":null}]}""";

        var told = await CommandLine.RunWithBytesAsync([.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Input)], "calc", "index");

        Assert.True(told.Code == 0, told.Problems);
        Assert.Contains("社会治安满意率", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_that_fail_are_told_and_counted()
    {
        var value = (await CommandLine.RunWithInputAsync("""{"w":[1,1,2]}""", "calc", "kish")).Out.Trim();
        var path = line.Beside("vectors.json");
        async Task<Told> Run(params string[] expected)
        {
            await File.WriteAllTextAsync(path, $"[{string.Join(',', expected.Select(one => Vector.Replace("EXPECTED", one, StringComparison.Ordinal)))}]");
            return await CommandLine.RunAsync("calc", "--vectors", path);
        }

        var good = await Run(value);
        var mixed = await Run(value, "-1");

        Assert.Equal((0, "1 passed, 0 failed"), (good.Code, good.Out.Trim()));
        Assert.Equal(1, mixed.Code);
        Assert.Contains("Failed KISH-1: ", mixed.Out, StringComparison.Ordinal);
        Assert.EndsWith("1 passed, 1 failed", mixed.Out.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_simulator_answers_until_it_is_stopped()
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var told = new Listening();
        using var stop = new CancellationTokenSource();
        try
        {
            Console.SetOut(told);
            Console.SetError(TextWriter.Null);
            var running = SimulatorCommand.Make(new StoppedClock()).Parse(["--json"]).InvokeAsync(null, stop.Token);
            var address = JsonDocument.Parse(await told.FirstLine.Task.WaitAsync(TestContext.Current.CancellationToken)).RootElement;
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            var account = $"{address.GetProperty("address").GetString()}2010-04-01/Accounts/{address.GetProperty("account_sid").GetString()}/Calls.json";
            using var answer = await http.GetAsync(new Uri(account), TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
            await stop.CancelAsync();
            Assert.Equal(0, await running);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    [Fact]
    public async Task A_template_has_residents_who_answer_every_question_of_it()
    {
        foreach (var id in (string[])["short-keys", "text"])
        {
            var told = await line.OnDataAsync("template", "population", id, "--seed", "5");
            Assert.Equal(0, told.Code);
            var segment = Assert.Single(Population.Parse(told.Out).Segments).Value;
            Assert.Superset(new HashSet<string?> { "Q1", "Q2", "Q3", "consent", "topic" }, segment.Rules.Select(rule => rule.Trait).ToHashSet());
            Assert.NotEqual(told.Out, (await line.OnDataAsync("template", "population", id, "--seed", "6")).Out);
        }

        Assert.Equal(2, (await line.OnDataAsync("template", "population", "theirs")).Code);
    }

    [Fact]
    public async Task The_simulator_refuses_what_it_cannot_use()
    {
        var path = line.Beside("people.json");
        await File.WriteAllTextAsync(path, """{"nobody":1}""", TestContext.Current.CancellationToken);

        Assert.Equal(2, (await CommandLine.RunAsync("simulator", "--population", path)).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("simulator", "--port", "70000")).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("simulator", "--pace", "0")).Code);
        Assert.Equal(2, (await CommandLine.RunAsync("simulator", "--product", "8081")).Code);
    }

    private sealed class Listening() : StringWriter(CultureInfo.InvariantCulture)
    {
        internal TaskCompletionSource<string> FirstLine { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            FirstLine.TrySetResult(value!);
        }
    }
}
