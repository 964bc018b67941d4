using System.Runtime.CompilerServices;

namespace SurveyDialer.Tests.Phones;

/// <summary>Finds files that lie beside a test's source.</summary>
internal static class SourceFolder
{
    internal static string Here([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
