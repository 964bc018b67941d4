using SurveyDialer.Campaigns;

namespace SurveyDialer.Fieldwork;

/// <summary>What several SQL texts say of whoever rings us.</summary>
internal static class NumberSql
{
    /// <summary>
    /// The launched rounds <c>c</c> in which the number <c>@index</c> (phone <c>p</c>) stands: the member <c>m</c>, the respondent <c>r</c> and the
    /// township <c>t</c>.
    /// </summary>
    internal const string InRounds = $"""
        FROM phone p
        JOIN respondent_phone rp ON rp.phone_id = p.id
        JOIN respondent r ON r.id = rp.respondent_id
        JOIN sample_member m ON m.respondent_id = r.id
        JOIN campaign c ON c.id = m.campaign_id AND c.launched_at IS NOT NULL
        JOIN area a ON a.id = m.area_id
        JOIN area t ON t.id = {AreaSql.Township}
        WHERE p.number_index = @index
        """;
}
