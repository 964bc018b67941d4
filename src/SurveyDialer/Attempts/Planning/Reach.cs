using SurveyDialer.Phones;

namespace SurveyDialer.Attempts.Planning;

/// <summary>Which numbers a channel of a carrier can reach at all.</summary>
internal static class Reach
{
    /// <summary>Null when it can.</summary>
    public static VetoReason? WhyNot(PhoneFacts phone, CarrierKind carrier, AttemptChannel channel)
    {
        if (phone.Bad)
            return VetoReason.NumberBad;
        if (phone.Fictional && carrier != CarrierKind.Simulator)
            return VetoReason.NumberFictional;
        if (channel.IsTexted() && phone.Kind != PhoneKind.Mobile)
            return VetoReason.NumberNotMobile;
        if (phone.DeskOnly && channel != AttemptChannel.Live)
            return VetoReason.NumberDeskOnly;
        return null;
    }
}
