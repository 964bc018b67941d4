namespace SurveyDialer.Attempts.Planning;

/// <summary>One rule about the campaign or the respondent as a whole.</summary>
internal interface IPlanRule
{
    /// <summary>The rule's no, or null.</summary>
    Veto? Judge(PlanFacts facts);
}

/// <summary>One rule about each of the respondent's numbers.</summary>
internal interface INumberRule
{
    /// <summary>The rule's no, or null.</summary>
    Veto? Judge(PlanFacts facts, PhoneFacts phone);
}
