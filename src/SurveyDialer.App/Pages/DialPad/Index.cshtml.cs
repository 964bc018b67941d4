using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Pages.DialPad;

/// <summary>The questionnaires that can be walked through as a resident would.</summary>
[Needs(PageRight.TryOut)]
internal sealed class IndexModel(TemplateLibrary library) : SurveyPage("DialPad")
{
    /// <summary>Name of the folder and the template; null where the file cannot be used.</summary>
    public IReadOnlyList<(string Id, Template? Template)> Templates { get; private set; } = [];

    public void OnGet()
    {
        Title = T["Title"];
        Templates = [.. library.Ids.Select(id => (id, library.Read(id)?.Template))];
        NextIs(T[Templates.Count == 0 ? "Next_Empty" : "Next_Choose"]);
    }
}
