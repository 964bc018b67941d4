using System.Text;
using Microsoft.AspNetCore.Http;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>The few answers that a carrier gets.</summary>
internal static class WebhookAnswer
{
    internal static Task PlainAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        var words = status switch
        {
            StatusCodes.Status403Forbidden => "forbidden"u8,
            StatusCodes.Status413PayloadTooLarge => "too large"u8,
            StatusCodes.Status503ServiceUnavailable => "try again"u8,
            _ => "bad request"u8,
        };
        return WriteAsync(context.Response, words);
    }

    internal static Task NothingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    internal static Task TwiMlAsync(HttpContext context, string document)
    {
        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var length = Encoding.UTF8.GetByteCount(document);
        context.Response.ContentLength = length;
        Encoding.UTF8.GetBytes(document, context.Response.BodyWriter.GetSpan(length));
        context.Response.BodyWriter.Advance(length);
        return Task.CompletedTask; // The server flushes what the pipe holds at the end of the request.
    }

    private static Task WriteAsync(HttpResponse response, ReadOnlySpan<byte> words)
    {
        response.ContentLength = words.Length;
        words.CopyTo(response.BodyWriter.GetSpan(words.Length));
        response.BodyWriter.Advance(words.Length);
        return Task.CompletedTask;
    }
}
