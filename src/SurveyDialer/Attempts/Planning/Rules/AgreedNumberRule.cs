namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>An appointment is for the number at which it was made.</summary>
internal sealed class AgreedNumberRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone) =>
        facts.Attempt is { Appointment: true, PhoneId: { } agreed } && agreed != phone.Id ? Veto.Forever(VetoReason.OtherNumberAgreed) : null;
}
