using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SurveyDialer.App.Commands.Local;

namespace SurveyDialer.App.Commands;

/// <summary><c>campaign create</c>: everything that a round needs; what is missing is named, all at once.</summary>
internal sealed class CampaignCreateCommand
{
    private readonly Option<string?> name = Text("--name", "create_name");
    private readonly Option<string?> template = Text("--template", "create_template");
    private readonly Option<string?> indices = Text("--indices", "create_indices");
    private readonly Option<long[]> frames = new("--frame") { Description = Words.Say("create_frame") };
    private readonly Option<string?> organiser = Text("--organiser", "create_organiser");
    private readonly Option<string?> kind = Text("--kind", "create_kind");
    private readonly Option<string?> unit = Text("--unit", "create_unit");
    private readonly Option<string?> approval = Text("--approval", "create_approval");
    private readonly Option<string?> signedBy = Text("--signed-by", "create_signed_by");
    private readonly Option<FileInfo?> countyKey = new("--county-key") { Description = Words.Say("create_county_key") };
    private readonly Option<string?> carrier = Text("--carrier", "create_carrier");
    private readonly Option<string[]> blanks = new("--blank") { Description = Words.Say("create_blank") };
    private readonly Option<long?> seed = new("--seed") { Description = Words.Say("create_seed") };
    private readonly Option<int?> target = new("--target") { Description = Words.Say("create_target") };
    private readonly SampleOptions sample = new();
    private readonly Option<int?> lines = new("--lines") { Description = Words.Say("create_lines") };
    private readonly Option<double?> starts = new("--calls-per-second") { Description = Words.Say("create_starts") };
    private readonly Option<string?> lastDay = Text("--last-day", "create_last_day");
    private readonly Option<bool> live = new("--live-callers") { Description = Words.Say("create_live") };
    private readonly Option<string?> data = CommonOptions.Data("option_data");
    private readonly Option<bool> json = CommonOptions.Json();

    internal static Command Make(TimeProvider clock) => new CampaignCreateCommand().Build(clock);

    private static Option<string?> Text(string name, string key) => new(name) { Description = Words.Say(key) };

    private Command Build(TimeProvider clock)
    {
        var command = new Command("create", Words.Say("campaign_create"))
        {
            name, template, indices, frames, organiser, kind, unit, approval, signedBy, countyKey, carrier, blanks, seed, target, lines, starts, lastDay, live, data, json,
        };
        sample.AddTo(command);
        command.Check(Check);
        command.SetAction((parsed, cancellation) => LocalCall.RunAsync(parsed.GetValue(data), Read(parsed), new Report(parsed.GetValue(json)), clock, cancellation));
        return command;
    }

    private void Check(CommandResult result)
    {
        if (result.GetValue(kind) == "department" && result.GetValue(unit) is null) result.AddError(Words.Say("create_unit_needed"));
        if (result.GetValue(countyKey) is { } key && CountyKeyCommand.ReadPublic(key.FullName).Problem is { } problem) result.AddError(problem);
        if (result.GetValue(target) is not null && result.GetValue<int?>("--sample") is not null) result.AddError(Words.Say("sample_and_target"));
        if (result.GetValue(lines) is < 1) result.AddError(Words.Say("create_lines_range"));
        if (result.GetValue(starts) is < 0.01 or > 1000) result.AddError(Words.Say("create_starts_range"));
        if (result.GetValue(lastDay) is { } day && ReadDay(day) is null) result.AddError(Words.Say("create_last_day_form", day));
        foreach (var pair in result.GetValue(blanks) ?? [])
        {
            if (Pairs.Split(pair).Value is null) result.AddError(Words.Say("create_blank_form", pair));
        }
    }

    internal static DateOnly? ReadDay(string? text)
        => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private CreateCampaign Read(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(name) ?? "",
        Template = parsed.GetValue(template) ?? "",
        IndexSet = parsed.GetValue(indices),
        Frames = parsed.GetValue(frames) ?? [],
        Organiser = parsed.GetValue(organiser) ?? "",
        OrganiserKind = parsed.GetValue(kind) ?? "township",
        OrganiserUnit = parsed.GetValue(unit) ?? "township",
        Approval = parsed.GetValue(approval) ?? "",
        SignedBy = parsed.GetValue(signedBy),
        CountyKey = parsed.GetValue(countyKey) is { } key ? CountyKeyCommand.ReadPublic(key.FullName).Pem : null,
        Carrier = parsed.GetValue(carrier) ?? "",
        Blanks = Pairs.Read(parsed.GetValue(blanks)),
        Seed = parsed.GetValue(seed) ?? 1,
        Target = parsed.GetValue(target),
        Sample = sample.Read(parsed),
        MaxLines = parsed.GetValue(lines),
        MaxStarts = parsed.GetValue(starts),
        LastDay = ReadDay(parsed.GetValue(lastDay)),
        LiveCallers = parsed.GetValue(live),
    };
}
