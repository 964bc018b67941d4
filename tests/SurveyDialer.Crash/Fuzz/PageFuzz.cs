using System.Text.RegularExpressions;

namespace SurveyDialer.Crash.Fuzz;

/// <summary>Pages asked for and forms sent with whatever comes to mind, with and without the token that every form carries.</summary>
internal sealed partial class PageFuzz(HttpClient browser, Random random)
{
    private static readonly string[] Places =
    [
        "/", "/campaigns", "/campaigns/{0}", "/campaigns/{0}/respondents", "/cases", "/cases/{0}", "/cases/{0}/sheet", "/area-visits", "/area-visits/{0}", "/area-visits/words", "/area-visits/words/{0}", "/exports", "/jobs",
        "/health", "/dial-pad", "/dial-pad/walk", "/interview", "/language/{0}", "/assets/{0}/{0}", "/errors/{0}", "/{0}", "/campaigns/{0}/respondents/{0}", "/area-visits/{0}/sheet",
        "/exports/progress/{0}", "/new-round", "/new-round/{0}", "/supervisor", "/supervisor/{0}", "/door", "/door/{0}", "/doors",
    ];

    private static readonly string[] Handlers =
    [
        "Pause", "Resume", "Close", "Launch", "Step", "Number", "Write", "Unclear", "Discard", "Visited", "Run", "Download", "Next", "Dial", "Turn", "End", "Sound", "Backup", "Keys", "Answer", "Make", "Revoke",
        "Leave", "Back", "Name", "Urgent", "Columns", "Correct", "File", "Header", "Rejected", "TakeBack", "Template", "Texts", "Stop", "Seen", "Results", "Progress", "{0}",
    ];

    private static readonly string[] Names = ["id", "step", "job", "kind", "campaign", "reason", "keys", "turn", "attempt", "fence", "words", "outcome", "day", "time", "caller", "state", "area", "language", "recording", "template", "position", "back", "page"];

    private string? token;

    /// <summary>One request.</summary>
    internal HttpRequestMessage Make()
    {
        var path = Fill(random.One(Places));
        if (random.Next(2) == 0) path += $"?handler={Fill(random.One(Handlers))}";
        if (random.Next(3) == 0) path += $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{random.One(Names)}={Uri.EscapeDataString(Mutation.Value(random))}";
        if (random.Next(2) == 0) return new HttpRequestMessage(HttpMethod.Get, path);
        var fields = Enumerable.Range(0, random.Next(10)).Select(_ => KeyValuePair.Create(random.One(Names), random.Next(2) == 0 ? $"{random.Next(5)}" : Mutation.Value(random))).ToList();
        if (token is not null && random.Next(4) > 0) fields.Add(KeyValuePair.Create("form-token", token));
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
    }

    /// <summary>Takes the token of a form that the pages handed out, as a browser does.</summary>
    internal async Task OpenAsync(CancellationToken cancellation)
    {
        var page = await browser.GetStringAsync("/jobs", cancellation);
        token = Token().Match(page) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException("No form on the page of jobs.");
    }

    private string Fill(string place) => place.Replace("{0}", random.Next(3) == 0 && Mutation.Value(random) is { Length: < 200 } odd ? Uri.EscapeDataString(odd) : $"{random.Next(4)}", StringComparison.Ordinal);

    [GeneratedRegex("name=\"form-token\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
