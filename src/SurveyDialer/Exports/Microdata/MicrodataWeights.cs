using SurveyDialer.Estimates;

namespace SurveyDialer.Exports;

/// <summary>The weights of a round's interviews, the same that its published figures use.</summary>
internal sealed class MicrodataWeights
{
    private readonly CellLayout layout;
    private readonly Dictionary<CellKey, (double Base, double Final)> weights = [];

    private MicrodataWeights(CellLayout layout) => this.layout = layout;

    internal static MicrodataWeights Of(ExportSource source)
    {
        var totals = RoundTotals.Read(source.Connection, source.Campaign.Id)!;
        var cells = CellWeights.Of(totals, RoundWish.Of(source.Connection, source.Campaign.Id)!.Population);
        var found = new MicrodataWeights(totals.Layout);
        for (var i = 0; i < totals.Cells.Count; i++) found.weights[totals.Cells[i].Key] = (cells.Base[i], cells.Weights[i]);
        return found;
    }

    /// <summary>Of one interview; null where the totals do not count it yet.</summary>
    /// <param name="answers">As <see cref="MicrodataExport"/> reads them.</param>
    internal (double Base, double Final)? Find(long township, long stratum, string kind, string channel, string answers, long numbers, long careless)
    {
        var profile = new ProfileBuilder(layout);
        if (layout.Demographic.Count > 0)
        {
            foreach (var answer in StrungAnswer.In(answers))
            {
                if (layout.Find(answer.QuestionId) is { } place) profile.Add(place, answer.Keys);
            }
        }

        return weights.TryGetValue(new CellKey(township, stratum, kind, channel, profile.ToString(), numbers, careless), out var weight) ? weight : null;
    }
}
