using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SurveyDialer.App.Web;

/// <summary>
/// Says aloud what a table's parts are. On telephones tables are shown as cards, and browsers take the meaning of a table away from what is no
/// longer displayed as one.
/// </summary>
[HtmlTargetElement("table")]
[HtmlTargetElement("thead")]
[HtmlTargetElement("tbody")]
[HtmlTargetElement("tr")]
[HtmlTargetElement("th")]
[HtmlTargetElement("td")]
public sealed class TableRoles : TagHelper
{
    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Attributes.ContainsName("role")) return;
        output.Attributes.SetAttribute("role", output.TagName switch
        {
            "table" => "table",
            "thead" or "tbody" => "rowgroup",
            "tr" => "row",
            "th" when output.Attributes["scope"]?.Value?.ToString() == "row" => "rowheader",
            "th" => "columnheader",
            _ => "cell",
        });
    }
}
