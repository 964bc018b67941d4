using System.Globalization;
using SurveyDialer.Dispositions;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Exports.Reports;

/// <summary>
/// The method sheet, part of every report: what AAPOR's code of ethics (2021) asks to be disclosed, and the limits that a reader must know. Nothing
/// switches it off.
/// </summary>
internal static class MethodSection
{
    internal static IEnumerable<ReportBlock> Blocks(ReportSource source)
    {
        yield return new ReportTable(source["method"], [new(source["item"], 16), new(source["content"], 70)], [.. Facts(source).Select(fact => ReportBuilder.Cells(ReportCell.Of(source[fact.Key]), ReportCell.Of(fact.Text)))], Wide: true);
        yield return new ReportSubheading(source["wording"]);
        yield return new ReportTable(
            source["wording"], [new(source["question"], 10), new(source["content"], 76)],
            [.. Questions(source).Select(question => ReportBuilder.Cells(ReportCell.Of(question.Id), ReportCell.Of(Wording(source, question))))], Wide: true);
        yield return new ReportSubheading(source["limits"]);
        foreach (var limit in Limits(source)) yield return new ReportParagraph(limit);
    }

    /// <summary>What must be read beside any figure of a round.</summary>
    internal static IEnumerable<string> Limits(ReportSource source)
    {
        yield return source["limit_courtesy"];
        if (source.Reach.Any(reach => reach.Channel == "voice")) yield return source["limit_automated"];
        yield return source["limit_telephone"];
        yield return source["limit_error"];
        if (source.Results.QuotaSample) yield return RoundWords.Quota(source.Culture);
        if (source.Label is { } label) yield return label;
    }

    private static IEnumerable<(string Key, string Text)> Facts(ReportSource source)
    {
        var (campaign, template, outcomes) = (source.Round.Campaign, source.Round.Template, source.Outcomes);
        if (source.Label is { } label) yield return ("label", label);
        yield return ("sponsor", source.Say("sponsor_text", campaign.Organiser, campaign.Approval));
        yield return ("conducted", source.Say(campaign.LiveCallers == 1 ? "conducted_live" : "conducted_text", campaign.Organiser));
        yield return ("population", source.Say(RoundWords.IsOfResidents(source.Standing.Round) ? "population_text" : "population_others", string.Join(source["list_comma"], outcomes.Townships.Select(township => township.Name)), string.Join(source["list_comma"], template.Screening.Where(IsEligibility).Select(question => $"“{source.Round.Say(question.Text)}”")), campaign.Population));
        yield return ("frame", string.Join(source["semicolon"], source.Frames.Select(frame => source.Say(frame.Kind == "generated" ? "frame_generated" : "frame_list", frame.Name, frame.Source, frame.LegalBasis, frame.RowsImported)).DefaultIfEmpty(campaign.FrameSource)));
        yield return ("sample", source.Draw is { } draw ? source.Say("sample_drawn", draw.Drawn, draw.FrameSize, draw.Version, draw.Seed, Convert.ToHexStringLower(draw.FrameSha256)) : source.Say("sample_all", outcomes.Whole.Total));
        yield return ("mode", Modes(source));
        yield return ("dates", source.Say("dates_text", source.Day(campaign.LaunchedAt), campaign.ClosedAt is null ? source["still_running"] : source.Day(campaign.ClosedAt)));
        yield return ("size", source.Say("size_text", outcomes.Whole.Total, source.Results.Completes, source.Results.Partials));
        yield return ("response", Response(source));
        yield return ("weighting", Weighting(source));
        yield return ("margin", Margin(source));
        yield return ("completion", source.Say("completion_text", template.Completion.KeyQuestion, template.Completion.PartialPercent));
        yield return ("template", source.Say("template_text", source.Round.Say(template.Name), template.Version, Convert.ToHexStringLower(campaign.TemplateHash)[..8]));
        yield return ("overrides", Overrides(source));
        yield return ("recompute", source["recompute_text"]);
    }

    /// <summary>Asked to find out who belongs to the population; not who of a household answers, or whether somebody agrees.</summary>
    private static bool IsEligibility(Question question) => question.Landline is not true && question.Skips.All(skip => skip.To != SkipTarget.Declined);

    /// <summary>Interviews by channel; the channels alone where one of them was used by a few.</summary>
    private static string Modes(ReportSource source)
    {
        var few = source.Reach.Any(reach => Statistics.Disclosure.CountTable.IsSmall(reach.Interviews));
        return string.Join(source["list_comma"], source.Reach.Select(reach => source.Round.Texts[$"channel.{reach.Channel}"] is var channel && few ? channel : source.Say("mode_text", channel, reach.Interviews)).DefaultIfEmpty(source["never"]));
    }

    private static string Response(ReportSource source)
    {
        var whole = source.Outcomes.Whole;
        var rates = OutcomeMeasure.All.Where(measure => measure.Name is "RR1" or "RR2" or "RR3" or "RR4" or "COOP1" or "REF1" or "CON1").Select(measure => $"{measure.Name} {FieldSection.Rate(whole, measure, weighted: false).Text}");
        return string.Join(source["list_comma"], rates) + source["stop"] + FieldSection.Eligibility(source);
    }

    private static string Weighting(ReportSource source)
    {
        var weights = source.Results.Weights;
        var parts = new List<string> { source.Say("weights_selection", weights.Strata), source.Say("weights_response", weights.Adjusted), source[source.Outcomes.Given is null ? "weights_e" : "weights_e_given"] };
        if (source.Outcomes.IsWeighted) parts.Add(source["weights_calls"]);
        parts.Add(weights.FittedTo.Count == 0 ? source["weights_unfitted"] : source.Say("weights_fitted", string.Join(source["list_comma"], weights.FittedTo), weights.Rounds, weights.Unfitted));
        if (weights.FellBackTo is { } only) parts.Add(source.Say("weights_fell_back", only));
        if (weights.ByMargins.Count > 0) parts.Add(source.Say("weights_by_margins", string.Join(source["list_comma"], weights.ByMargins), PopulationFit.LeastPerCell));
        if (weights.NotInterviewed.Count > 0)
            parts.Add(source.Say("weights_not_interviewed", string.Join(source["list_comma"], weights.NotInterviewed.Select(people => source.Say("weights_people", people.Tag, people.Key, people.Persons)))));
        parts.Add(source.Say("weights_trimmed", weights.Trimmed, Number(weights.Least), Number(weights.Largest)));
        return string.Concat(parts);
    }

    private static string Margin(ReportSource source)
    {
        var weights = source.Results.Weights;
        if (weights.EffectiveSize is not > 0) return source["never"];
        var margin = Precision.MarginOfError(0.5, weights.Interviews, deff: weights.DesignEffect);
        return source.Say("margin_text", Number(margin * 100), Number(weights.DesignEffect), Math.Round(weights.EffectiveSize));
    }

    /// <summary>A launch is refused while words steer; what is stored is looked at again, so that the report says what was played, not what was promised.</summary>
    private static string Overrides(ReportSource source)
    {
        var blanks = System.Text.Json.JsonSerializer.Deserialize(source.Round.Campaign.Blanks, Campaigns.BlanksJson.Default.DictionaryStringString)!;
        var found = WordingCheck.Check(source.Round.Template, blanks);
        return found.Count == 0 ? source["overrides_none"] : source.Say("overrides_found", found.Count);
    }

    private static IEnumerable<Question> Questions(ReportSource source)
    {
        var template = source.Round.Template;
        return template.Screening.Concat(template.Questions);
    }

    private static string Wording(ReportSource source, Question question)
    {
        var text = source.Round.Say(question.Text.IsEmpty ? question.Message : question.Text);
        var options = question.Options.Select(option => $"{option.Key} {source.Round.Say(option.Text)}");
        return question.Options.Count == 0 ? text : $"{text} [{string.Join("; ", options)}]";
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
