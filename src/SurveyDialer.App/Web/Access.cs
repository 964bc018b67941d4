namespace SurveyDialer.App.Web;

/// <summary>What a page or endpoint asks of its visitor.</summary>
internal enum PageRight
{
    /// <summary>Home, errors, language, style sheets: nothing of the survey.</summary>
    None,

    /// <summary>Rounds, states and reasons, jobs; never an answer of one person.</summary>
    Rounds,

    /// <summary>Starting, pausing and closing rounds, running jobs.</summary>
    RunRounds,

    /// <summary>What callers do: interviews at desk telephones, the follow-up list, area visits and the dial pad.</summary>
    FollowUp,

    /// <summary>Exports and results.</summary>
    Results,
}

/// <summary>Declares which right an endpoint asks for. An endpoint that declares none is never served.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsAttribute(PageRight right) : Attribute
{
    /// <summary>The right.</summary>
    public PageRight Right { get; } = right;

    /// <summary>Asked in addition when something is changed (any method but GET and HEAD); the same as <see cref="Right"/> unless said.</summary>
    public PageRight ToChange { get; init; } = right;
}

/// <summary>Who may see what. The one place that decides it.</summary>
internal interface IPageAccess
{
    /// <summary>The visitor's name as it stands in histories and the audit log; null: a stranger.</summary>
    string? NameOf(HttpContext context);

    /// <summary>Whether the visitor has a right.</summary>
    bool Has(HttpContext context, PageRight right);
}

/// <summary>The listener binds this machine only and nobody signs in: whoever sits at it may do everything.</summary>
internal sealed class LocalAccess : IPageAccess
{
    public string? NameOf(HttpContext context) => CallerName.Of(context) ?? (Environment.UserName is { Length: > 0 } name ? name : "local");

    public bool Has(HttpContext context, PageRight right) => true;
}

/// <summary>Asks <see cref="IPageAccess"/> before every endpoint, pages and files alike.</summary>
internal static class AccessCheck
{
    public static async Task Run(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
        {
            await next(context);
            return;
        }

        var access = context.RequestServices.GetRequiredService<IPageAccess>();
        var changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (endpoint.Metadata.GetMetadata<NeedsAttribute>() is { } needs
            && access.Has(context, needs.Right)
            && (!changes || access.Has(context, needs.ToChange)))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
