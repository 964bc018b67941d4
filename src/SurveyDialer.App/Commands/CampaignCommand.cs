using System.CommandLine;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.Estimates;

namespace SurveyDialer.App.Commands;

/// <summary><c>campaign</c>: makes, launches, changes, pauses, resumes, closes and shows rounds.</summary>
internal static class CampaignCommand
{
    internal static Command Make(TimeProvider clock) => new("campaign", Words.Say("campaign"))
    {
        CampaignCreateCommand.Make(clock),
        One("launch", clock, id => new StartCampaign(id)),
        Change(clock),
        Round(clock),
        One("pause", clock, id => new MoveCampaign(id, "pause")),
        One("resume", clock, id => new MoveCampaign(id, "resume")),
        One("close", clock, id => new MoveCampaign(id, "close")),
        Unlink(clock),
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

    private static Command Change(TimeProvider clock)
    {
        var id = new Argument<long>("id") { Description = Words.Say("campaign_id") };
        var lastDay = new Option<string?>("--last-day") { Description = Words.Say("change_last_day") };
        var target = new Option<int?>("--target") { Description = Words.Say("create_target") };
        var lines = new Option<int?>("--lines") { Description = Words.Say("create_lines") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("change", Words.Say("campaign_change")) { id, lastDay, target, lines, data, json };
        command.Check(result =>
        {
            if (result.GetValue(lastDay) is null && result.GetValue(target) is null && result.GetValue(lines) is null) result.AddError(Words.Say("change_nothing"));
            if (result.GetValue(lastDay) is { } day && CampaignCreateCommand.ReadDay(day) is null) result.AddError(Words.Say("create_last_day_form", day));
            if (result.GetValue(target) is < 1) result.AddError(Words.Say("change_target_range"));
            if (result.GetValue(lines) is < 1) result.AddError(Words.Say("create_lines_range"));
        });
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(
            parsed.GetValue(data),
            new AlterCampaign(parsed.GetRequiredValue(id))
            {
                LastDay = CampaignCreateCommand.ReadDay(parsed.GetValue(lastDay)), Target = parsed.GetValue(target), MaxLines = parsed.GetValue(lines),
            },
            new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private static Command Round(TimeProvider clock)
    {
        var id = new Argument<long>("id") { Description = Words.Say("campaign_id") };
        var number = new Option<int?>("--number") { Description = Words.Say("round_number") };
        var period = new Option<string?>("--period") { Description = Words.Say("round_period") };
        var after = new Option<long?>("--after") { Description = Words.Say("round_after") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("round", Words.Say("campaign_round")) { id, number, period, after, data, json };
        command.Check(result =>
        {
            if (result.GetValue(period) is { } text && !RoundPeriod.TryRead(text, out _)) result.AddError(Words.Say("round_period_form", text));
        });
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(
            parsed.GetValue(data),
            new PlaceRound(parsed.GetRequiredValue(id)) { Number = parsed.GetValue(number), Period = parsed.GetValue(period), After = parsed.GetValue(after) },
            new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private static Command Unlink(TimeProvider clock)
    {
        var id = new Argument<long>("id") { Description = Words.Say("campaign_id") };
        var early = new Option<bool>("--early") { Description = Words.Say("unlink_early") };
        var data = CommonOptions.Data("option_data");
        var json = CommonOptions.Json();
        var command = new Command("unlink", Words.Say("campaign_unlink")) { id, early, data, json };
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(
            parsed.GetValue(data), new UnlinkCampaign(parsed.GetRequiredValue(id), parsed.GetValue(early)), new Report(parsed.GetValue(json)), clock, cancellation));
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
