using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace SurveyDialer.App.Web;

/// <summary>The embedded style sheets and scripts. Each address carries the content's hash, so that browsers may keep it for ever.</summary>
internal sealed class Assets
{
    private const string Prefix = "assets/";

    private readonly FrozenDictionary<string, Asset> byName;

    public Assets()
    {
        var assembly = typeof(Assets).Assembly;
        byName = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => Asset.Load(assembly.GetManifestResourceStream(name)!, name));
    }

    /// <summary>Names of all assets.</summary>
    public IEnumerable<string> Names => byName.Keys;

    /// <summary>Where a page finds an asset.</summary>
    public string Address(string name) => $"/assets/{byName[name].Version}/{name}";

    /// <summary>Answers one request for an asset.</summary>
    public IResult Serve(string version, string name, HttpContext context)
    {
        if (!byName.TryGetValue(name, out var asset) || asset.Version != version) return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return Results.Bytes(asset.Plain, asset.ContentType);
        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(asset.Compressed, asset.ContentType);
    }

    private sealed record Asset(string Version, string ContentType, byte[] Plain, byte[] Compressed)
    {
        public static Asset Load(Stream resource, string name)
        {
            using var stream = resource;
            using var plain = new MemoryStream();
            stream.CopyTo(plain);
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
                gzip.Write(plain.GetBuffer(), 0, (int)plain.Length);
            var bytes = plain.ToArray();
            var version = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
            return new Asset(version, ContentTypeOf(name), bytes, compressed.ToArray());
        }

        private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidDataException($"No content type is known for assets ending in {other}."),
        };
    }
}
