using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.Storage;

/// <summary>
/// The folder that holds everything of an installation but its keys: <c>surveydialer.db</c>, <c>run/</c>, <c>exports/</c>, <c>backups/</c>,
/// <c>templates/</c>, <c>calendars/</c>, <c>official-surveys.yaml</c>. Only one process owns it at a time.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>Name of the database in the folder.</summary>
    public const string DatabaseName = "surveydialer.db";

    private readonly FileStream held;

    private DataFolder(string root, FileStream held)
    {
        Root = root;
        this.held = held;
    }

    /// <summary>Full path.</summary>
    public string Root { get; }

    /// <summary>Full path of the database.</summary>
    public string DatabasePath => Path.Combine(Root, DatabaseName);

    /// <summary>Where exports are written.</summary>
    public string ExportsPath => Path.Combine(Root, "exports");

    /// <summary>Where backups are written.</summary>
    public string BackupsPath => Path.Combine(Root, "backups");

    /// <summary>The office's own templates.</summary>
    public string TemplatesPath => Path.Combine(Root, "templates");

    private string RunPath => Path.Combine(Root, "run");

    private string AddressPath => Path.Combine(RunPath, "serve.json");

    /// <summary>Takes the folder for this process, making it when there is none. Null when another process owns it.</summary>
    public static DataFolder? TryOwn(string root)
    {
        root = Path.GetFullPath(root);
        Directory.CreateDirectory(Path.Combine(root, "run"));
        try
        {
            var lockFile = new FileStream(Path.Combine(root, "run", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(root, lockFile);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Where the server that owns a folder listens for commands; null when none says so.</summary>
    public static ServerAddress? RunningServer(string root)
    {
        var path = Path.Combine(Path.GetFullPath(root), "run", "serve.json");
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ServerAddressJson.Default.ServerAddress) : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Where this installation's keys are kept: in the user's profile, one file a data folder.</summary>
    public static string DefaultKeyPath(string root)
    {
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        var name = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Path.GetFullPath(root)))).AsSpan(0, 16);
        return Path.Combine(profile, "SurveyDialer", $"keys-{name}.json");
    }

    /// <summary>Tells commands where to find this process; only the owner can read it.</summary>
    public ServerAddress Announce(string loopbackAddress)
    {
        var address = new ServerAddress { Address = loopbackAddress, Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) };
        OwnFile.Replace(AddressPath, stream => JsonSerializer.Serialize(stream, address, ServerAddressJson.Default.ServerAddress));
        return address;
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose()
    {
        if (File.Exists(AddressPath)) File.Delete(AddressPath);
        held.Dispose();
    }
}

/// <summary>Loopback address of a running server and the random key that commands must show.</summary>
public sealed record ServerAddress
{
    public string Address { get; init; } = "";

    public string Key { get; init; } = "";
}

[JsonSerializable(typeof(ServerAddress))]
internal sealed partial class ServerAddressJson : JsonSerializerContext;
