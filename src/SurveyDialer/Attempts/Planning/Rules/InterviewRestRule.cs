namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>After an interview its number rests, all campaigns together; how many one household gives in this round is the household rule's.</summary>
internal sealed class InterviewRestRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        var rest = facts.Campaign.Policy.InterviewRest;
        var from = facts.Campaign.Schedule.DayOf(facts.Now - rest);
        var interviews = phone.Caps.Where(cap => cap.Kind == CapKind.Interview && cap.Day > from).Sum(cap => cap.Times);
        return interviews > phone.HouseholdInterviews ? Veto.Forever(VetoReason.InterviewedLately, (int)rest.TotalDays) : null;
    }
}
