using System.Collections.Concurrent;
using System.Globalization;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Web;

/// <summary>Names of topics and languages, as the campaign's own template has them.</summary>
internal sealed class TopicWords(CampaignQueries campaigns)
{
    private readonly ConcurrentDictionary<long, IReadOnlyList<Topic>> known = new();

    /// <summary>The name of a topic in the visitor's language.</summary>
    /// <param name="topic">As stored; null: the resident did not come to it.</param>
    public string Name(long campaign, string? topic)
    {
        if (topic is null) return PageWords.Common["Topic_none"];
        if (PageWords.Common.Find($"Topic_{topic}") is { } common) return common;
        var text = Topics(campaign).FirstOrDefault(known => known.Id == topic)?.Text;
        return text?.Find(PageLanguage.Current) ?? text?.FirstOrDefault().Value ?? topic;
    }

    /// <summary>Whether matters of a topic are about the work of a unit, which must never learn who spoke.</summary>
    public bool ConcernsUnit(long campaign, string? topic) => Topics(campaign).Any(known => known.Id == topic && known.Concerns.Count > 0);

    /// <summary>The name of a language; a dialect by its own tag.</summary>
    public static string Language(string tag) => PageWords.Common.Find($"Language_{tag}") ?? Languages.Name(tag, CultureInfo.CurrentUICulture);

    private IReadOnlyList<Topic> Topics(long campaign)
        => known.GetOrAdd(campaign, id => campaigns.TemplateJson(id) is { } json ? TemplateJson.Read(json).FollowUp.Topics : []);
}
