namespace SurveyDialer.Exports;

/// <summary>The microdata of one round as SQL: what a look into a copy of the database must agree with. Without the weights, which no query works out.</summary>
internal static class MicrodataView
{
    /// <summary>Makes the view <c>microdata</c> for as long as a connection lives: one row an interview, in the order of random ids.</summary>
    internal static string Create(MicrodataLayout layout, long campaignId)
    {
        var columns = layout.Variables.Where(variable => variable.Sql is not null).Select(variable => $"{variable.Sql} AS {variable.Name}");
        return $"""
            CREATE TEMP VIEW microdata AS
            SELECT {string.Join(",\n       ", columns)}
            FROM interview i NOT INDEXED JOIN area a ON a.id = i.area_id LEFT JOIN answer x ON x.interview_id = i.id
            WHERE i.campaign_id = {campaignId} AND i.outcome IN ('complete', 'partial', 'break_off')
            GROUP BY i.id ORDER BY i.id;
            """;
    }
}
