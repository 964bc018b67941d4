namespace SurveyDialer.Storage;

/// <summary>Files with residents' data or keys: never over an existing one, and only their owner may read them.</summary>
internal static class OwnFile
{
    /// <exception cref="IOException">The file exists, or cannot be made.</exception>
    internal static FileStream Create(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
