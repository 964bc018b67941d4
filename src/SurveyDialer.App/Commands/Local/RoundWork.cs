using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.Estimates;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Says where a round stands in its series, and corrects it.</summary>
internal sealed class RoundWork(OpenInstallation office, AnswerSheet sheet)
{
    internal async Task<LocalAnswer> PlaceAsync(PlaceRound command, CancellationToken cancellation)
    {
        var series = new RoundSeries(office.Database, office.Clock);
        if (series.Find(command.Id) is not { } round) return sheet.Refuse(ExitCodes.WrongUse, "campaign_unknown", command.Id);
        if (command.Number is not null || command.Period is not null || command.After is not null)
        {
            var period = command.Period is { } text ? RoundPeriod.Read(text) : round.Period;
            var predecessor = command.After switch { null => round.PredecessorId, 0 => null, var earlier => earlier };
            if (await series.ChangeAsync(command.Id, command.Number ?? round.Number, period, predecessor, command.Who, cancellation) is { } problem)
            {
                sheet.ProblemLine(problem.InWords(sheet.Culture));
                return sheet.End(ExitCodes.Failed);
            }

            round = series.Find(command.Id)!;
        }

        var before = round.PredecessorId is { } id ? series.Find(id) : null;
        sheet.Say(before is null ? "round_first" : "round_line", round.CampaignId, round.Name, round.Number, round.Period.InWords(sheet.Culture), before?.CampaignId ?? 0, before?.Name ?? "");
        return sheet.End(ExitCodes.Done, JsonSerializer.Serialize(
            new RoundOutcome(round.CampaignId, round.Number, round.Period.ToString(), round.PredecessorId), LocalJson.Plain.RoundOutcome));
    }
}

/// <summary>Where a round stands, for <c>--json</c>.</summary>
internal sealed record RoundOutcome(long CampaignId, int Number, string Period, long? Predecessor);
