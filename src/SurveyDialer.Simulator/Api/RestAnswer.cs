using System.Text.Json;

namespace SurveyDialer.Simulator.Api;

/// <summary>What a REST request is answered, before a fault may spoil it.</summary>
internal sealed record RestAnswer(int Status, Action<Utf8JsonWriter>? Write = null, int Code = 0, string Message = "", byte[]? Wav = null)
{
    public static readonly RestAnswer Gone = new(204);

    public static readonly RestAnswer NotFound = Error(404, 20404, "The requested resource was not found");

    public static RestAnswer Error(int status, int code, string message) => new(status, Code: code, Message: message);
}
