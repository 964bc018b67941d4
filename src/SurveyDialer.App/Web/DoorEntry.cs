using SurveyDialer.People;

namespace SurveyDialer.App.Web;

/// <summary>Where the links of doors lead: the key is exchanged for a session and leaves the address, whatever came of it.</summary>
internal static class DoorEntry
{
    /// <summary>Of the endpoint; only GET, so that what merely looks whether a link is alive does not use it up.</summary>
    internal const string Path = "/door/{key}";

    /// <summary>The link of a door.</summary>
    /// <param name="root">Where pages are found.</param>
    internal static Uri Link(Uri root, string key) => new(root, $"/door/{key}");

    internal static async Task EnterAsync(string key, DoorDesk doors, HttpContext context)
    {
        var session = await doors.EnterAsync(key, context.RequestAborted);
        if (session is not null) DoorCookie.Keep(context, session);
        context.Response.Redirect(session is not null ? "/door?tell=entered" : "/door?tell=refused");
    }
}
