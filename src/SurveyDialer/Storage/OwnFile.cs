namespace SurveyDialer.Storage;

/// <summary>Files with residents' data or keys: only their owner may read them.</summary>
internal static class OwnFile
{
    /// <summary>A file that is never written over an existing one.</summary>
    /// <exception cref="IOException">The file exists, or cannot be made.</exception>
    internal static FileStream Create(string path) => Open(path, FileMode.CreateNew);

    /// <summary>A file in the place of the one before, which stays until the new one is whole on the disk.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static void Replace(string path, Action<Stream> write)
    {
        var temporary = path + ".new";
        using (var stream = Open(temporary, FileMode.Create))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
