using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Pages.Errors;

/// <summary>Says what to do when something did not work. Reached for every status of an error, from every kind of request.</summary>
[Needs(PageRight.None)]
[IgnoreAntiforgeryToken]
internal sealed class IndexModel : SurveyPage
{
    private static readonly int[] Known = [400, 403, 404, 413, 500];

    /// <summary>Finds the error in the log; null where there is nothing to find.</summary>
    public string? Reference { get; private set; }

    /// <summary>For whoever looks after the program: what failed, where and when, and nothing of a person; null where nothing failed.</summary>
    public string? Report { get; private set; }

    public void OnGet(int code) => Tell(code);

    public void OnPost(int code) => Tell(code);

    private void Tell(int code)
    {
        var name = Known.Contains(code) ? $"{code}" : "Other";
        Title = T[$"Error_{name}_Title"];
        NextIs(T[$"Error_{name}_Next"]);
        if (code is not (StatusCodes.Status400BadRequest or >= StatusCodes.Status500InternalServerError)) return;
        var reference = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        if (code == StatusCodes.Status500InternalServerError) Reference = reference;
        var version = typeof(IndexModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        Report = $"SurveyDialer {version}\nerror {code}\nid {reference}\nroute {Route()}\ntime {Now.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z\nsystem {RuntimeInformation.OSDescription}";
    }

    /// <summary>The pattern of the address, never its values.</summary>
    private string Route()
    {
        var endpoint = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "-";
    }
}
