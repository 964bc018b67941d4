using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Fieldwork;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Pages.NewRound;

/// <content>The fifth step: who is called.</content>
internal sealed partial class IndexModel
{
    /// <summary>Strata shown; a county has more with languages.</summary>
    public const int StrataShown = 40;

    /// <summary>What the plan would draw now; null where everybody is called.</summary>
    public SampleOutlook? Outlook { get; private set; }

    /// <summary>The plan that is chosen, or what it would be by default.</summary>
    public SamplePlan Sampling => Plan.Sample ?? new SamplePlan();

    /// <summary>People of the lists, or those of them who would be drawn.</summary>
    public long ToCall => Outlook?.Drawn ?? People;

    /// <summary>A stratum's name as pages say it.</summary>
    public string StratumName(string label)
        => label.Length == 0 ? T["Sample_All"] : string.Join(" · ", label.Split('·').Select(part => part is "landline" or "mobile" ? T[$"Kind_{part}"] : TopicWords.Language(part)));

    public async Task<IActionResult> OnPostSampleAsync(long id, SampleForm form)
    {
        if (!Load(id)) return NotFound();
        var sample = form.ToPlan();
        await desk.ChangeAsync(id, plan => plan with { Sample = sample, Target = sample is null ? plan.Target : null, Rehearsal = null }, Who);
        Load(id);
        if (sample is null) Done = T["Sample_Everybody_Done"];
        else if (desk.Outlook(Plan) is not { } outlook) Done = T["Sample_Kept"];
        else if (outlook.Problems is [var problem, ..]) NotDone = problem.InWords(Culture);
        else Done = T["Sample_Done", Show.Count(sample.Interviews), Show.Count(outlook.Drawn)];
        return Redirect($"{StepAddress(Steps)}#sample");
    }

    private void LoadSample() => Outlook = desk.Outlook(Plan);
}
