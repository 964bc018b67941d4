using System.CommandLine;
using SurveyDialer.App.Commands.Local;

namespace SurveyDialer.App.Commands;

/// <summary><c>backup</c>: a checked copy of the database; and, once, a copy of the keys to be kept elsewhere.</summary>
internal static class BackupCommand
{
    internal static Command Make(TimeProvider clock)
    {
        var file = new Argument<FileInfo?>("file") { Description = Words.Say("backup_file"), Arity = ArgumentArity.ZeroOrOne };
        var keys = new Option<FileInfo?>("--save-keys") { Description = Words.Say("backup_save_keys") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("backup", Words.Say("backup")) { file, keys, data, json };
        command.Check(result =>
        {
            if (result.GetValue(file) is not null && result.GetValue(keys) is not null) result.AddError(Words.Say("backup_one_thing"));
        });
        command.SetAction((parsed, cancellation) =>
        {
            LocalCommand work = parsed.GetValue(keys) is { } copy ? new SaveKeys(copy.FullName) : new WriteBackup(parsed.GetValue(file)?.FullName);
            return LocalCall.RunAsync(parsed.GetValue(data), work, new Report(parsed.GetValue(json)), clock, cancellation);
        });
        return command;
    }
}
