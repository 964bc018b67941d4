using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.Exports;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Exports.Xlsx;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands;

/// <summary>
/// <c>county-key</c>: for the county office, on its own machine. Makes the pair of keys that matters are sealed to, and opens what was sealed.
/// Needs no installation and no server.
/// </summary>
internal sealed class CountyKeyCommand(TimeProvider clock)
{
    private const string PrivateName = "county-private.pem";
    private const string PublicName = "county-public.pem";

    private readonly Option<FileInfo?> passphrase = new("--passphrase-file") { Description = Words.Say("county_passphrase_file") };
    private readonly Option<bool> json = CommonOptions.Json();

    internal static Command Make(TimeProvider clock)
    {
        var command = new CountyKeyCommand(clock);
        return new Command("county-key", Words.Say("county_key")) { command.MakeCreate(), command.MakeOpen() };
    }

    /// <summary>The text of the county's public key, read where the command was typed; a wrong file is told there and goes nowhere.</summary>
    /// <returns>Null and a sentence when there is none in the file.</returns>
    internal static (string? Pem, string? Problem) ReadPublic(string path)
    {
        const int most = 1 << 16;
        try
        {
            if (new FileInfo(path).Length > most) return (null, Say(CountyKeyProblem.NotAKey));
            var (key, problem) = CountyKey.Read(File.ReadAllText(path));
            return key is null ? (null, Say(problem!.Value)) : (key.Pem, null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, FaultWords.Of(fault));
        }

        static string Say(CountyKeyProblem problem) => SurveyDialer.Campaigns.LaunchProblem.Of(problem).InWords(Words.Culture);
    }

    private Command MakeCreate()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = Words.Say("county_create_folder") };
        var command = new Command("create", Words.Say("county_create")) { folder, passphrase, json };
        command.SetAction(parsed => Guard(() => Create(parsed.GetRequiredValue(folder).FullName, parsed)));
        return command;
    }

    private Command MakeOpen()
    {
        var file = new Argument<FileInfo>("file") { Description = Words.Say("county_open_file") };
        var key = new Option<FileInfo>("--key") { Description = Words.Say("county_open_key"), Required = true };
        var into = new Option<DirectoryInfo>("--out") { Description = Words.Say("county_open_out"), Required = true };
        var command = new Command("open", Words.Say("county_open")) { file, key, into, passphrase, json };
        command.SetAction(parsed => Guard(() => Open(parsed.GetRequiredValue(file).FullName, parsed.GetRequiredValue(key).FullName, parsed.GetRequiredValue(into).FullName, parsed)));
        return command;
    }

    private static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Report.Problem(FaultWords.Of(fault));
            return ExitCodes.Failed;
        }
    }

    private int Create(string folder, ParseResult parsed)
    {
        var (secret, open) = (Path.Combine(folder, PrivateName), Path.Combine(folder, PublicName));
        foreach (var file in (string[])[secret, open])
        {
            if (File.Exists(file)) return Refuse("file_exists", file);
        }

        if (ReadPassphrase(parsed, confirm: true) is not { } words) return ExitCodes.WrongUse;
        if (words.Length < CountyPrivateKey.ShortestPassphrase) return Refuse("county_passphrase_short", CountyPrivateKey.ShortestPassphrase);
        var (privatePem, publicPem) = CountyPrivateKey.Create(words);
        Save(secret, privatePem);
        Save(open, publicPem);
        var fingerprint = CountyKey.Read(publicPem).Key!.Fingerprint;
        var report = new Report(parsed.GetValue(json));
        report.Line(Words.Say("county_created", secret, open, fingerprint));
        report.Json(JsonSerializer.Serialize(new CountyKeyMade(secret, open, fingerprint), LocalJson.Plain.CountyKeyMade));
        return ExitCodes.Done;
    }

    private int Open(string bundle, string keyFile, string folder, ParseResult parsed)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) return Refuse("county_out_not_empty", folder);
        var pem = File.ReadAllText(keyFile);
        if (ReadPassphrase(parsed, confirm: false) is not { } words) return ExitCodes.WrongUse;
        using var key = CountyPrivateKey.Read(pem, words);
        if (key is null) return Refuse(pem.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal) ? "county_passphrase_wrong" : "county_private_none", keyFile);
        var (matters, recordings, damaged) = (new SealedMatters(), 0, new List<string>());
        using (var input = File.OpenRead(bundle))
        {
            var problem = SealedBundle.Open(input, key, (file, _, matter) =>
            {
                if (matter is null) damaged.Add(file);
                else if (matters.Add(matter) is { } sound) Save(Path.Combine(folder, sound), matter.Audio!, ref recordings);
            });
            if (problem is { } known) return Refuse(known == SealedBundleProblem.OtherKey ? "county_other_key" : "county_not_a_bundle", bundle, key.Fingerprint);
        }

        var texts = ExportTexts.Of(Words.Culture.Name);
        Write(Path.Combine(folder, "cases.csv"), stream => new CsvTable(stream), matters, texts);
        Write(Path.Combine(folder, "cases.xlsx"), stream => new XlsxTable(stream, clock.GetUtcNow()), matters, texts);
        var report = new Report(parsed.GetValue(json));
        report.Line(Words.Say("county_opened", matters.Count, recordings, folder));
        foreach (var file in damaged) Report.Problem(Words.Say("county_piece_damaged", file));
        report.Json(JsonSerializer.Serialize(new SealedOpened(folder, matters.Count, recordings, damaged), LocalJson.Plain.SealedOpened));
        return damaged.Count > 0 ? ExitCodes.DoneWithFindings : ExitCodes.Done;
    }

    private static void Write(string file, Func<Stream, ITableWriter> open, SealedMatters matters, ExportTexts texts)
    {
        using var stream = OwnFile.Create(file);
        using var table = open(stream);
        matters.Write(table, texts);
        table.Complete();
    }

    private static void Save(string file, string text)
    {
        using var writer = new StreamWriter(OwnFile.Create(file));
        writer.WriteLine(text);
    }

    private static void Save(string file, byte[] sound, ref int saved)
    {
        using var stream = OwnFile.Create(file);
        stream.Write(sound);
        saved++;
    }

    /// <summary>From the file, from what is piped in, or asked at the screen; never from the command line, which others can read.</summary>
    private string? ReadPassphrase(ParseResult parsed, bool confirm)
    {
        if (parsed.GetValue(passphrase) is { } file) return File.ReadAllText(file.FullName).TrimEnd('\r', '\n');
        if (Console.IsInputRedirected) return (Console.In.ReadLine() ?? "").TrimEnd('\r');
        var first = AnsiConsole.Prompt(new TextPrompt<string>(Words.Say("county_passphrase")).Secret());
        if (!confirm || AnsiConsole.Prompt(new TextPrompt<string>(Words.Say("county_passphrase_again")).Secret()) == first) return first;
        Report.Problem(Words.Say("county_passphrase_differs"));
        return null;
    }

    private static int Refuse(string key, params object[] arguments)
    {
        Report.Problem(Words.Say(key, arguments));
        return ExitCodes.WrongUse;
    }
}

/// <summary>For <c>county-key create --json</c>.</summary>
internal sealed record CountyKeyMade(string PrivateFile, string PublicFile, string Fingerprint);

/// <summary>For <c>county-key open --json</c>.</summary>
/// <param name="Damaged">Pieces that are missing, were changed or cannot be opened.</param>
internal sealed record SealedOpened(string Folder, int Matters, int Recordings, IReadOnlyList<string> Damaged);
