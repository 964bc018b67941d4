using SurveyDialer.App.Web;
using SurveyDialer.FollowUps;

namespace SurveyDialer.App.Pages.AreaVisits;

/// <summary>Words reported without contact that wait to be written down without names. Shows none of them, and nobody.</summary>
[Needs(PageRight.FollowUp)]
internal sealed class WordsModel(AreaWordsQueries queries, CaseQueries cases) : SurveyPage("AreaVisits")
{
    private const int Most = 100;

    public IReadOnlyList<AreaWordsItem> Items { get; private set; } = [];

    public long Total { get; private set; }

    public long Expired { get; private set; }

    /// <summary>Cases whose recording waits.</summary>
    public long Cases { get; private set; }

    public void OnGet()
    {
        Title = T["WordsTitle"];
        (Items, Total, Expired, Cases) = (queries.List(Most), queries.CountWaiting(), queries.CountExpired(), cases.CountToWriteDown());
        if (Items.Count == 0)
        {
            NextIs(T["WordsNext_None"]);
            return;
        }

        var first = Items[0];
        if (Items.Where(item => item.SafeUntil is not null).MinBy(item => item.SafeUntil) is not { SafeUntil: { } until } urgent) NextIs(T["WordsNext", Total], T["OpenIt"], Address(first));
        else if (until > Now.ToUnixTimeMilliseconds()) NextIs(T["WordsNext_By", Total, Show.Day(until, Show.Zone(urgent.TimeZone), Now)], T["OpenIt"], Address(first));
        else NextIs(T["WordsNext_Late", Total], T["OpenIt"], Address(urgent));
    }

    private static string Address(AreaWordsItem item) => $"/area-visits/words/{item.Id}";
}
