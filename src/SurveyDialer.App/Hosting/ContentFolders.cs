using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>Finds what is delivered beside the executable: templates and calendars.</summary>
internal static class ContentFolders
{
    private const string OwnCalendars = "calendars";

    /// <summary>The folder <c>campaign-templates</c>: beside the executable, or above it when run from source.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none; the message says what to do.</exception>
    internal static string Templates()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "campaign-templates");
            if (Directory.Exists(candidate)) return candidate;
        }

        throw new DirectoryNotFoundException(
            "找不到 campaign-templates 文件夹：请把它和程序放在一起。 / The folder campaign-templates is missing: put it beside the program.");
    }

    /// <summary>The calendars that come with the templates, the office's own, which win, and the days of official surveys.</summary>
    /// <param name="root">The office's data folder, in which <c>calendars</c> and <c>official-surveys.yaml</c> may lie; null: none.</param>
    /// <exception cref="InvalidDataException">A file has mistakes; the message names file and lines.</exception>
    internal static CalendarBook Calendars(string? root)
    {
        var calendars = Read(Path.Combine(Templates(), OwnCalendars));
        if (root is null) return new CalendarBook(calendars.Values, []);
        if (Path.Combine(root, OwnCalendars) is var own && Directory.Exists(own))
        {
            foreach (var (name, calendar) in Read(own)) calendars[name] = calendar;
        }

        return new CalendarBook(calendars.Values, OfficialSurveys(Path.Combine(root, OfficialSurveysFile.FileName)));
    }

    private static Dictionary<string, Calendar> Read(string folder)
    {
        var calendars = new Dictionary<string, Calendar>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Where(file => Path.GetFileName(file) != OfficialSurveysFile.FileName).Order(StringComparer.Ordinal))
        {
            var reading = CalendarFile.Read(TextFile.Read(file));
            var calendar = reading.Calendar ?? throw Mistakes(file, reading.Problems);
            calendars[calendar.Name] = calendar;
        }

        return calendars;
    }

    private static IReadOnlyList<NamedDays> OfficialSurveys(string file)
    {
        if (!File.Exists(file)) return [];
        var reading = OfficialSurveysFile.Read(TextFile.Read(file));
        return reading.Surveys ?? throw Mistakes(file, reading.Problems);
    }

    private static InvalidDataException Mistakes(string file, IReadOnlyList<CalendarProblem> problems)
        => new($"{file}: {string.Join(' ', problems.Select(problem => problem.Describe(Words.Culture)))}");
}
