namespace SurveyDialer.CallingHours;

/// <summary>What a file of official surveys holds.</summary>
/// <param name="Surveys">Null when there are problems; entries may overlap.</param>
/// <param name="Problems">All that were found, in the order of the lines.</param>
internal sealed record OfficialSurveysReading(IReadOnlyList<NamedDays>? Surveys, IReadOnlyList<CalendarProblem> Problems);

/// <summary>Reads the days on which province or county hold their own survey: <c>official-surveys.yaml</c> in the data folder, kept by the office.</summary>
internal sealed class OfficialSurveysFile : DaysFile
{
    internal const string FileName = "official-surveys.yaml";

    private const string List = "official_surveys";

    private OfficialSurveysFile()
        : base(FileName)
    {
    }

    public static OfficialSurveysReading Read(string text)
    {
        var file = new OfficialSurveysFile();
        var surveys = new List<NamedDays>();
        if (file.Root(text, List, [List]) is { } root)
        {
            if (root.Children.Count == 0) file.Report(CalendarFault.Missing, root.Start.Line, List);
            surveys.AddRange(Days(file.NamedDays(root, List, DateOnly.MinValue, DateOnly.MaxValue)));
        }

        return new OfficialSurveysReading(file.Problems.Count == 0 ? surveys : null, file.Problems);
    }
}
