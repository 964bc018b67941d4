using System.Globalization;

namespace SurveyDialer.Questionnaires.Tests;

public sealed class ShippedTemplatesTests
{
    [Theory]
    [InlineData("short-keys")]
    [InlineData("standard")]
    [InlineData("text")]
    public void Shipped_template_passes_the_check_without_a_finding(string id)
    {
        var findings = TemplateCheck.Check(Shipped.Reading(id));
        Assert.True(findings.Count == 0, string.Join('\n', findings.Select(f => f.InWords(CultureInfo.GetCultureInfo("en")))));
        Assert.Equal(id, Shipped.Template(id).Id);
    }
}
