using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Launches, changes, pauses, resumes and closes campaigns.</summary>
internal sealed class CampaignWork(OpenInstallation office, AnswerSheet sheet)
{
    internal async Task<LocalAnswer> LaunchAsync(StartCampaign command, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Find(command.Id) is not { } campaign) return NotFound(command.Id);
        if (office.Launch.MissingNow(command.Id) is { Count: > 0 } missing)
        {
            foreach (var problem in missing) sheet.ProblemLine(problem.InWords(sheet.Culture));
            return sheet.End(ExitCodes.Failed);
        }

        if (await office.Launch.LaunchAsync(command.Id, command.Who, new Shares(progress), cancellation) is not { } respondents)
            return NotPossible(campaign);
        office.Wake();
        sheet.Say("campaign_launched", command.Id, campaign.Name, respondents);
        if (!office.IsServing) sheet.Say("campaign_waits_for_server");
        return Done(command.Id, respondents);
    }

    internal async Task<LocalAnswer> MoveAsync(MoveCampaign command, CancellationToken cancellation)
    {
        if (Find(command.Id) is not { } campaign) return NotFound(command.Id);
        var control = office.Control;
        var problem = command.Move switch
        {
            "pause" => await control.PauseAsync(command.Id, command.Who, cancellation),
            "resume" => await control.ResumeAsync(command.Id, command.Who, cancellation),
            "close" => await control.CloseAsync(command.Id, command.Who, cancellation),
            _ => throw new InvalidDataException($"'{command.Move}' is no change of a campaign."),
        };
        if (problem is not null) return NotPossible(campaign);
        sheet.Say($"campaign_{command.Move}d", command.Id, campaign.Name);
        if (!office.IsServing && command.Move != "pause") sheet.Say("campaign_waits_for_server");
        return Done(command.Id, null);
    }

    internal async Task<LocalAnswer> ChangeAsync(AlterCampaign command, CancellationToken cancellation)
    {
        if (Find(command.Id) is not { } campaign) return NotFound(command.Id);
        var change = new CampaignChange { LastDay = command.LastDay, Target = command.Target, MaxLines = command.MaxLines };
        if (await office.Change.ChangeAsync(command.Id, change, command.Who, cancellation) is not { } problems) return NotPossible(campaign);
        if (problems.Count > 0)
        {
            foreach (var problem in problems) sheet.ProblemLine(problem.InWords(sheet.Culture));
            return sheet.End(ExitCodes.Failed);
        }

        office.Wake();
        sheet.Say("campaign_changed", command.Id, campaign.Name);
        return Done(command.Id, null);
    }

    private CampaignRow? Find(long id) => office.Database.Read(connection => CampaignStore.Find(connection, id));

    private LocalAnswer NotFound(long id) => sheet.Refuse(ExitCodes.WrongUse, "campaign_unknown", id);

    private LocalAnswer NotPossible(CampaignRow campaign)
        => sheet.Refuse(ExitCodes.Failed, "campaign_not_possible", campaign.Id, Words.SayIn(sheet.Culture, $"state_{campaign.State}"));

    private LocalAnswer Done(long id, int? respondents)
        => sheet.End(ExitCodes.Done, JsonSerializer.Serialize(new CampaignOutcome(id, Find(id)!.State, respondents, null), LocalJson.Plain.CampaignOutcome));

    private sealed class Shares(IProgress<double>? progress) : IProgress<(int Done, int All)>
    {
        public void Report((int Done, int All) value) => progress?.Report(value.All == 0 ? 1 : (double)value.Done / value.All);
    }
}
