using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace SurveyDialer.Benchmarks;

/// <summary>A caller at a desk telephone who sends the forms of the page as her browser does, and how long she waits each time.</summary>
internal sealed partial class DeskCaller
{
    private const int MostTurns = 60;

    private readonly HttpClient browser;
    private string html = "";

    private DeskCaller(HttpClient browser) => this.browser = browser;

    /// <summary>From an answer to the next question on the screen, in milliseconds, in the order of the answers.</summary>
    internal List<double> Turns { get; } = [];

    /// <summary>From asking for the next respondent until one is there, in milliseconds.</summary>
    internal List<double> Next { get; } = [];

    [GeneratedRegex("name=\"(form-token|attempt|fence|turn)\"[^>]*?value=\"([^\"]*)\"")]
    private static partial Regex Field { get; }

    internal static async Task<DeskCaller> SignInAsync(HttpClient browser, string name)
    {
        var caller = new DeskCaller(browser) { html = await browser.GetStringAsync(new Uri("/interview", UriKind.Relative)) };
        await caller.SendAsync("Name", ("name", name));
        return caller;
    }

    /// <summary>Takes a respondent, dials, somebody answers, and gives the first answer to everything.</summary>
    internal async Task InterviewAsync()
    {
        Next.Add(await SendAsync("Next"));
        await SendAsync("Dial");
        await SendAsync("Turn", ("key", "answered"));
        if (!IsAsking) throw new InvalidOperationException("Nobody was reached: " + html);
        for (var turn = 0; IsAsking; turn++)
        {
            if (turn == MostTurns) throw new InvalidOperationException("The interview did not end: " + html);
            Turns.Add(await EnterAsync());
        }
    }

    private bool IsAsking => html.Contains("id=\"asked\"", StringComparison.Ordinal);

    private Task<double> EnterAsync()
    {
        if (html.Contains("id=\"words\"", StringComparison.Ordinal)) return SendAsync("Turn", ("key", "words"), ("words", "村口没有路灯"));
        return html.Contains("name=\"chosen\"", StringComparison.Ordinal) ? SendAsync("Turn", ("key", "several"), ("chosen", "1")) : SendAsync("Turn", ("key", "1"));
    }

    private async Task<double> SendAsync(string handler, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/interview?handler={handler}");
        request.Headers.Add("HX-Request", "true");
        var hidden = Field.Matches(html).DistinctBy(match => match.Groups[1].Value).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        request.Content = new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        var started = Stopwatch.GetTimestamp();
        using var answer = await browser.SendAsync(request);
        html = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
