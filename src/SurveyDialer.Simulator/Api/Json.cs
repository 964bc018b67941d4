using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SurveyDialer.Simulator.Calls;
using SurveyDialer.Simulator.Texts;

namespace SurveyDialer.Simulator.Api;

/// <summary>Twilio's JSON: snake_case, dates RFC 2822, numbers as strings.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task SendAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        await using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=utf-8";
        context.Response.ContentLength = buffer.WrittenCount;
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext context, int status, int code, string message) => SendAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        json.WriteString("more_info", $"https://www.twilio.com/docs/errors/{code.ToString(CultureInfo.InvariantCulture)}");
        json.WriteNumber("status", status);
        json.WriteEndObject();
    });

    public static void Call(Utf8JsonWriter json, SimulatedCall call, CallState state)
    {
        var order = call.Order;
        var uri = $"/2010-04-01/Accounts/{call.AccountSid}/Calls/{call.Sid}";
        var answered = state == CallState.Completed && call.Answered is not null;
        json.WriteStartObject();
        json.WriteString("sid", call.Sid);
        json.WriteString("date_created", CallFields.Date(call.Created));
        json.WriteString("date_updated", CallFields.Date(call.Updated));
        json.WriteString("parent_call_sid", call.ParentSid);
        json.WriteString("account_sid", call.AccountSid);
        json.WriteString("to", order.To);
        json.WriteString("to_formatted", order.To);
        json.WriteString("from", order.From);
        json.WriteString("from_formatted", order.From);
        json.WriteNull("phone_number_sid");
        json.WriteString("status", state == CallState.Initiated ? "queued" : SimulatedCall.Word(state));
        Date(json, "start_time", state is CallState.Queued or CallState.Initiated ? null : call.Started);
        Date(json, "end_time", state >= CallState.Completed ? call.Ended : null);
        json.WriteString("duration", answered ? call.Duration.ToString(CultureInfo.InvariantCulture) : state >= CallState.Completed ? "0" : null);
        json.WriteString("price", answered ? string.Create(CultureInfo.InvariantCulture, $"-{(call.Duration + 59) / 60 * 0.02m:0.00000}") : null);
        json.WriteString("price_unit", "USD");
        json.WriteString("direction", call.Direction);
        json.WriteString("answered_by", call.AnsweredBy);
        json.WriteString("api_version", "2010-04-01");
        json.WriteNull("forwarded_from");
        json.WriteNull("group_sid");
        json.WriteNull("caller_name");
        json.WriteString("queue_time", call.QueueTime ?? "0");
        json.WriteNull("trunk_sid");
        json.WriteString("uri", uri + ".json");
        json.WriteStartObject("subresource_uris");
        foreach (var (name, path) in SubResources)
            json.WriteString(name, uri + path);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Text(Utf8JsonWriter json, SimulatedText text, string accountSid)
    {
        var uri = $"/2010-04-01/Accounts/{accountSid}/Messages/{text.Sid}";
        json.WriteStartObject();
        json.WriteString("body", text.Body);
        json.WriteString("num_segments", text.Segments.ToString(CultureInfo.InvariantCulture));
        json.WriteString("direction", text.Direction);
        json.WriteString("from", text.From);
        json.WriteString("to", text.To);
        json.WriteString("date_updated", CallFields.Date(text.Updated));
        json.WriteNull("price");
        if (text.ErrorCode == 0)
        {
            json.WriteNull("error_code");
            json.WriteNull("error_message");
        }
        else
        {
            json.WriteNumber("error_code", text.ErrorCode);
            json.WriteString("error_message", text.ErrorCode == 30005 ? "Unknown destination handset" : "Unreachable destination handset");
        }

        json.WriteString("uri", uri + ".json");
        json.WriteString("account_sid", accountSid);
        json.WriteString("num_media", "0");
        json.WriteString("status", text.Status);
        json.WriteNull("messaging_service_sid");
        json.WriteString("sid", text.Sid);
        Date(json, "date_sent", text.Sent);
        json.WriteString("date_created", CallFields.Date(text.Created));
        json.WriteString("price_unit", "USD");
        json.WriteString("api_version", "2010-04-01");
        json.WriteStartObject("subresource_uris");
        json.WriteString("media", uri + "/Media.json");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Recording(Utf8JsonWriter json, Recording recording, string accountSid, DateTimeOffset now)
    {
        var uri = $"/2010-04-01/Accounts/{accountSid}/Recordings/{recording.Sid}";
        var ready = recording.ReadyAt is { } at && at <= now;
        json.WriteStartObject();
        json.WriteString("account_sid", accountSid);
        json.WriteString("api_version", "2010-04-01");
        json.WriteString("call_sid", recording.CallSid);
        json.WriteNull("conference_sid");
        Date(json, "date_created", recording.Created);
        Date(json, "date_updated", recording.Created);
        Date(json, "start_time", recording.Created);
        json.WriteString("duration", ready ? recording.Seconds.ToString(CultureInfo.InvariantCulture) : "-1");
        json.WriteString("sid", recording.Sid);
        json.WriteNull("price");
        json.WriteString("price_unit", "USD");
        json.WriteString("status", ready ? "completed" : recording.ReadyAt is null ? "absent" : "processing");
        json.WriteNumber("channels", 1);
        json.WriteString("source", recording.Source);
        json.WriteNull("error_code");
        json.WriteString("uri", uri + ".json");
        json.WriteNull("encryption_details");
        json.WriteStartObject("subresource_uris");
        json.WriteString("transcriptions", uri + "/Transcriptions.json");
        json.WriteString("add_on_results", uri + "/AddOnResults.json");
        json.WriteEndObject();
        json.WriteNull("media_url");
        json.WriteEndObject();
    }

    private static readonly (string Name, string Path)[] SubResources =
    [
        ("events", "/Events.json"), ("notifications", "/Notifications.json"), ("payments", "/Payments.json"), ("recordings", "/Recordings.json"),
        ("siprec", "/Siprec.json"), ("streams", "/Streams.json"), ("transcriptions", "/Transcriptions.json"),
        ("user_defined_message_subscriptions", "/UserDefinedMessageSubscriptions.json"), ("user_defined_messages", "/UserDefinedMessages.json"),
    ];

    private static void Date(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } date)
            json.WriteString(name, CallFields.Date(date));
        else
            json.WriteNull(name);
    }
}
