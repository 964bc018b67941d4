using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using SurveyDialer.FollowUps;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>
/// What is sealed to the county, as one zip to be carried there: every piece as it was sealed, and a manifest of their kinds and checksums.
/// Written here, opened on the county's machine with its private key.
/// </summary>
internal static class SealedBundle
{
    private const string Format = "surveydialer-sealed 1";
    private const string ManifestName = "manifest.json";

    // A minute of speech is about a megabyte.
    private const int LargestPiece = 32 << 20;
    private const int MostPieces = 1_000_000;

    internal static void Write(ExportSource source, Stream output)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var pieces = new List<SealedPiece>();
        foreach (var (kind, content) in SealedStore.Of(source.Connection, source.Campaign.Id))
        {
            source.Cancellation.ThrowIfCancellationRequested();
            var name = $"{pieces.Count + 1:000000}.sealed";
            Add(zip, name, content, source.Now, CompressionLevel.NoCompression);
            pieces.Add(new SealedPiece(name, kind, Convert.ToHexStringLower(SHA256.HashData(content))));
        }

        var key = source.Campaign.CountyKey is { } pem ? CountyKey.Read(pem).Key!.Fingerprint : "";
        var manifest = new SealedManifest(Format, source.Campaign.Name, source.Campaign.Organiser, key, source.Day(source.Now.ToUnixTimeMilliseconds())!.Value, pieces);
        Add(zip, ManifestName, JsonSerializer.SerializeToUtf8Bytes(manifest, SealedManifestJson.Default.SealedManifest), source.Now, CompressionLevel.Optimal);
    }

    /// <summary>Reads and opens a bundle, one piece after the other.</summary>
    /// <param name="piece">Told of every piece: its name, and what it holds or null where it is missing, was changed or cannot be opened.</param>
    /// <returns>Null when everything was tried; otherwise why the file as a whole cannot be.</returns>
    internal static SealedBundleProblem? Open(Stream input, CountyPrivateKey key, Action<string, string, SealedMatter?> piece)
    {
        try
        {
            using var zip = new ZipArchive(input, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.GetEntry(ManifestName) is not { } entry || Read(entry) is not { } bytes) return SealedBundleProblem.NotABundle;
            if (JsonSerializer.Deserialize(bytes, SealedManifestJson.Default.SealedManifest) is not { Format: Format, Pieces.Count: <= MostPieces } manifest)
                return SealedBundleProblem.NotABundle;
            if (manifest.Pieces.Count > 0 && manifest.Key != key.Fingerprint) return SealedBundleProblem.OtherKey;
            foreach (var one in manifest.Pieces) piece(one.File, one.Kind, Open(zip, one, key));
            return null;
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            return SealedBundleProblem.NotABundle;
        }
    }

    private static SealedMatter? Open(ZipArchive zip, SealedPiece piece, CountyPrivateKey key)
    {
        try
        {
            return zip.GetEntry(piece.File) is { } entry && Read(entry) is { } content && Convert.ToHexStringLower(SHA256.HashData(content)) == piece.Sha256
                ? SealedMatter.Parse(key.Open(piece.Kind, content))
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or InvalidDataException)
        {
            return null;
        }
    }

    private static byte[]? Read(ZipArchiveEntry entry)
    {
        if (entry.Length > LargestPiece) return null;
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (copy.Length + read > LargestPiece) return null;
            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content, DateTimeOffset now, CompressionLevel level)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = now;
        using var stream = entry.Open();
        stream.Write(content);
    }
}

/// <summary>Why a file cannot be opened as a whole.</summary>
internal enum SealedBundleProblem
{
    NotABundle,

    /// <summary>It was sealed to another key of the county.</summary>
    OtherKey,
}

/// <summary>What a bundle says of itself; nothing in it names a person, a place or a topic.</summary>
/// <param name="Key">Fingerprint of the county's key.</param>
internal sealed record SealedManifest(string Format, string Round, string Organiser, string Key, DateOnly Made, IReadOnlyList<SealedPiece> Pieces);

internal sealed record SealedPiece(string File, string Kind, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SealedManifest))]
internal sealed partial class SealedManifestJson : JsonSerializerContext;
