using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.Options;
using SurveyDialer.People;

namespace SurveyDialer.App.Web;

/// <summary>What a page or endpoint asks of its visitor.</summary>
internal enum PageRight
{
    /// <summary>Home, errors, language, style sheets: nothing of the survey.</summary>
    None,

    /// <summary>Anybody but strangers: that something has changed, and which door one came in by.</summary>
    Inside,

    /// <summary>Rounds, states and reasons, jobs; never an answer of one person.</summary>
    Rounds,

    /// <summary>Starting, pausing and closing rounds, running jobs.</summary>
    RunRounds,

    /// <summary>Trying a questionnaire: no resident is in it.</summary>
    TryOut,

    /// <summary>What callers do: interviews at desk telephones, the follow-up list and area visits.</summary>
    FollowUp,

    /// <summary>Looking one number up for a resident who rings the office, with a reason that is written down.</summary>
    Enquire,

    /// <summary>Rounds at a glance, results and exports; no number, not even part of one.</summary>
    Results,

    /// <summary>That danger was reported, by which caller and in which round, and that somebody has seen to it; nothing of what was said.</summary>
    Danger,

    /// <summary>Making and revoking doors, taking the keys: for whoever sits at the machine.</summary>
    Administer,
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

/// <summary>How somebody came in.</summary>
internal enum VisitorKind
{
    Stranger,

    /// <summary>By a door of that kind.</summary>
    Staff,

    Caller,

    Supervisor,

    /// <summary>Sits at the machine itself.</summary>
    Administrator,
}

/// <summary>Who asks.</summary>
/// <param name="Name">As it stands in histories and the audit log; empty for strangers.</param>
internal sealed record Visitor(VisitorKind Kind, string Name)
{
    private static readonly FrozenDictionary<VisitorKind, PageRight[]> Rights = new Dictionary<VisitorKind, PageRight[]>
    {
        [VisitorKind.Stranger] = [PageRight.None],
        [VisitorKind.Staff] = [PageRight.None, PageRight.Inside, PageRight.Rounds, PageRight.RunRounds, PageRight.TryOut, PageRight.Enquire, PageRight.Danger],
        [VisitorKind.Caller] = [PageRight.None, PageRight.Inside, PageRight.FollowUp, PageRight.TryOut, PageRight.Enquire],
        [VisitorKind.Supervisor] = [PageRight.None, PageRight.Inside, PageRight.Results, PageRight.Danger],
        [VisitorKind.Administrator] = Enum.GetValues<PageRight>(),
    }.ToFrozenDictionary();

    public static Visitor Stranger { get; } = new(VisitorKind.Stranger, "");

    /// <summary>Came in by a door, so that the name is that of the door.</summary>
    public bool ByDoor => Kind is VisitorKind.Staff or VisitorKind.Caller or VisitorKind.Supervisor;

    public bool Has(PageRight right) => Rights[Kind].Contains(right);
}

/// <summary>Who may see what. The one place that decides it.</summary>
internal interface IPageAccess
{
    /// <summary>Who sent a request; never null.</summary>
    ValueTask<Visitor> FindAsync(HttpContext context);
}

/// <summary>
/// Without a cookie, whoever sits at this machine (a connection from it to 127.0.0.1) may do everything, unless the settings ask for doors there too.
/// Everybody else needs a door: the cookie of one that is open gives its rights, and any other cookie gives none, at the machine too.
/// </summary>
internal sealed class DoorAccess(DoorDesk doors, IOptions<SurveyPagesOptions> options) : IPageAccess
{
    public async ValueTask<Visitor> FindAsync(HttpContext context)
    {
        if (DoorCookie.Of(context) is { } session)
            return await doors.FindAsync(session, context.RequestAborted) is { } door ? new Visitor(KindOf(door.Kind), door.Person) : Visitor.Stranger;
        return IsAtTheMachine(context.Connection) && !options.Value.DoorsAtTheMachineToo
            ? new Visitor(VisitorKind.Administrator, CallerName.Of(context) ?? (Environment.UserName is { Length: > 0 } name ? name : "local"))
            : Visitor.Stranger;
    }

    /// <summary>The listener for other machines has other addresses, also for this machine's own requests to it.</summary>
    internal static bool IsAtTheMachine(ConnectionInfo connection)
        => IPAddress.Loopback.Equals(connection.LocalIpAddress) && connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);

    private static VisitorKind KindOf(DoorKind kind) => kind switch
    {
        DoorKind.Staff => VisitorKind.Staff,
        DoorKind.Caller => VisitorKind.Caller,
        DoorKind.Supervisor => VisitorKind.Supervisor,
    };
}

/// <summary>Asks <see cref="IPageAccess"/> before every endpoint, pages and files alike.</summary>
internal static class AccessCheck
{
    /// <summary>Who sent the request that is being answered.</summary>
    public static Visitor Visitor(this HttpContext context) => context.Features.Get<Visitor>() ?? Web.Visitor.Stranger;

    public static async Task Run(HttpContext context, RequestDelegate next)
    {
        // An error page is written for the same visitor, also when the reason for it is that nothing can be read.
        if (context.Features.Get<Visitor>() is null)
            context.Features.Set(await context.RequestServices.GetRequiredService<IPageAccess>().FindAsync(context));
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        var visitor = context.Visitor();
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!reads && !HttpMethods.IsPost(context.Request.Method)) context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else if (endpoint.Metadata.GetMetadata<NeedsAttribute>() is { } needs && visitor.Has(needs.Right) && (reads || visitor.Has(needs.ToChange))) await next(context);
        else context.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
