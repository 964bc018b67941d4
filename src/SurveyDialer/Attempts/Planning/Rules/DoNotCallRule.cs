namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>A number whose owner said "never again" is never dialled or texted, by appointment neither.</summary>
internal sealed class DoNotCallRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone) => phone.DoNotCall ? Veto.Forever(VetoReason.DoNotCall) : null;
}
