using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Pages.Help;

/// <summary>Short answers to the questions of a first day.</summary>
[Needs(PageRight.None)]
internal sealed class IndexModel() : SurveyPage("Help")
{
    /// <summary>In the order of a first day; also the keys of their texts.</summary>
    public static IReadOnlyList<string> Topics { get; } = ["first-round", "desk-phone", "follow-up", "notices", "what-residents-hear", "pause-and-end", "supervisor", "other-computers", "privacy", "backup-and-keys", "when-something-fails"];

    /// <summary>Where somebody is, and what is asked there first; the longer address before the shorter.</summary>
    private static readonly (string Place, string Topic)[] Places =
    [
        ("/new-round", "first-round"), ("/calculator", "first-round"), ("/interview", "desk-phone"), ("/cases", "follow-up"), ("/area-visits", "follow-up"), ("/supervisor", "supervisor"), ("/results", "supervisor"),
        ("/outcomes", "supervisor"), ("/reports", "supervisor"), ("/exports", "supervisor"), ("/doors", "other-computers"), ("/door", "other-computers"), ("/health", "backup-and-keys"), ("/jobs", "when-something-fails"),
        ("/errors", "when-something-fails"), ("/dial-pad", "what-residents-hear"), ("/campaigns", "pause-and-end"),
    ];

    public string Topic { get; private set; } = "";

    /// <summary>The help that fits the page at an address.</summary>
    public static string AddressFor(string here)
    {
        if (here.StartsWith("/campaigns/", StringComparison.Ordinal) && here.EndsWith("/notices", StringComparison.Ordinal)) return "/help/notices";
        var known = Array.FindIndex(Places, place => here.StartsWith(place.Place, StringComparison.Ordinal));
        return known < 0 ? "/help" : $"/help/{Places[known].Topic}";
    }

    public IReadOnlyList<string> Lines { get; private set; } = [];

    public IActionResult OnGet(string? topic)
    {
        if (topic is not null && !Topics.Contains(topic, StringComparer.Ordinal)) return NotFound();
        Topic = topic ?? Topics[0];
        Lines = T[$"{Topic}_Text"].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Title = T["Title"];
        NextIs(T["Next"]);
        return Page();
    }
}
