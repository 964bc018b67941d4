using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace SurveyDialer.App.Web;

/// <summary>
/// Answers only to the listener's own names, so that a foreign name that points here (DNS rebinding) gets nothing. At the machine itself the names
/// that it has for others do not count: others may decide where those point.
/// </summary>
internal sealed class HostCheck(RequestDelegate next, IOptions<SurveyPagesOptions> options)
{
    private readonly HashSet<string> hosts = new(options.Value.Hosts, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> names = new(options.Value.Lan?.Names ?? [], StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if ((DoorAccess.IsAtTheMachine(context.Connection) ? hosts : names).Contains(context.Request.Host.Host)) return next(context);
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("This address is not one of this server's names. 请用本机给出的地址打开。", context.RequestAborted);
    }
}

/// <summary>Forms are small; an endpoint that takes files declares its own limit (<c>RequestSizeLimit</c>).</summary>
internal static class UploadLimit
{
    /// <summary>Largest body of a request, in bytes, where an endpoint declares no other.</summary>
    public const long Bytes = 1_000_000;

    /// <summary>Before routing, which then sets what the endpoint declares.</summary>
    public static Task Set(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = Bytes;
        return next(context);
    }
}

/// <summary>Headers of every answer: nothing from elsewhere, no inline script or style, no framing, nothing kept by caches in between.</summary>
internal static class SecurityHeaders
{
    /// <summary>Bootstrap draws its arrows as <c>data:</c> images.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Written last, since an error page begins with cleared headers.</summary>
    public static Task Add(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            Write(context.Response.Headers);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (!headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal)) headers.CacheControl = "no-store";
    }
}
