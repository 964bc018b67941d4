using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Fieldwork;

/// <summary>What an interview's position tells about how the attempt ended.</summary>
internal static class InterviewEvidenceReader
{
    internal static InterviewEvidence Read(InterviewPosition position, InterviewEngine engine)
    {
        var outcome = engine.Outcome(position);
        return new InterviewEvidence
        {
            CoreDone = outcome == InterviewOutcome.Complete,
            PartialDone = outcome == InterviewOutcome.Partial,
            ConsentGiven = position.Agreed,
            Heard = position.Heard,
            NeverAgain = position.End == InterviewEnd.OptedOut,
            Refused = position.End == InterviewEnd.Declined,
            ScreenedOut = position.End == InterviewEnd.ScreenedOut,
            QuotaFull = position.End == InterviewEnd.QuotaFull,
            HumanWanted = position.End == InterviewEnd.HumanWanted,
            RespondentAway = position.End == InterviewEnd.SelectedAway,
        };
    }
}
