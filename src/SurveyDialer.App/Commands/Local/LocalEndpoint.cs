using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SurveyDialer.App.Web;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Where commands reach the server that owns the data folder: this machine only, and only with the key from the folder.</summary>
internal static class LocalEndpoint
{
    internal const string Path = "/local/command";

    internal const string KeyHeader = "X-SurveyDialer-Key";

    /// <summary>Maps the endpoint.</summary>
    /// <param name="address">As announced in the folder.</param>
    /// <param name="desk">Carries the commands out.</param>
    internal static void MapLocalCommands(this WebApplication app, ServerAddress address, LocalDesk desk)
    {
        var key = Encoding.UTF8.GetBytes(address.Key);
        // The key is the right: whoever can read it owns the data folder. The pages' own rights are asked of people.
        app.MapPost(Path, context => AnswerAsync(context, key, desk)).WithMetadata(new NeedsAttribute(PageRight.None));
    }

    private static async Task AnswerAsync(HttpContext context, byte[] key, LocalDesk desk)
    {
        if (!DoorAccess.IsAtTheMachine(context.Connection))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!CryptographicOperations.FixedTimeEquals(key, Encoding.UTF8.GetBytes(context.Request.Headers[KeyHeader].ToString())))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        LocalCommand? command;
        try
        {
            command = await JsonSerializer.DeserializeAsync(context.Request.Body, LocalJson.Plain.LocalCommand, context.RequestAborted);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            command = null;
        }

        if (command is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var answer = await desk.RunAsync(command, null, context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, LocalJson.Plain.LocalAnswer, context.RequestAborted);
    }
}
