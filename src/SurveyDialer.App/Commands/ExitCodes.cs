namespace SurveyDialer.App.Commands;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    internal const int Done = 0;

    internal const int Failed = 1;

    internal const int WrongUse = 2;

    /// <summary>Done, but with rejected rows or findings.</summary>
    internal const int DoneWithFindings = 3;

    /// <summary>Another process owns the data folder.</summary>
    internal const int FolderInUse = 4;
}
