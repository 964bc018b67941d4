namespace SurveyDialer.Sample;

/// <summary>Rows of one sheet or text, one after another, empty ones included.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>The next row, or null at the end.</summary>
    /// <exception cref="FrameUnreadableException">The file is damaged or hostile from here on.</exception>
    FrameRow? Next();
}

/// <summary>Carries a problem out of the libraries that read files; caught by <see cref="FrameFile"/>.</summary>
internal sealed class FrameUnreadableException(FrameProblem problem, Exception? inner = null) : Exception(problem.Fault.ToString(), inner)
{
    internal FrameProblem Problem { get; } = problem;
}

/// <summary>What no telephone list reaches.</summary>
internal static class FrameLimits
{
    /// <summary>Characters of a cell; what a spreadsheet holds at most.</summary>
    internal const int Cell = 32_767;

    /// <summary>Columns that are looked at.</summary>
    internal const int Columns = 256;

    /// <summary>Bytes that all parts of a workbook may unpack to.</summary>
    internal const long Unpacked = 1L << 30;

    /// <summary>Bytes that the table of texts of a workbook may unpack to, since it is held in memory.</summary>
    internal const long Texts = 192L << 20;

    /// <summary>Rows looked at for the header.</summary>
    internal const int HeaderRows = 20;
}
