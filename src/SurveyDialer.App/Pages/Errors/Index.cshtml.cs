using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Pages.Errors;

/// <summary>Says what to do when something did not work. Reached for every status of an error, from every kind of request.</summary>
[Needs(PageRight.None)]
[IgnoreAntiforgeryToken]
internal sealed class IndexModel : SurveyPage
{
    private static readonly int[] Known = [400, 403, 404, 500];

    /// <summary>Finds the error in the log; null where there is nothing to find.</summary>
    public string? Reference { get; private set; }

    public void OnGet(int code) => Tell(code);

    public void OnPost(int code) => Tell(code);

    private void Tell(int code)
    {
        var name = Known.Contains(code) ? $"{code}" : "Other";
        Title = T[$"Error_{name}_Title"];
        NextIs(T[$"Error_{name}_Next"]);
        if (code == StatusCodes.Status500InternalServerError) Reference = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
    }
}
