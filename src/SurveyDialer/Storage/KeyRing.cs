using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SurveyDialer.Storage;

/// <summary>
/// The keys of an installation, in a file of their own that never lies in the data folder: a stolen data file is useless without it.
/// Losing the file loses names and numbers, and would revive people who asked never to be called; so it is to be saved apart once.
/// </summary>
public sealed class KeyRing
{
    private const int KeyBytes = 32;
    private readonly string path;
    private readonly Lock gate = new();
    private KeyFile file;

    private KeyRing(string path, KeyFile file)
    {
        this.path = path;
        this.file = file;
    }

    /// <summary>The version that new fields are encrypted and indexed under.</summary>
    public int CurrentVersion => file.Keys[^1].Version;

    /// <summary>Whether somebody has saved a copy elsewhere; backups wait for it.</summary>
    public bool SavedApart => file.SavedApart;

    /// <summary>Rounds whose own key came after that copy: with the copy alone, nothing joins their answers to a person.</summary>
    public int RoundsSavedNowhere => file.LinkKeys.Keys.Except(file.SavedLinks, StringComparer.Ordinal).Count();

    /// <summary>Opens the key file, or makes one with fresh random keys.</summary>
    /// <param name="path">Outside the data folder; only its owner may read it.</param>
    /// <param name="purpose">Printed in the file, for example that these are the keys of a demonstration.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static KeyRing OpenOrCreate(string path, string purpose)
    {
        if (File.Exists(path)) return Open(path);
        var fresh = new KeyFile
        {
            Purpose = purpose,
            Keys = [new VersionedKey { Version = 1, Cipher = RandomNumberGenerator.GetBytes(KeyBytes), Index = RandomNumberGenerator.GetBytes(KeyBytes) }],
        };
        var ring = new KeyRing(path, fresh);
        ring.Save(fresh);
        return ring;
    }

    /// <summary>Opens an existing key file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static KeyRing Open(string path)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyFileJson.Default.KeyFile);
            if (stored is { Keys.Count: > 0 } && stored.Keys.All(key => key.Cipher.Length == KeyBytes && key.Index.Length == KeyBytes))
                return new KeyRing(path, stored);
        }
        catch (JsonException)
        {
            // Falls through to the sentence below.
        }

        throw new InvalidDataException($"密钥文件已损坏，请从另存的副本恢复。 / The key file is damaged: restore it from the copy saved apart. [{path}]");
    }

    /// <summary>Makes the key of one campaign's link between the two ledgers.</summary>
    /// <returns>Its id.</returns>
    public string CreateLinkKey()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        lock (gate)
        {
            Save(file with { LinkKeys = new Dictionary<string, byte[]>(file.LinkKeys) { [id] = RandomNumberGenerator.GetBytes(KeyBytes) } });
        }

        return id;
    }

    /// <summary>Destroys a campaign's link key: nothing can join its answers to its respondents again, in any copy of the file.</summary>
    public void DestroyLinkKey(string id)
    {
        lock (gate)
        {
            var left = new Dictionary<string, byte[]>(file.LinkKeys);
            left.Remove(id);
            Save(file with { LinkKeys = left, SavedLinks = [.. file.SavedLinks.Where(saved => saved != id)] });
        }
    }

    /// <summary>Remembers that a copy was saved elsewhere.</summary>
    public void MarkSavedApart()
    {
        lock (gate) Save(file with { SavedApart = true, SavedLinks = [.. file.LinkKeys.Keys] });
    }

    internal byte[]? LinkKey(string id) => file.LinkKeys.GetValueOrDefault(id);

    internal byte[]? CipherKey(int version) => file.Keys.FirstOrDefault(key => key.Version == version)?.Cipher;

    /// <summary>The index keys from the first to the current: a hash is HMAC(newest, ... HMAC(first, text)), so that old hashes can be carried over.</summary>
    internal IEnumerable<byte[]> IndexKeys() => file.Keys.Select(key => key.Index);

    private void Save(KeyFile next)
    {
        OwnFile.Replace(path, stream => JsonSerializer.Serialize(stream, next, KeyFileJson.Default.KeyFile));
        file = next;
    }
}

internal sealed record KeyFile
{
    public string Purpose { get; init; } = "";

    public bool SavedApart { get; init; }

    /// <summary>Ids of the link keys that were in the file when a copy was saved elsewhere.</summary>
    public IReadOnlyList<string> SavedLinks { get; init; } = [];

    public IReadOnlyList<VersionedKey> Keys { get; init; } = [];

    public Dictionary<string, byte[]> LinkKeys { get; init; } = [];
}

internal sealed record VersionedKey
{
    public int Version { get; init; }

    public byte[] Cipher { get; init; } = [];

    public byte[] Index { get; init; } = [];
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(KeyFile))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
