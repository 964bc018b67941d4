using Microsoft.AspNetCore.Http;

namespace SurveyDialer.Simulator.Calls;

/// <summary>The parameters of a create, with Twilio's defaults.</summary>
internal sealed record CallOrder(string To, string From)
{
    public string? Url { get; init; }

    public string Method { get; init; } = "POST";

    public string? Twiml { get; init; }

    public string? FallbackUrl { get; init; }

    public string FallbackMethod { get; init; } = "POST";

    public string? StatusCallback { get; init; }

    public string StatusMethod { get; init; } = "POST";

    public IReadOnlyList<string> StatusEvents { get; init; } = ["completed"];

    public double Timeout { get; init; } = 60;

    public double TimeLimit { get; init; } = 14_400;

    public string? SendDigits { get; init; }

    /// <summary>Null, <c>Enable</c> or <c>DetectMessageEnd</c>.</summary>
    public string? MachineDetection { get; init; }

    public double DetectionTimeout { get; init; } = 30;

    public bool AsyncAmd { get; init; }

    public string? AmdCallback { get; init; }

    public string AmdMethod { get; init; } = "POST";

    public bool Record { get; init; }

    public string? RecordingCallback { get; init; }

    public string RecordingMethod { get; init; } = "POST";

    public string RecordingEvents { get; init; } = "completed";

    public static CallOrder Read(IFormCollection form) => new(form["To"].ToString(), form["From"].ToString())
    {
        Url = Text(form, "Url"),
        Method = Verb(form, "Method"),
        Twiml = Text(form, "Twiml"),
        FallbackUrl = Text(form, "FallbackUrl"),
        FallbackMethod = Verb(form, "FallbackMethod"),
        StatusCallback = Text(form, "StatusCallback"),
        StatusMethod = Verb(form, "StatusCallbackMethod"),
        StatusEvents = form.TryGetValue("StatusCallbackEvent", out var events) ? [.. events.OfType<string>()] : ["completed"],
        Timeout = Number(form, "Timeout", 60),
        TimeLimit = Number(form, "TimeLimit", 14_400),
        SendDigits = Text(form, "SendDigits"),
        MachineDetection = Text(form, "MachineDetection"),
        DetectionTimeout = Number(form, "MachineDetectionTimeout", 30),
        AsyncAmd = form["AsyncAmd"] == "true",
        AmdCallback = Text(form, "AsyncAmdStatusCallback"),
        AmdMethod = Verb(form, "AsyncAmdStatusCallbackMethod"),
        Record = form["Record"] == "true",
        RecordingCallback = Text(form, "RecordingStatusCallback"),
        RecordingMethod = Verb(form, "RecordingStatusCallbackMethod"),
        RecordingEvents = Text(form, "RecordingStatusCallbackEvent") ?? "completed",
    };

    private static string? Text(IFormCollection form, string name) => form.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    private static string Verb(IFormCollection form, string name)
        => form.TryGetValue(name, out var value) && value.ToString().Equals("GET", StringComparison.OrdinalIgnoreCase) ? "GET" : "POST";

    private static double Number(IFormCollection form, string name, double otherwise)
        => double.TryParse(form[name].ToString(), System.Globalization.NumberStyles.None, null, out var value) ? value : otherwise;
}
