using SurveyDialer.App.Health;
using SurveyDialer.App.Hosting;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Carries out local commands on an open installation, in the called process or in the server.</summary>
internal sealed class LocalDesk(OpenInstallation office)
{
    /// <param name="progress">0 to 1, for a bar; null when nobody watches.</param>
    internal async Task<LocalAnswer> RunAsync(LocalCommand command, IProgress<double>? progress, CancellationToken cancellation)
    {
        var sheet = new AnswerSheet(command.Language);
        try
        {
            return command switch
            {
                ImportList import => await new ImportWork(office, import, sheet).RunAsync(progress, cancellation),
                CreateCampaign create => await new CreateWork(office, create, sheet).RunAsync(cancellation),
                StartCampaign start => await new CampaignWork(office, sheet).LaunchAsync(start, progress, cancellation),
                MoveCampaign move => await new CampaignWork(office, sheet).MoveAsync(move, cancellation),
                AlterCampaign change => await new CampaignWork(office, sheet).ChangeAsync(change, cancellation),
                PlaceRound place => await new RoundWork(office, sheet).PlaceAsync(place, cancellation),
                UnlinkCampaign unlink => await new UnlinkWork(office, sheet).RunAsync(unlink, cancellation),
                ShowCampaign show => new StatusWork(office, sheet).Show(show.Id),
                ListCampaigns => new StatusWork(office, sheet).List(),
                SketchFrame sketch => new SketchWork(office, sheet).Run(sketch.FrameId),
                WriteBackup backup => await new BackupWork(office, sheet).WriteAsync(backup, cancellation),
                SaveKeys save => await new BackupWork(office, sheet).SaveKeysAsync(save, cancellation),
                CheckHealth => await HealthWork.RunAsync(new HealthDesk(office), sheet, cancellation),
                WriteExport export => await new ExportWork(office, sheet).WriteAsync(export, progress, cancellation),
                ListExports => new ExportWork(office, sheet).List(),
                MakeDoor make => await new DoorWork(office, sheet).MakeAsync(make, cancellation),
                ListDoors => new DoorWork(office, sheet).List(),
                RevokeDoor revoke => await new DoorWork(office, sheet).RevokeAsync(revoke, cancellation),
                _ => throw new InvalidOperationException($"Nobody carries out {command.GetType().Name}."),
            };
        }
        catch (Exception fault) when (fault is StorageException or WriterBusyException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            sheet.ProblemLine(FaultWords.Of(fault));
            return sheet.End(ExitCodes.Failed);
        }
    }
}
