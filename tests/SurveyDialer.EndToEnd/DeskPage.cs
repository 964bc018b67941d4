using System.Net;
using System.Text.RegularExpressions;

namespace SurveyDialer.EndToEnd;

/// <summary>A caller's page without a browser: sends its forms, with what stands in them.</summary>
internal sealed partial class DeskPage(HttpClient http)
{
    /// <summary>What the page shows now.</summary>
    internal string Html { get; private set; } = "";

    internal string Asked => WebUtility.HtmlDecode(Question.Match(Html).Groups[1].Value);

    internal bool IsAsking => Question.IsMatch(Html);

    internal string Number => DialNumber.Match(Html).Groups[1].Value;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [GeneratedRegex("<h2 id=\"asked\"[^>]*>([^<]+)</h2>")]
    private static partial Regex Question { get; }

    [GeneratedRegex("<p class=\"dial-number number\">([^<]+)</p>")]
    private static partial Regex DialNumber { get; }

    [GeneratedRegex("name=\"(form-token|attempt|fence|turn)\"[^>]*?value=\"([^\"]*)\"")]
    private static partial Regex Field { get; }

    internal async Task OpenAsync() => Html = await http.GetStringAsync(new Uri("/interview", UriKind.Relative), Cancellation);

    internal async Task SignInAsync(string name)
    {
        await OpenAsync();
        await SendAsync("Name", ("name", name));
    }

    /// <summary>Takes the next respondent, dials, and somebody answers.</summary>
    internal async Task ReachAsync()
    {
        await SendAsync("Next");
        await SendAsync("Dial");
        await KeyAsync("answered");
    }

    internal Task KeyAsync(string key, params (string, string)[] more) => SendAsync("Turn", [("key", key), .. more]);

    /// <summary>Answers every scale from its far end and everything else with the first option, until the interview is over.</summary>
    /// <param name="consent">Key at the follow-up question, the only one with four options and no "cannot say".</param>
    internal async Task FinishAsync(string consent, string words)
    {
        for (var turn = 0; IsAsking; turn++)
        {
            Assert.True(turn < 40, "The interview did not end.");
            if (Html.Contains("id=\"words\"", StringComparison.Ordinal)) await KeyAsync("words", ("words", words));
            else if (Html.Contains("name=\"chosen\"", StringComparison.Ordinal)) await KeyAsync("several", ("chosen", "1"), ("chosen", "3"));
            else await KeyAsync(Has("98") ? (Has("5") ? "5" : "1") : Has("4") && !Has("5") ? consent : "1");
        }
    }

    private bool Has(string key) => Html.Contains($"name=\"key\" value=\"{key}\"", StringComparison.Ordinal);

    /// <summary>Sends a form of a page as it was shown; the page's own unless said otherwise.</summary>
    internal async Task SendAsync(string handler, (string Name, string Value)[] fields, string? shown = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/interview?handler={handler}");
        request.Headers.Add("HX-Request", "true");
        var hidden = Field.Matches(shown ?? Html).DistinctBy(match => match.Groups[1].Value)
            .Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        request.Content = new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        using var answer = await http.SendAsync(request, Cancellation);
        Html = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{handler}: {answer.StatusCode} {Html}");
    }

    internal Task SendAsync(string handler, params (string Name, string Value)[] fields) => SendAsync(handler, fields, shown: null);
}
