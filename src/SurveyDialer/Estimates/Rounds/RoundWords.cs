using System.Globalization;
using SurveyDialer.Statistics.Quality;

namespace SurveyDialer.Estimates;

/// <summary>What stands beside the figures of a round wherever they are read: pages and reports say it in the same words.</summary>
public static class RoundWords
{
    /// <summary>Practice, or whom the round asked where these are not the residents; for a heading. Null: residents, by real calls.</summary>
    public static string? ShortLabel(Round round, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(round);
        var parts = new List<string>();
        if (!IsOfResidents(round)) parts.Add(RoundTexts.Say("label_short_population", culture, round.Population));
        if (round.Practice) parts.Add(RoundTexts.Say("label_short_practice", culture));
        return parts.Count == 0 ? null : string.Join(RoundTexts.Say("comma", culture), parts);
    }

    /// <summary>The same in full, so that nobody takes the figures for the residents' rate. Null: residents, by real calls.</summary>
    public static string? Label(Round round, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(round);
        var parts = new List<string>();
        if (!IsOfResidents(round)) parts.Add(RoundTexts.Say("label_population", culture, round.Population));
        if (round.Practice) parts.Add(RoundTexts.Say("label_practice", culture));
        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    /// <summary>Whether the round counts, and what it lacks, in one sentence.</summary>
    public static string Gate(GateResult gate, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var contact = ContactRate(gate);
        return gate.Lacks.Count == 0
            ? RoundTexts.Say("gate_good", culture, Count(gate.Interviews), contact, Count(gate.Checked))
            : RoundTexts.Say("gate_lacks", culture, string.Join(RoundTexts.Say("semicolon", culture), gate.Lacks.Select(lack => Lack(gate, lack, culture))));
    }

    /// <summary>Over whom the contact rate of the gate is counted, and with which e.</summary>
    public static string GateBasis(GateResult gate, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return gate switch
        {
            { E: null } => RoundTexts.Say("gate_basis_none", culture, Count(gate.Finished)),
            { GivenBy: { } source } => RoundTexts.Say("gate_basis_given", culture, Count(gate.Finished), E(gate), source),
            _ => RoundTexts.Say("gate_basis", culture, Count(gate.Finished), E(gate)),
        };
    }

    /// <summary>The contact rate of the gate as printed.</summary>
    public static string ContactRate(GateResult gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return gate.ContactRate is { } rate ? Figure.Percent(rate, 0) : "—";
    }

    /// <summary>What a sample with wanted numbers of interviews is, and what its intervals are then.</summary>
    public static string Quota(CultureInfo culture) => RoundTexts.Say("quota", culture);

    /// <summary>What is to be expected of callers of the own government.</summary>
    public static string OwnCallers(CultureInfo culture) => RoundTexts.Say("own_callers", culture);

    /// <summary>A composite against its line, in words; null without a line or a value.</summary>
    public static string? Line(CompositeResult composite, CompositeFigure figure, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(composite);
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Position is { } position ? RoundTexts.Say($"composite_{position}", culture, composite.Index.Line!.Value.ToString("0.##", CultureInfo.InvariantCulture)) : null;
    }

    internal static bool IsOfResidents(Round round) => round.Population == Sample.FrameStore.Residents;

    private static string Lack(GateResult gate, RoundShortfall lack, CultureInfo culture) => lack switch
    {
        RoundShortfall.Interviews => RoundTexts.Say("gate_interviews", culture, gate.Wanted.LeastInterviews, Count(gate.Interviews)),
        RoundShortfall.ContactRate => RoundTexts.Say("gate_contact_rate", culture, Figure.Percent(gate.Wanted.LeastContactRate, 0), ContactRate(gate)),
        RoundShortfall.SupervisedChecks => RoundTexts.Say("gate_supervised_checks", culture, Figure.Percent(gate.Wanted.LeastCheckedShare, 0), Count(gate.Checked)),
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string E(GateResult gate) => gate.E!.Value.ToString("0.###", CultureInfo.InvariantCulture);
}
