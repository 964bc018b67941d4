using System.Security.Cryptography;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Pages.NewRound;

/// <summary>Uploaded lists on their way to the import: encrypted on the disk, gone when imported, and after a week in any case.</summary>
internal sealed class UploadShelf(Installation installation)
{
    /// <summary>Largest list, in bytes; a hundred thousand rows take a tenth of it.</summary>
    internal const int LargestFile = 32 * 1024 * 1024;

    private const string Purpose = "round.upload";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private string Folder => Path.Combine(installation.Folder.Root, "uploads");

    /// <summary>Puts a list on the shelf.</summary>
    /// <returns>Where it lies.</returns>
    internal async Task<string> PutAsync(Stream list, CancellationToken cancellation)
    {
        using var plain = new MemoryStream();
        await list.CopyToAsync(plain, cancellation);
        Directory.CreateDirectory(Folder);
        Clear();
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await File.WriteAllBytesAsync(PathOf(name), installation.Cipher.Encrypt(Purpose, plain.GetBuffer().AsSpan(0, (int)plain.Length)), cancellation);
        return name;
    }

    /// <summary>The list in clear, in memory only; null when it is not there any more.</summary>
    internal MemoryStream? Open(string? name)
        => name is not null && File.Exists(PathOf(name)) ? new MemoryStream(installation.Cipher.DecryptBytes(Purpose, File.ReadAllBytes(PathOf(name))), writable: false) : null;

    internal void Remove(string? name)
    {
        if (name is not null) File.Delete(PathOf(name));
    }

    /// <summary>Names are our own: never a path.</summary>
    private string PathOf(string name) => Path.Combine(Folder, Path.GetFileName(name) + ".enc");

    private void Clear()
    {
        var old = (installation.Clock.GetUtcNow() - Kept).UtcDateTime;
        foreach (var file in Directory.EnumerateFiles(Folder, "*.enc").Where(file => File.GetLastWriteTimeUtc(file) < old)) File.Delete(file);
    }
}
