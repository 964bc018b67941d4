using System.Text;
using SurveyDialer.Crash.Checks;

namespace SurveyDialer.Crash.Rig;

/// <summary>What was injected and what was found, for people.</summary>
internal static class CrashTable
{
    private const int MostShown = 40;

    internal static string Of(CrashOutcome outcome)
    {
        var table = new StringBuilder();
        table.AppendLine($"injected{"",-61}times");
        foreach (var (what, times) in outcome.Injected.Counts) table.AppendLine($"  {what,-64}{times,8}");
        table.AppendLine($"witnessed{"",-60}times");
        foreach (var (what, times) in new (string, int)[]
        {
            ("respondents", outcome.Respondents), ("calls accepted by the carrier", outcome.Calls), ("texts accepted by the carrier", outcome.Texts), ("answers stored", outcome.Answers),
            ("conversations in which a reminder crossed its reply", outcome.Crossed),
        })
            table.AppendLine($"  {what,-64}{times,8}");
        table.AppendLine($"found{"",-64}times");
        foreach (var broken in Enum.GetValues<Broken>()) table.AppendLine($"  {InWords(broken),-64}{outcome.Findings.Count(finding => finding.Broken == broken),8}");
        foreach (var finding in outcome.Findings.Take(MostShown)) table.AppendLine($"{finding.Broken}: {finding.What}");
        table.AppendLine($"{outcome.Injected.Kills} kills in {outcome.Took.TotalSeconds:0} s: {(outcome.Findings.Count == 0 ? "no fault" : $"{outcome.Findings.Count} faults")}");
        return table.ToString();
    }

    private static string InWords(Broken broken) => broken switch
    {
        Broken.RangTwice => "attempts that rang twice",
        Broken.RangWhileInUse => "rings at a number in use",
        Broken.TextedTwice => "texts sent twice for one turn",
        Broken.CallOfNobody => "calls and texts of no attempt",
        Broken.AnswerLost => "answers lost",
        Broken.AnswerTwice => "answers stored twice",
        Broken.AnswerInvented => "answers that nobody gave",
        Broken.Stuck => "attempts, texts and respondents stuck",
        Broken.DispositionDisagrees => "dispositions that disagree with the carrier",
    };
}
