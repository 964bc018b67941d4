using System.Globalization;
using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Web;
using SurveyDialer.People;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Makes, lists and revokes doors.</summary>
internal sealed class DoorWork(OpenInstallation office, AnswerSheet sheet)
{
    private readonly DoorDesk desk = new(office.Database, office.Clock);

    internal async Task<LocalAnswer> MakeAsync(MakeDoor command, CancellationToken cancellation)
    {
        var (made, problem) = await desk.MakeAsync(command.Kind, command.Name, command.Who, cancellation);
        if (problem is not null) return sheet.Refuse(ExitCodes.WrongUse, "door_name_missing", PersonName.Longest);
        sheet.Say("door_made", made!.Id, made.Person, Kind(made.Kind));
        var links = office.LanRoots.Select(root => DoorEntry.Link(root, made.Key).ToString()).ToList();
        foreach (var link in links) sheet.Line(link);
        if (links.Count == 0) sheet.Say("door_no_lan", $"/door/{made.Key}");
        return sheet.End(ExitCodes.Done, JsonSerializer.Serialize(new DoorMade(made.Id, made.Key, links), LocalJson.Plain.DoorMade));
    }

    internal LocalAnswer List()
    {
        var doors = desk.List();
        if (doors.Count == 0) sheet.Say("door_none");
        else sheet.Columns("door_number", "door_person", "door_for", "door_state", "door_seen");
        foreach (var door in doors)
            sheet.Row(door.Id.ToString(CultureInfo.InvariantCulture), door.Person, Kind(door.Kind), Words.SayIn(sheet.Culture, $"door_state_{door.State}"), At(door.SeenAt));
        var list = new DoorList([.. doors.Select(door => new DoorLine(door.Id, door.Person, Kind(door.Kind), door.State.ToString(), door.SeenAt))]);
        return sheet.End(ExitCodes.Done, JsonSerializer.Serialize(list, LocalJson.Plain.DoorList));
    }

    internal async Task<LocalAnswer> RevokeAsync(RevokeDoor command, CancellationToken cancellation)
    {
        if (!await desk.RevokeAsync(command.Id, command.Who, cancellation)) return sheet.Refuse(ExitCodes.WrongUse, "door_unknown", command.Id);
        sheet.Say("door_revoked", command.Id);
        return sheet.End(ExitCodes.Done);
    }

    private static string Kind(DoorKind kind) => kind.ToString().ToLowerInvariant();

    private static string At(long? millis)
        => millis is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "—";
}

/// <summary>A door that was made.</summary>
/// <param name="Key">The end of its link: <c>/door/KEY</c>.</param>
/// <param name="Links">As other machines reach them; empty without <c>--lan</c>.</param>
internal sealed record DoorMade(long DoorId, string Key, IReadOnlyList<string> Links);

/// <summary>All doors, for <c>--json</c>.</summary>
internal sealed record DoorList(IReadOnlyList<DoorLine> Doors);

/// <summary>One door.</summary>
/// <param name="SeenAt">UTC milliseconds.</param>
internal sealed record DoorLine(long DoorId, string Person, string Kind, string State, long? SeenAt);
