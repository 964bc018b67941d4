using System.Globalization;
using SurveyDialer.App.Commands;
using SurveyDialer.Calls;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;
using SurveyDialer.Scheduling;
using SurveyDialer.Storage;
using SurveyDialer.Twilio;

namespace SurveyDialer.App.Hosting;

/// <summary>Everything that lies on disk, opened: the data folder, its keys, database, templates and calendars. The one place where they are put together.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private Installation(DataFolder folder, string templates, string keyPath, KeyRing keys, Database database, CalendarBook calendars, BackupShelf? shelf, TimeProvider clock)
    {
        (Folder, KeyPath, Keys, Database, Calendars, Clock) = (folder, keyPath, keys, database, calendars, clock);
        Cipher = new FieldCipher(keys);
        Templates = new TemplateLibrary(templates, ContentFolders.Templates());
        Backups = shelf is null ? null : new MakeBackup(database, keys, folder.Root, shelf, clock);
    }

    internal DataFolder Folder { get; }

    /// <summary>Full path of the key file.</summary>
    internal string KeyPath { get; }

    internal KeyRing Keys { get; }

    internal FieldCipher Cipher { get; }

    internal Database Database { get; }

    internal TemplateLibrary Templates { get; }

    internal CalendarBook Calendars { get; }

    /// <summary>Null for a demonstration or rehearsal, of which nobody needs a copy.</summary>
    internal MakeBackup? Backups { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Takes the data folder for this process, making a new installation where there is none.</summary>
    /// <returns>The installation, to be disposed; or what keeps it from being opened.</returns>
    internal static (Installation? Installation, InstallationProblem? Problem) Open(string root, TimeProvider clock)
    {
        DataFolder? folder = null;
        try
        {
            folder = DataFolder.TryOwn(root);
            if (folder is null) return (null, new InstallationProblem(InstallationProblem.InUse, root));
            var keyPath = DataFolder.DefaultKeyPath(folder.Root);
            if (File.Exists(folder.DatabasePath) && !File.Exists(keyPath))
            {
                folder.Dispose();
                return (null, new InstallationProblem(InstallationProblem.KeysMissing, keyPath));
            }

            var keys = KeyRing.OpenOrCreate(keyPath, $"SurveyDialer: {folder.Root}");
            var shelf = new BackupShelf(ServerSettings.Read(folder.Root).BackupFolder ?? folder.BackupsPath);
            return (Make(folder, keyPath, keys, shelf, clock), null);
        }
        catch (UnauthorizedAccessException fault)
        {
            folder?.Dispose();
            return (null, new InstallationProblem(InstallationProblem.Denied, FaultWords.PathOf(fault)));
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException or IOException)
        {
            folder?.Dispose();
            return (null, new InstallationProblem(InstallationProblem.Unusable, FaultWords.Of(fault)));
        }
    }

    /// <summary>The same in a folder that this process has taken already.</summary>
    /// <param name="shelf">For backups; null only for demonstration and rehearsal, where commits do not wait for the disk either.</param>
    /// <param name="templates">The office's own templates and recordings; null: those of the folder.</param>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    /// <exception cref="InvalidDataException">A file of days has mistakes.</exception>
    /// <param name="daysFrom">Data folder of which calendars and official surveys are read; null: this one.</param>
    internal static Installation Make(
        DataFolder folder, string keyPath, KeyRing keys, BackupShelf? shelf, TimeProvider clock, string? templates = null, string? daysFrom = null)
    {
        var calendars = ContentFolders.Calendars(daysFrom ?? folder.Root);
        var database = Database.Open(new DatabaseOptions { Path = folder.DatabasePath, Keys = keys, ThrowAway = shelf is null }, clock);
        return new Installation(folder, templates ?? folder.TemplatesPath, keyPath, keys, database, calendars, shelf, clock);
    }

    /// <summary>The field work on this installation.</summary>
    internal FieldOffice OpenOffice(ITimeline timeline, ICarrier carrier, FieldworkOptions options) => new(new FieldOfficeParts
    {
        Database = Database,
        Keys = Keys,
        Templates = Templates,
        Calendars = Calendars,
        Timeline = timeline,
        Carrier = carrier,
        Backups = Backups,
        Options = options,
    });

    /// <summary>For commands while no server runs: what they change takes effect when one starts.</summary>
    internal OpenInstallation WithoutServer() => new()
    {
        Installation = this,
        Launch = new LaunchCampaign(Database, Templates, Calendars, Keys, Clock),
        Change = new ChangeCampaign(Database, Calendars, Clock),
        Control = new RestingControl(Database, Clock),
        EndOfRound = new EndOfRound(Database, Keys, Backups?.Shelf, Clock),
        Wake = () => { },
        IsServing = false,
    };

    /// <summary>For commands that a running server carries out.</summary>
    /// <param name="roots">Where other machines find its pages; null: they do not.</param>
    internal OpenInstallation With(FieldOffice office, IReadOnlyList<Uri>? roots = null) => new()
    {
        LanRoots = roots ?? [],
        Installation = this,
        Launch = office.Launch,
        Change = office.Change,
        Control = office.Control,
        EndOfRound = office.EndOfRound,
        Wake = office.Wake,
        IsServing = true,
    };

    /// <summary>Closes the database, then gives the folder back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Folder.Dispose();
    }
}

/// <summary>An installation and what can be done with it: what every command and the server's local API work on.</summary>
internal sealed record OpenInstallation
{
    internal required Installation Installation { get; init; }

    internal required LaunchCampaign Launch { get; init; }

    internal required ChangeCampaign Change { get; init; }

    internal required ICampaignControl Control { get; init; }

    internal required EndOfRound EndOfRound { get; init; }

    /// <summary>Has the dispatcher look for due attempts; does nothing while no server runs.</summary>
    internal required Action Wake { get; init; }

    /// <summary>Where other machines find the pages of the running server; empty: they do not.</summary>
    internal IReadOnlyList<Uri> LanRoots { get; init; } = [];

    /// <summary>True inside a running server.</summary>
    internal required bool IsServing { get; init; }

    /// <summary>As the settings stand now, whatever the server was started with; null while no account is filled in.</summary>
    internal TwilioOptions? CarrierSettings => ServerSettings.Read(Installation.Folder.Root) is { HasCarrier: true } settings && settings.Problems().Count == 0 ? settings.Twilio : null;

    /// <summary>As the settings stand now.</summary>
    internal DialSettings Dial => ServerSettings.Read(Installation.Folder.Root).Dial;

    internal Database Database => Installation.Database;

    internal TimeProvider Clock => Installation.Clock;
}

/// <summary>Why an installation cannot be opened.</summary>
/// <param name="Key">One of the constants; also the key of the sentence.</param>
internal sealed record InstallationProblem(string Key, string Argument)
{
    /// <summary>Another process owns the folder.</summary>
    internal const string InUse = "folder_in_use";

    /// <summary>A file belongs to somebody else: the argument names it.</summary>
    internal const string Denied = "folder_denied";

    /// <summary>There is a database but no key file to read it with.</summary>
    internal const string KeysMissing = "keys_missing";

    /// <summary>Damaged, locked, of a newer version, without permission: the argument is the sentence.</summary>
    internal const string Unusable = "installation_unusable";

    /// <summary>What the process tells its caller.</summary>
    internal int ExitCode => Key == InUse ? ExitCodes.FolderInUse : ExitCodes.Failed;

    internal string InWords(CultureInfo culture) => Words.SayIn(culture, Key, Argument);
}
