using SurveyDialer.People;

namespace SurveyDialer.App.Web;

/// <summary>Who makes the calls at this browser: whose door it is, or, at the machine itself, the name that was typed, which is kept in a cookie.</summary>
internal static class CallerName
{
    private const string Cookie = "caller";

    /// <summary>The name that was typed; null where nobody has said one.</summary>
    public static string? Of(HttpContext context) => PersonName.Clean(context.Request.Cookies[Cookie]);

    /// <summary>Null where a name has to be asked for.</summary>
    public static string? Calling(HttpContext context) => context.Visitor() is { ByDoor: true } visitor ? visitor.Name : Of(context);

    public static void Keep(HttpContext context, string name) => context.Response.Cookies.Append(Cookie, name, Options(context, TimeSpan.FromDays(31)));

    public static void Forget(HttpContext context) => context.Response.Cookies.Append(Cookie, "", Options(context, TimeSpan.Zero));

    private static CookieOptions Options(HttpContext context, TimeSpan age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, MaxAge = age, Path = "/", Secure = context.Request.IsHttps,
    };
}
