using SurveyDialer.Campaigns;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Estimates;

/// <summary>What the product comes with.</summary>
internal static class Shipped
{
    internal static string Folder => Path.Combine(SourceTree.Root, "campaign-templates");

    internal static IndexSetLibrary Library => new([Folder]);

    internal static Template Template(string id) => TemplateLibrary.ReadFile(Path.Combine(Folder, id, "template.yaml")).Template!;
}
