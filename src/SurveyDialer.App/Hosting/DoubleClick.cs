using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SurveyDialer.App.Hosting;

/// <summary>Started without a word, by a double click: then the program serves, opens a browser, and keeps its window until what went wrong has been read.</summary>
internal static class DoubleClick
{
    /// <summary>What it does then.</summary>
    internal static readonly string[] Arguments = ["serve", "--open"];

    /// <summary>Whether this process has a console window of its own, as Explorer gives to a program that is double-clicked.</summary>
    internal static bool Started(string[] arguments) => arguments.Length == 0 && OperatingSystem.IsWindows() && GetConsoleProcessList(new uint[2], 2) == 1;

    /// <summary>Keeps the window until Enter is pressed.</summary>
    internal static void Wait(string words)
    {
        Console.Error.WriteLine(words);
        Console.ReadLine();
    }

    /// <summary>Opens an address in the visitor's browser; false where there is none to be found.</summary>
    internal static bool Open(Uri address)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true });
            return true;
        }
        catch (Exception fault) when (fault is Win32Exception or PlatformNotSupportedException or InvalidOperationException)
        {
            return false;
        }
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetConsoleProcessList(uint[] processes, uint count);
}
