using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Dangers;

/// <summary>Danger that callers reported, on top of every page of those who have to see to it.</summary>
internal sealed record DangerView(IReadOnlyList<DangerNotice> Unseen, DateTimeOffset Now)
{
    /// <summary>Which notices a page shows: while these stay the same, it is left alone and nothing is read aloud again.</summary>
    public string Signature => string.Join('-', Unseen.Select(notice => notice.Id));

    public static DangerView Of(DangerDesk desk, DateTimeOffset now) => new(desk.Unseen(), now);

    /// <summary>
    /// Whether a page begins with them: not where somebody may be on the line, who has reported it herself, and not where nothing may be readable.
    /// </summary>
    public static bool BelongsOn(HttpContext context)
        => context.Visitor().Has(PageRight.Danger) && !IsUnder(context, "/interview") && !IsUnder(context, "/errors");

    /// <summary>Where the visitor is, to come back to; also when only this part of the page was asked for.</summary>
    public static string Here(HttpContext context)
    {
        var open = Uri.TryCreate(context.Request.Headers["HX-Current-URL"], UriKind.Absolute, out var page) ? page.PathAndQuery : context.Request.Path + context.Request.QueryString;
        // What a form was sent to may answer to nothing but forms.
        return open.Contains("handler=", StringComparison.OrdinalIgnoreCase) ? open[..open.IndexOf('?', StringComparison.Ordinal)] : open;
    }

    private static bool IsUnder(HttpContext context, string place) => context.Request.Path.StartsWithSegments(place, StringComparison.OrdinalIgnoreCase);

    public string Time(DangerNotice notice) => Show.Time(notice.At, Show.Zone(notice.TimeZone), Now);
}
