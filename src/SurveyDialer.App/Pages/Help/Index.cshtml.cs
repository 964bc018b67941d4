using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Pages.Help;

/// <summary>Short answers to the questions of a first day.</summary>
[Needs(PageRight.None)]
internal sealed class IndexModel() : SurveyPage("Help")
{
    /// <summary>In the order of a first day; also the keys of their texts.</summary>
    public static IReadOnlyList<string> Topics { get; } = ["first-round", "desk-phone", "follow-up", "what-residents-hear", "privacy", "when-something-fails"];

    public string Topic { get; private set; } = "";

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
