using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Attempts.Planning;

/// <summary>A step of the sequence that a respondent can be reached by.</summary>
/// <param name="Channel">How.</param>
/// <param name="After">Time from the end of the step before.</param>
internal sealed record SequenceStep(AttemptChannel Channel, TimeSpan After);

/// <summary>A campaign's channels in order, for one respondent: steps that none of the numbers can take are left out.</summary>
internal static class ChannelSequence
{
    /// <summary>How a respondent is tried first; null when no number can be reached by any step.</summary>
    public static AttemptChannel? First(DiallingPolicy policy, CarrierKind carrier, IReadOnlyList<PhoneFacts> phones) =>
        StepFrom(0, TimeSpan.Zero, policy, carrier, phones)?.Channel;

    /// <summary>The step after the one that the attempts have come to; null when it was the last.</summary>
    public static SequenceStep? Next(DiallingPolicy policy, CarrierKind carrier, IReadOnlyList<PhoneFacts> phones, IEnumerable<PastAttempt> past)
    {
        var reached = 0;
        foreach (var attempt in past.Where(attempt => attempt is { SameCampaign: true, SameRespondent: true }).OrderBy(attempt => attempt.At))
        {
            var step = reached;
            while (step < policy.Channels.Count && policy.Channels[step].Kind != KindOf(attempt.Channel))
                step++;
            if (step < policy.Channels.Count)
                reached = step;
        }

        return policy.Channels.Count == 0 ? null : StepFrom(reached + 1, policy.Channels[reached].Wait, policy, carrier, phones);
    }

    private static SequenceStep? StepFrom(int first, TimeSpan after, DiallingPolicy policy, CarrierKind carrier, IReadOnlyList<PhoneFacts> phones)
    {
        foreach (var step in policy.Channels.Skip(first))
        {
            foreach (var channel in ChannelsOf(step.Kind, carrier))
            {
                if (phones.Any(phone => !phone.DoNotCall && Reach.WhyNot(phone, carrier, channel) is null))
                    return new SequenceStep(channel, after);
            }
        }

        return null;
    }

    /// <summary>Numbers with an extension, and all at a desk telephone, are called by people.</summary>
    private static AttemptChannel[] ChannelsOf(ContactKind kind, CarrierKind carrier) => (kind, carrier) switch
    {
        (ContactKind.Call, CarrierKind.DeskTelephone) => [AttemptChannel.Live],
        (ContactKind.Call, _) => [AttemptChannel.Voice, AttemptChannel.Live],
        (_, CarrierKind.DeskTelephone) => [],
        (ContactKind.AdvanceNotice, _) => [AttemptChannel.Notice],
        (ContactKind.Text, _) => [AttemptChannel.Text],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of contact."),
    };

    private static ContactKind KindOf(AttemptChannel channel) => channel switch
    {
        AttemptChannel.Voice or AttemptChannel.Live => ContactKind.Call,
        AttemptChannel.Text => ContactKind.Text,
        AttemptChannel.Notice => ContactKind.AdvanceNotice,
    };
}
