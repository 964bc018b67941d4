namespace SurveyDialer.App.Web;

/// <summary>Who sits at this browser, as she has said herself; kept in a cookie. Until there are door links for named persons, which will take its place.</summary>
internal static class CallerName
{
    /// <summary>Longest name, in characters.</summary>
    public const int Longest = 20;

    private const string Cookie = "caller";

    /// <summary>Null where nobody has said a name.</summary>
    public static string? Of(HttpContext context) => Clean(context.Request.Cookies[Cookie]);

    /// <summary>A name as it stands in histories; null for what is none.</summary>
    public static string? Clean(string? name)
    {
        var plain = string.Join(' ', (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return plain.Length is > 0 and <= Longest && !plain.Any(char.IsControl) ? plain : null;
    }

    public static void Keep(HttpContext context, string name) => context.Response.Cookies.Append(Cookie, name, Options(context, TimeSpan.FromDays(31)));

    public static void Forget(HttpContext context) => context.Response.Cookies.Append(Cookie, "", Options(context, TimeSpan.Zero));

    private static CookieOptions Options(HttpContext context, TimeSpan age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, MaxAge = age, Path = "/", Secure = context.Request.IsHttps,
    };
}
