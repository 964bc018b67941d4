using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Web;

/// <summary>How recordings are sent to a browser's player, and how their length is written.</summary>
internal static class Sound
{
    /// <summary>Whether a request begins at the beginning; a player that is moved asks for a later part.</summary>
    public static bool FromStart(HttpRequest request) => request.GetTypedHeaders().Range?.Ranges.All(range => range.From is 0) ?? true;

    /// <summary>The whole sound or the parts asked for; the readable copy is wiped once it is sent. No cache keeps any of it.</summary>
    public static IActionResult Answer(HttpContext context, RecordingSound sound)
    {
        context.Response.OnCompleted(() =>
        {
            CryptographicOperations.ZeroMemory(sound.Audio);
            return Task.CompletedTask;
        });
        context.Response.Headers.CacheControl = "no-store";
        return new FileContentResult(sound.Audio, sound.ContentType) { EnableRangeProcessing = true };
    }

    /// <summary>Minutes and seconds: 0:23.</summary>
    public static string Length(long seconds) => $"{seconds / 60}:{seconds % 60:00}";
}
