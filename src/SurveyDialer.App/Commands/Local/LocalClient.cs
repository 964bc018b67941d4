using System.Net;
using System.Text;
using System.Text.Json;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Commands.Local;

/// <summary>Hands a command to the server that owns the data folder.</summary>
internal static class LocalClient
{
    internal static async Task<LocalAnswer> SendAsync(ServerAddress server, string root, LocalCommand command, CancellationToken cancellation)
    {
        var sheet = new AnswerSheet(command.Language);
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(server.Address), LocalEndpoint.Path));
        request.Headers.Add(LocalEndpoint.KeyHeader, server.Key);
        request.Content = new StringContent(JsonSerializer.Serialize(command, LocalJson.Plain.LocalCommand), Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode != HttpStatusCode.OK) return sheet.Refuse(ExitCodes.Failed, "server_refused", (int)response.StatusCode);
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync(body, LocalJson.Plain.LocalAnswer, cancellation) ?? sheet.Refuse(ExitCodes.Failed, "server_refused", 200);
        }
        catch (HttpRequestException)
        {
            return sheet.Refuse(ExitCodes.FolderInUse, "server_unreachable", root, server.Address);
        }
        catch (JsonException)
        {
            return sheet.Refuse(ExitCodes.Failed, "server_refused", 200);
        }
    }
}
