namespace SurveyDialer.Campaigns;

/// <summary>What several SQL texts say of areas.</summary>
internal static class AreaSql
{
    /// <summary>Id of the township that the area <c>a</c> is or lies in.</summary>
    internal const string Township = "CASE WHEN a.parent_id = 0 THEN a.id ELSE a.parent_id END";
}
