using System.CommandLine;
using SurveyDialer.App.Commands.Local;
using SurveyDialer.People;

namespace SurveyDialer.App.Commands;

/// <summary><c>door</c>: makes, lists and revokes links for named persons.</summary>
internal static class DoorCommand
{
    internal static Command Make(TimeProvider clock) => new("door", Words.Say("door")) { Create(clock), List(clock), Revoke(clock) };

    private static Command Create(TimeProvider clock)
    {
        var name = new Option<string>("--name") { Description = Words.Say("door_name"), Required = true };
        var kind = new Option<DoorKind>("--kind") { Description = Words.Say("door_kind"), Required = true };
        kind.AcceptOnlyFromAmong("staff", "caller", "supervisor");
        var (data, json) = (CommonOptions.Data("option_data"), CommonOptions.Json());
        var command = new Command("create", Words.Say("door_create")) { name, kind, data, json };
        command.Check(result =>
        {
            if (PersonName.Clean(result.GetValue(name)) is null) result.AddError(Words.Say("door_name_missing", PersonName.Longest));
        });
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(
            parsed.GetValue(data), new MakeDoor(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(name)), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private static Command List(TimeProvider clock)
    {
        var (data, json) = (CommonOptions.Data("option_data"), CommonOptions.Json());
        var command = new Command("list", Words.Say("door_list")) { data, json };
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(
            parsed.GetValue(data), new ListDoors(), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private static Command Revoke(TimeProvider clock)
    {
        var id = new Argument<long>("id") { Description = Words.Say("door_id") };
        var (data, json) = (CommonOptions.Data("option_data"), CommonOptions.Json());
        var command = new Command("revoke", Words.Say("door_revoke")) { id, data, json };
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(
            parsed.GetValue(data), new RevokeDoor(parsed.GetRequiredValue(id)), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }
}
