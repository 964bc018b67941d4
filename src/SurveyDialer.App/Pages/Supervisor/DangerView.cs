using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.Supervisor;

/// <summary>Danger that callers reported, on every page that a supervisor may have open.</summary>
internal sealed record DangerView(IReadOnlyList<DangerNotice> Unseen, DateTimeOffset Now)
{
    /// <summary>Which notices a page shows: while these stay the same, it is left alone and nothing is read aloud again.</summary>
    public string Signature => string.Join('-', Unseen.Select(notice => notice.Id));

    public static DangerView Of(DangerDesk desk, DateTimeOffset now) => new(desk.Unseen(), now);

    public string Time(DangerNotice notice) => Show.Time(notice.At, Show.Zone(notice.TimeZone), Now);
}
