using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Hosting;

/// <summary>Finds what is delivered beside the executable: templates and calendars.</summary>
internal static class ContentFolders
{
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

    /// <summary>All calendars that come with the templates.</summary>
    /// <exception cref="InvalidDataException">A calendar has mistakes; the message names them.</exception>
    internal static CalendarBook Calendars()
    {
        var calendars = new List<Calendar>();
        foreach (var file in Directory.GetFiles(Path.Combine(Templates(), "calendars"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var reading = CalendarFile.Read(File.ReadAllText(file));
            if (reading.Calendar is not { } calendar)
                throw new InvalidDataException($"{Path.GetFileName(file)}: {string.Join(' ', reading.Problems.Select(problem => problem.Describe(Words.Culture)))}");
            calendars.Add(calendar);
        }

        return new CalendarBook(calendars, []);
    }
}
