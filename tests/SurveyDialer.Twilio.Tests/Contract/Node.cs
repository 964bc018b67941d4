using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SurveyDialer.Twilio.Tests.Contract;

/// <summary>
/// Runs <c>contract.mjs</c> with Twilio's own packages, which <c>npm ci</c> puts beside it when the lock has changed. Where npm is not to be had
/// the tests are skipped with the reason; on an automated run they fail.
/// </summary>
public sealed class Node : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Contract");
    private string? missing;

    public async ValueTask InitializeAsync()
    {
        var stamp = Path.Combine(Folder, "node_modules", ".of-lock");
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted) return;
        try
        {
            var (code, _, problems) = await RunAsync("npm", ["ci", "--silent"], null);
            if (code == 0) await File.WriteAllTextAsync(stamp, wanted);
            else missing = $"npm ci ended with {code}: {problems}";
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            missing = $"npm cannot be run: {fault.Message}";
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>One piece of work of the script.</summary>
    internal async Task<JsonNode> AskAsync(string what, JsonNode input)
    {
        if (missing is not null)
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", missing);
            Assert.Skip($"Nothing was held against Twilio's own packages: {missing}");
        }

        var (code, output, problems) = await RunAsync("node", ["contract.mjs", what, Folder], input.ToJsonString());
        Assert.True(code == 0, problems);
        return JsonNode.Parse(output)!;
    }

    private static async Task<(int Code, string Output, string Problems)> RunAsync(string program, string[] arguments, string? input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var (output, problems) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await problems);
    }
}

internal static class Pairs
{
    /// <summary>Fields as the script reads them: an array of name and value.</summary>
    internal static JsonArray ToJson(this IEnumerable<(string Name, string Value)> fields)
        => new([.. fields.Select(field => (JsonNode)new JsonArray(field.Name, field.Value))]);

    internal static IEnumerable<string> Strings(this JsonNode array) => array.AsArray().Select(one => one!.GetValue<string>());
}
