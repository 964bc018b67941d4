using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;
using SurveyDialer.Exports;
using SurveyDialer.Fieldwork;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Brings the data of a closed round to their end, and says what was deleted, what is kept and what others still hold.</summary>
internal sealed class UnlinkWork(OpenInstallation office, AnswerSheet sheet)
{
    internal async Task<LocalAnswer> RunAsync(UnlinkCampaign command, CancellationToken cancellation)
    {
        if (await office.EndOfRound.EndAsync(command.Id, command.Who, command.Early, cancellation) is { } problem)
        {
            return problem switch
            {
                EndOfRoundProblem.NotThere => sheet.Refuse(ExitCodes.WrongUse, "campaign_unknown", command.Id),
                EndOfRoundProblem.NotClosed => sheet.Refuse(ExitCodes.Failed, "unlink_not_closed", command.Id),
                EndOfRoundProblem.NotOver => sheet.Refuse(ExitCodes.Failed, "unlink_not_over", command.Id, Days(command.Id)),
                EndOfRoundProblem.UnderWay => sheet.Refuse(ExitCodes.Failed, "unlink_under_way", command.Id),
            };
        }

        var certificate = DeletionCertificate.Read(office.Database, command.Id, sheet.Culture.Name)!;
        foreach (var line in certificate.Lines) sheet.Line($"{line.What}{(line.Number is { } number ? $"  {number}" : "")}");
        sheet.Say("unlink_certificate", command.Id);
        return sheet.End(
            ExitCodes.Done, JsonSerializer.Serialize(new UnlinkOutcome(command.Id, certificate.Deleted, certificate.Left), LocalJson.Plain.UnlinkOutcome));
    }

    private int Days(long id) => RoundRetention.Days(office.Database.Read(connection => CampaignStore.Find(connection, id))!.Blanks);
}

/// <summary>What came to its end, for <c>campaign unlink --json</c>.</summary>
/// <param name="Left">What the carrier holds, and what waits here.</param>
internal sealed record UnlinkOutcome(long CampaignId, IReadOnlyDictionary<string, long> Deleted, IReadOnlyDictionary<string, long> Left);
