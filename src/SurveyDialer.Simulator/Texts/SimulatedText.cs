namespace SurveyDialer.Simulator.Texts;

/// <summary>One message, to or from a resident.</summary>
internal sealed class SimulatedText(string sid, string from, string to, string body, int ordinal, DateTimeOffset created)
{
    public Lock Gate { get; } = new();

    public string Sid => sid;

    public string From => from;

    public string To => to;

    public string Body { get; set; } = body;

    /// <summary>Which text to this number it is, from 1.</summary>
    public int Ordinal => ordinal;

    public int Index { get; set; }

    public string Direction { get; init; } = "outbound-api";

    public string? StatusCallback { get; init; }

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Updated { get; set; } = created;

    public DateTimeOffset? Sent { get; set; }

    public string Status { get; set; } = "queued";

    public int ErrorCode { get; set; }

    public bool Deleted { get; set; }

    public bool SentReported { get; set; }

    /// <summary>Chinese texts: 70 characters alone, 67 a part; others 160 and 153.</summary>
    public int Segments
    {
        get
        {
            var wide = Body.Any(static character => character > 127);
            var (alone, part) = wide ? (70, 67) : (160, 153);
            return Body.Length <= alone ? 1 : (Body.Length + part - 1) / part;
        }
    }
}
