using System.Net;
using System.Text.RegularExpressions;

namespace SurveyDialer.EndToEnd;

/// <summary>A clerk's pages without a browser: sends their forms with what stands in them, and counts what she had to say herself.</summary>
internal sealed partial class ClerkPage(HttpClient http)
{
    internal string Html { get; private set; } = "";

    internal Uri Address { get; private set; } = new("/", UriKind.Relative);

    /// <summary>Fields that she filled in or changed, and buttons of a choice; what was filled in for her counts not.</summary>
    internal List<string> Decisions { get; } = [];

    /// <summary>The words of the page, without its tags.</summary>
    internal string Text => Spaces.Replace(WebUtility.HtmlDecode(Tags.Replace(Html[Math.Max(0, Html.IndexOf("<main", StringComparison.Ordinal))..], " ")), " ");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form { get; }

    [GeneratedRegex("<(?:input|textarea)\\b([^>]*)>([^<]*)")]
    private static partial Regex Input { get; }

    [GeneratedRegex("<select\\b[^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Select { get; }

    [GeneratedRegex("<option value=\"([^\"]*)\"( selected)?")]
    private static partial Regex Option { get; }

    [GeneratedRegex("([a-zA-Z-]+)(?:=\"([^\"]*)\")?")]
    private static partial Regex Attribute { get; }

    internal async Task OpenAsync(string address)
    {
        using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        await ShowAsync(answer);
    }

    /// <summary>Sends a form of the page.</summary>
    /// <param name="handler">Which one.</param>
    /// <param name="said">What she says; a field said as it stood there was no decision.</param>
    internal async Task SendAsync(string handler, params (string Name, string Value)[] said)
    {
        var (action, fields) = Read(handler);
        foreach (var (name, value) in said)
        {
            if (fields.GetValueOrDefault(name) != value) Decisions.Add(name);
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri(action, UriKind.Relative), content, Cancellation);
        await ShowAsync(answer);
    }

    internal async Task UploadAsync(string file)
    {
        var (action, fields) = Read("File");
        Decisions.Add("list");
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(await File.ReadAllBytesAsync(file, Cancellation)), "list", Path.GetFileName(file));
        using var answer = await http.PostAsync(new Uri(action, UriKind.Relative), content, Cancellation);
        await ShowAsync(answer);
    }

    /// <summary>The fields of a form as they stand on the page.</summary>
    internal (string Action, Dictionary<string, string> Fields) Read(string handler)
    {
        var form = Form.Matches(Html).Select(match => match.Value).First(html => html[..html.IndexOf('>', StringComparison.Ordinal)].Contains($"handler={handler}\"", StringComparison.Ordinal)
            || html[..html.IndexOf('>', StringComparison.Ordinal)].Contains($"handler={handler}&", StringComparison.Ordinal));
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Input.Matches(form))
        {
            var attributes = Attribute.Matches(match.Groups[1].Value).DistinctBy(found => found.Groups[1].Value).ToDictionary(found => found.Groups[1].Value, found => WebUtility.HtmlDecode(found.Groups[2].Value), StringComparer.Ordinal);
            var type = attributes.GetValueOrDefault("type");
            if (!attributes.TryGetValue("name", out var name) || type == "file" || (type is "radio" or "checkbox" && !attributes.ContainsKey("checked"))) continue;
            fields[name] = attributes.GetValueOrDefault("value") ?? WebUtility.HtmlDecode(match.Groups[2].Value);
        }

        foreach (Match match in Select.Matches(form))
        {
            var options = Option.Matches(match.Groups[2].Value);
            fields[WebUtility.HtmlDecode(match.Groups[1].Value)] = (options.FirstOrDefault(option => option.Groups[2].Success) ?? options[0]).Groups[1].Value;
        }

        return (WebUtility.HtmlDecode(Regex.Match(form, "action=\"([^\"]*)\"").Groups[1].Value), fields);
    }

    private async Task ShowAsync(HttpResponseMessage answer)
    {
        Html = await answer.Content.ReadAsStringAsync(Cancellation);
        Address = answer.RequestMessage!.RequestUri!;
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{Address}: {answer.StatusCode} {Html}");
    }
}
