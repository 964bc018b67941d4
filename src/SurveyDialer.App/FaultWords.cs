using System.Text.Json;
using System.Text.RegularExpressions;

namespace SurveyDialer.App;

/// <summary>What the operating system refuses, in words of the person at the keyboard; what speaks for itself already, as it stands.</summary>
internal static partial class FaultWords
{
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int DiskFullUnix = 28;

    internal static string Of(Exception fault) => fault switch
    {
        UnauthorizedAccessException => Words.Say("fault_denied", PathOf(fault)),
        DirectoryNotFoundException => Words.Say("fault_no_folder", PathOf(fault)),
        FileNotFoundException => Words.Say("fault_no_file", PathOf(fault)),
        PathTooLongException => Words.Say("fault_path_too_long"),
        IOException { HResult: DiskFullWindows or DiskFullUnix } => Words.Say("fault_disk_full"),
        _ when JsonOf(fault) is { LineNumber: { } line } => Words.Say("fault_json", line + 1),
        _ => fault.Message,
    };

    private static JsonException? JsonOf(Exception? fault) => fault is null ? null : fault as JsonException ?? JsonOf(fault.InnerException);

    /// <summary>The file or folder that the system names; empty where it names none.</summary>
    internal static string PathOf(Exception fault) => Quoted().Match(fault.Message) is { Success: true } match ? match.Groups[1].Value : "";

    [GeneratedRegex("'([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
