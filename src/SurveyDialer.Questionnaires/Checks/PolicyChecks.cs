using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Questionnaires;

/// <summary>A dialling policy that contradicts itself.</summary>
internal static class PolicyChecks
{
    public static void Check(DiallingPolicy policy, CheckLog log)
    {
        if (policy.NeverBefore >= policy.NeverFrom)
            log.Error("policy.never_from", "window_backwards", $"{policy.NeverBefore:HH\\:mm}", $"{policy.NeverFrom:HH\\:mm}");
        for (var i = 0; i < policy.Windows.Count; i++)
        {
            var window = policy.Windows[i];
            if (window.From >= window.To)
                log.Error($"policy.windows.{i}", "window_backwards", $"{window.From:HH\\:mm}", $"{window.To:HH\\:mm}");
            else if (window.From < policy.NeverBefore || window.To > policy.NeverFrom)
                log.Error($"policy.windows.{i}", "window_outside_limits", $"{policy.NeverBefore:HH\\:mm}", $"{policy.NeverFrom:HH\\:mm}");
            else if (window.To - window.From <= policy.NoStartInLast)
                log.Error($"policy.windows.{i}", "window_too_short", $"{policy.NoStartInLast.TotalMinutes:0}");
            if (policy.Windows.Take(i).Any(w => w.Days == window.Days && w.From < window.To && window.From < w.To))
                log.Error($"policy.windows.{i}", "windows_overlap", $"{window.From:HH\\:mm}", $"{window.To:HH\\:mm}");
        }

        if (policy.Windows.Count == 0)
            log.Error("policy.windows", "empty_list", "windows");
        if (policy.Channels.Count == 0)
            log.Error("policy.channels", "empty_list", "channels");
        foreach (var twice in policy.Retries.GroupBy(r => r.Outcome).Where(g => g.Count() > 1))
            log.Error("policy.retries", "used_twice", twice.Key.ToString());
        foreach (var never in policy.Retries.Where(r => r.Outcome is AttemptOutcome.HardRefusal))
            log.Error("policy.retries", "retry_after_opt_out", never.Outcome.ToString());
    }
}
