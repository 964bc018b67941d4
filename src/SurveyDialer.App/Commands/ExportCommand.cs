using System.CommandLine;
using SurveyDialer.App.Commands.Local;

namespace SurveyDialer.App.Commands;

/// <summary><c>export</c>: takes a table out; without a kind it says which there are.</summary>
internal static class ExportCommand
{
    internal static Command Make(TimeProvider clock)
    {
        var kind = new Argument<string?>("kind") { Description = Words.Say("export_argument"), Arity = ArgumentArity.ZeroOrOne };
        var campaign = new Option<long?>("--campaign") { Description = Words.Say("export_campaign") };
        var file = new Option<FileInfo?>("--out") { Description = Words.Say("export_out") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("export", Words.Say("export")) { kind, campaign, file, data, json };
        command.Check(result =>
        {
            var complete = result.GetValue(campaign) is not null && result.GetValue(file) is not null;
            if (result.GetValue(kind) is not null && !complete) result.AddError(Words.Say("export_needs"));
        });
        command.SetAction((parsed, cancellation) =>
        {
            LocalCommand work = parsed.GetValue(kind) is { } wanted
                ? new WriteExport(wanted, parsed.GetValue(campaign)!.Value, parsed.GetValue(file)!.FullName)
                : new ListExports();
            return LocalCall.RunAsync(parsed.GetValue(data), work, new Report(parsed.GetValue(json)), clock, cancellation);
        });
        return command;
    }
}
