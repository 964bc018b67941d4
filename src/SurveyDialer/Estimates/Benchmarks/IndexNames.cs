using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Estimates;

/// <summary>What indices and composites are called: as the rounds and the sets on disk have them, and the usual ones.</summary>
public static class IndexNames
{
    private static readonly string[] Usual = ["SAFE", "LAW", "ORDER", "AWARE_PA", "AWARE_GANG", "GANG", "MEDIATE", "POLICE", "TRAFFIC", "COURT", "PROC", "JUSTICE", "JOIN_PA"];

    private static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")];

    /// <summary>Tag, or id of a composite, to name; the usual order, then composites, then what only rounds have.</summary>
    public static IReadOnlyDictionary<string, LocalText> All(SqliteConnection connection, IEnumerable<IndexSet> onDisk)
    {
        var names = new Dictionary<string, LocalText>(StringComparer.Ordinal);
        foreach (var tag in Usual) names[tag] = new LocalText(Languages.Select(culture => KeyValuePair.Create(culture.Name, IndexTexts.Say($"tag_{tag}", culture))));
        var sets = connection.Query<string>("SELECT set_json FROM campaign_index_set ORDER BY campaign_id DESC;").Select(IndexSetJson.Read).Concat(onDisk).ToList();
        foreach (var composite in sets.SelectMany(set => set.Composites)) names.TryAdd(composite.Id, composite.Name);
        foreach (var index in sets.SelectMany(set => set.Indices)) names.TryAdd(index.Tag, index.Name);
        return names;
    }

    /// <summary>Tags by everything that an index is called.</summary>
    internal static IReadOnlyDictionary<string, string> ByName(IReadOnlyDictionary<string, LocalText> all)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in all.Keys) tags[tag] = tag;
        foreach (var (tag, names) in all)
        {
            foreach (var (_, name) in names) tags.TryAdd(name, tag);
        }

        return tags;
    }
}
