using System.Globalization;

namespace SurveyDialer.App.Web;

/// <summary>The language of the pages: Chinese until the visitor asks for English; kept in a cookie.</summary>
internal static class PageLanguage
{
    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "language";

    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>BCP 47 of the page that is being written.</summary>
    public static string Current => IsEnglish ? "en" : "zh-CN";

    /// <summary>Whether the page that is being written is English.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>Only the texts follow the visitor; numbers and times are formatted by <see cref="Show"/>.</summary>
    public static Task Choose(HttpContext context, RequestDelegate next)
    {
        CultureInfo.CurrentUICulture = context.Request.Cookies[Cookie] == "en" ? English : Chinese;
        return next(context);
    }

    /// <summary>Remembers a language and goes back to the page from which it was chosen.</summary>
    public static IResult Switch(HttpContext context, string language, string? back)
    {
        if (language is not ("zh-CN" or "en")) return Results.NotFound();
        context.Response.Cookies.Append(Cookie, language, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, MaxAge = TimeSpan.FromDays(365), Path = "/", Secure = context.Request.IsHttps,
        });
        return Results.LocalRedirect(IsOwnAddress(back) ? back! : "/");
    }

    private static bool IsOwnAddress(string? address)
        => address is { Length: > 0 } && address[0] == '/' && (address.Length == 1 || (address[1] != '/' && address[1] != '\\'));
}
