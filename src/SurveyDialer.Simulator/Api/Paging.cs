using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SurveyDialer.Simulator.Api;

/// <summary>Twilio's lists: newest first, 50 a page unless asked for up to 1,000; a page token stays right while new items come in.</summary>
internal static class Paging
{
    /// <param name="name">The key of the list, such as <c>calls</c>.</param>
    /// <param name="items">Newest first, filtered.</param>
    /// <param name="index">Place of an item in the order of creation.</param>
    public static RestAnswer Page<T>(HttpContext context, string name, IEnumerable<T> items, Func<T, int> index, Action<Utf8JsonWriter, T> write)
    {
        var query = context.Request.Query;
        var size = query.TryGetValue("PageSize", out var asked) && int.TryParse(asked.ToString(), NumberStyles.None, null, out var wanted) ? wanted : 50;
        if (size is < 1 or > 1000)
            return RestAnswer.Error(400, 20007, "Page size must be between 1 and 1000");
        var page = int.TryParse(query["Page"].ToString(), NumberStyles.None, null, out var number) ? number : 0;
        var token = query["PageToken"].ToString();
        var below = token.StartsWith("PA", StringComparison.Ordinal) && int.TryParse(token.AsSpan(2), NumberStyles.None, null, out var last) ? last : int.MaxValue;
        var rest = items.Where(item => index(item) < below);
        var shown = (below == int.MaxValue ? rest.Skip(page * size) : rest).Take(size + 1).ToList();
        var more = shown.Count > size;
        if (more)
            shown.RemoveAt(size);

        var path = context.Request.Path.Value ?? "";
        var filters = string.Concat(query.Where(static pair => pair.Key is not ("Page" or "PageSize" or "PageToken"))
            .Select(static pair => $"&{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}"));
        string At(int p, string suffix) => string.Create(CultureInfo.InvariantCulture, $"{path}?PageSize={size}&Page={p}{filters}{suffix}");
        return new RestAnswer(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray(name);
            foreach (var item in shown)
                write(json, item);
            json.WriteEndArray();
            json.WriteNumber("page", page);
            json.WriteNumber("page_size", size);
            json.WriteNumber("start", page * size);
            json.WriteNumber("end", (page * size) + Math.Max(0, shown.Count - 1));
            json.WriteString("first_page_uri", At(0, ""));
            json.WriteString("next_page_uri", more ? At(page + 1, $"&PageToken=PA{index(shown[^1]).ToString(CultureInfo.InvariantCulture)}") : null);
            json.WriteString("previous_page_uri", page > 0 ? At(page - 1, "") : null);
            json.WriteString("uri", path + context.Request.QueryString);
            json.WriteEndObject();
        });
    }

    /// <summary>Whether a date meets the filters <c>NAME</c> (that day), <c>NAME&lt;</c> and <c>NAME&gt;</c> (dates or times, both inclusive).</summary>
    public static bool Fits(IQueryCollection query, string name, DateTimeOffset? date)
    {
        if (query.TryGetValue(name, out var on) && !(Read(on.ToString()) is { } day && date is { } that && that >= day && that < day.AddDays(1)))
            return false;
        if (query.TryGetValue(name + "<", out var until) && !(Read(until.ToString()) is { } last && date is { } before && before <= last))
            return false;
        return !query.TryGetValue(name + ">", out var from) || (Read(from.ToString()) is { } first && date is { } after && after >= first);
    }

    private static DateTimeOffset? Read(string text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
