namespace SurveyDialer.App.Web;

/// <summary>The session of a door in one browser. Out of reach of scripts, and sent only with requests that come from our own pages.</summary>
internal static class DoorCookie
{
    internal const string Name = "door";

    private static readonly TimeSpan Age = TimeSpan.FromDays(400);

    /// <summary>Null where there is none.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[Name];

    public static void Keep(HttpContext context, string session) => context.Response.Cookies.Append(Name, session, Options(context, Age));

    public static void Forget(HttpContext context) => context.Response.Cookies.Append(Name, "", Options(context, TimeSpan.Zero));

    private static CookieOptions Options(HttpContext context, TimeSpan age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, MaxAge = age, Path = "/", Secure = context.Request.IsHttps,
    };
}
