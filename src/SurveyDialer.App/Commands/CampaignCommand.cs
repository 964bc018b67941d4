using System.CommandLine;
using SurveyDialer.App.Commands.Local;

namespace SurveyDialer.App.Commands;

/// <summary><c>campaign</c>: makes, launches, pauses, resumes, closes and shows rounds.</summary>
internal static class CampaignCommand
{
    internal static Command Make(TimeProvider clock) => new("campaign", Words.Say("campaign"))
    {
        CampaignCreateCommand.Make(clock),
        One("launch", clock, id => new StartCampaign(id)),
        One("pause", clock, id => new MoveCampaign(id, "pause")),
        One("resume", clock, id => new MoveCampaign(id, "resume")),
        One("close", clock, id => new MoveCampaign(id, "close")),
        One("status", clock, id => new ShowCampaign(id)),
        List(clock),
    };

    /// <summary>A command on one campaign.</summary>
    private static Command One(string name, TimeProvider clock, Func<long, LocalCommand> make)
    {
        var id = new Argument<long>("id") { Description = Words.Say("campaign_id") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command(name, Words.Say($"campaign_{name}")) { id, data, json };
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(
            parsed.GetValue(data), make(parsed.GetRequiredValue(id)), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private static Command List(TimeProvider clock)
    {
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("list", Words.Say("campaign_list")) { data, json };
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(
            parsed.GetValue(data), new ListCampaigns(), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }
}
