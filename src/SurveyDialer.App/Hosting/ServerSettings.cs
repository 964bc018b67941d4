using System.Net;
using System.Reflection;
using SurveyDialer.Fieldwork;
using SurveyDialer.Phones;
using SurveyDialer.Scheduling;
using SurveyDialer.Twilio;

namespace SurveyDialer.App.Hosting;

/// <summary>
/// The settings of a server: <c>settings.json</c> in the data folder, then environment variables that begin with <c>SURVEYDIALER_</c>
/// (<c>SURVEYDIALER_Twilio__AuthToken</c>), which win.
/// </summary>
internal sealed class ServerSettings
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(7);

    private static readonly PropertyInfo[] Times = [.. typeof(FieldworkOptions).GetProperties().Where(property => property.PropertyType == typeof(TimeSpan))];

    private static readonly string[] Known =
    [
        .. typeof(ServerSettings).GetProperties().Where(property => property.CanWrite).Select(property => property.Name),
        .. typeof(TwilioOptions).GetProperties().Select(property => $"{nameof(Twilio)}:{property.Name}"),
        .. typeof(DialSettings).GetProperties().Select(property => $"{nameof(Dial)}:{property.Name}"),
        .. Times.Select(property => $"{nameof(Fieldwork)}:{property.Name}"),
    ];

    private readonly List<string> unknown = [];

    /// <summary>The account at the carrier; unset while the office has none.</summary>
    public TwilioOptions Twilio { get; } = new();

    /// <summary>How the numbers of lists are completed.</summary>
    public DialSettings Dial { get; } = new();

    /// <summary>Port at which the carrier reaches this server; default 8081. A proxy with a certificate stands before it.</summary>
    public int CarrierPort { get; set; } = 8081;

    /// <summary>Address of this machine at which the carrier's port listens; default this machine only.</summary>
    public string CarrierAddress { get; set; } = "127.0.0.1";

    /// <summary>Port of the pages; default 8080. They answer on this machine only.</summary>
    public int PagesPort { get; set; } = 8080;

    /// <summary>Pages answer other machines too, over HTTPS; default false. The same as <c>serve --lan</c>.</summary>
    public bool Lan { get; set; }

    /// <summary>Port of the pages for other machines; default 8443.</summary>
    public int LanPort { get; set; } = 8443;

    /// <summary>Address of this machine at which other machines open the pages; default all of its private IPv4 addresses.</summary>
    public string? LanAddress { get; set; }

    /// <summary>
    /// Whoever sits at this machine needs a door too; default false. Set it where a proxy on this machine passes requests of others on. Doors are
    /// then made by the command.
    /// </summary>
    public bool DoorsAtTheMachineToo { get; set; }

    /// <summary>
    /// Practice with the simulator in a process of its own: campaigns made for it are dialled, and made-up numbers too. Only with a
    /// <c>Twilio:BaseAddress</c> of this machine.
    /// </summary>
    public bool Practice { get; set; }

    /// <summary>Where backups are written every night, best on another disk; null: in the data folder.</summary>
    public string? BackupFolder { get; set; }

    /// <summary>Patience with the carrier; each time as <c>hh:mm:ss.fff</c>. Only the times count here: the limits are those of the account.</summary>
    public FieldworkOptions Fieldwork { get; set; } = new();

    /// <summary>Whether the account was filled in at all: without one the pages work and nobody is called.</summary>
    internal bool HasCarrier => Twilio.AccountSid.Length > 0 || Twilio.AuthToken.Length > 0;

    /// <summary>Addresses at which other machines are answered; none without <see cref="Lan"/>.</summary>
    internal IReadOnlyList<IPAddress> LanListening
        => !Lan ? [] : LanAddress is { } address ? [IPAddress.Parse(address)] : LanAddresses.OfThisMachine();

    /// <summary>Times and limits as the dispatcher keeps them.</summary>
    internal FieldworkOptions Dispatching => Fieldwork with
    {
        CarrierName = Practice ? "simulator" : "twilio", StartsPerSecond = Twilio.CallsPerSecond, Lines = Twilio.Lines,
    };

    /// <summary>Reads the settings of a data folder.</summary>
    /// <exception cref="InvalidDataException">The file is no JSON or a value has the wrong form; the message names it.</exception>
    internal static ServerSettings Read(string root)
    {
        try
        {
            var settings = new ServerSettings();
            var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(root, "settings.json"), optional: true).Build();
            new ConfigurationBuilder().AddConfiguration(file).AddEnvironmentVariables("SURVEYDIALER_").Build().Bind(settings);
            settings.unknown.AddRange(file.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key).Where(IsUnknown));
            return settings;
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException or InvalidDataException)
        {
            throw new InvalidDataException(Words.Say("settings_unreadable", Path.Combine(root, "settings.json"), FaultWords.Of(fault)), fault);
        }
    }

    /// <summary>Everything that is wrong, in words; empty when the server may start.</summary>
    internal IReadOnlyList<string> Problems()
    {
        var problems = unknown.ConvertAll(UnknownInWords);
        if (HasCarrier) problems.AddRange(TwilioOptionsCheck.Problems(Twilio).Select(problem => $"{problem.Setting}: {problem.InWords(Words.Culture)}"));
        if (PagesPort is < 1 or > 65_535 || CarrierPort is < 1 or > 65_535 || LanPort is < 1 or > 65_535) problems.Add(Words.Say("settings_port"));
        if (BackupFolder is { } backups && !Path.IsPathFullyQualified(backups)) problems.Add(Words.Say("settings_backup_folder", backups));
        if (PagesPort == CarrierPort || (Lan && (LanPort == CarrierPort || LanPort == PagesPort))) problems.Add(Words.Say("settings_same_port"));
        if (!IPAddress.TryParse(CarrierAddress, out _)) problems.Add(Words.Say("settings_address", CarrierAddress));
        if (LanAddress is { } own && !IPAddress.TryParse(own, out _)) problems.Add(Words.Say("settings_address", own));
        else if (Lan && LanListening.Count == 0) problems.Add(Words.Say("settings_no_lan"));
        if (Dial.AreaCode is { } area && NumberingPlan.FindArea(area) is null) problems.Add($"{nameof(Dial)}:{nameof(Dial.AreaCode)}: {Words.Say("import_area_code_unknown", area)}");
        if (Practice && !Twilio.BaseAddress.IsLoopback) problems.Add(Words.Say("settings_practice", Twilio.BaseAddress));
        foreach (var time in Times.Where(time => (TimeSpan)time.GetValue(Fieldwork)! is var value && (value <= TimeSpan.Zero || value > LongestTime)))
            problems.Add(Words.Say("settings_time", $"{nameof(Fieldwork)}:{time.Name}", time.GetValue(Fieldwork)!));
        if (!JobSchedule.Divides(Fieldwork.ReconcileEvery)) problems.Add(Words.Say("settings_every", $"{nameof(Fieldwork)}:{nameof(Fieldwork.ReconcileEvery)}"));
        return problems;
    }

    private static bool IsUnknown(string key) => !Known.Any(known => key.Equals(known, StringComparison.OrdinalIgnoreCase)
        || (known == $"{nameof(Twilio)}:{nameof(TwilioOptions.Voices)}" && key.StartsWith(known + ":", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Most often a key stands in the wrong place: then the right one is named, else all that there are.</summary>
    private static string UnknownInWords(string key)
    {
        var name = key[(key.LastIndexOf(':') + 1)..];
        var meant = Known.Where(known => known.Split(':')[^1].Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return meant.Count > 0 ? Words.Say("settings_misplaced", key, meant[0]) : Words.Say("settings_unknown", key, string.Join(", ", Known));
    }
}

/// <summary>How numbers without country or area code are completed, where a list's own command or page says nothing else.</summary>
internal sealed class DialSettings
{
    /// <summary>ISO 3166 code of the country of numbers without country code; default <c>CN</c>, the only one with a numbering plan here.</summary>
    public string Country { get; set; } = new DialDefaults().Country;

    /// <summary>Of landlines that a list writes without one, with its 0; unset: such numbers are refused.</summary>
    public string? AreaCode { get; set; }

    /// <summary>Whether numbers of other countries may be rung; default false.</summary>
    public bool AllowForeign { get; set; }

    /// <param name="areaCode">Of this list; null or empty: the setting's.</param>
    internal DialDefaults For(string? areaCode)
        => new() { Country = Country, AreaCode = string.IsNullOrEmpty(areaCode) ? AreaCode : areaCode, AllowForeign = AllowForeign };
}
