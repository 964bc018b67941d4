using Microsoft.Data.Sqlite;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires;
using SurveyDialer.Storage;

namespace SurveyDialer.Estimates;

/// <summary>
/// Counts every round anew from its answers and holds its kept totals against that. They are equal unless something is wrong, or the round was
/// begun before totals were kept; then they are put right.
/// </summary>
public sealed class TotalsCheck(Database database)
{
    /// <summary>One nightly run.</summary>
    /// <exception cref="InvalidDataException">Totals were wrong; they have been put right, and the message names the rounds.</exception>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var first = database.Read(connection => SettingStore.Find(connection, SettingStore.TotalsDue)) is not null;
        var wrong = new List<string>();
        var settled = true;
        foreach (var campaign in database.Read(CampaignStore.All).Where(campaign => campaign.LaunchedAt is not null && (first || campaign.CountedAt is null)))
        {
            cancellation.ThrowIfCancellationRequested();
            var seen = database.Read(connection => Look(connection, campaign));
            if (seen.Equal) continue;
            if (await database.WriteAsync(connection => PutRight(connection, campaign, seen), cancellation, WriteUrgency.Background)) wrong.Add(campaign.Name);
            else settled = false;
        }

        if (first && settled) await database.WriteAsync(connection => SettingStore.Remove(connection, SettingStore.TotalsDue), cancellation);
        if (wrong.Count > 0 && !first) throw new InvalidDataException($"The totals of {string.Join(", ", wrong)} differed from the answers and were counted anew.");
    }

    /// <summary>Whether a round's kept totals are what its answers give, at one moment.</summary>
    internal bool Holds(long campaignId) => database.Read(connection => Look(connection, CampaignStore.Find(connection, campaignId)!).Equal);

    private static Recounted Look(SqliteConnection connection, CampaignRow campaign)
    {
        var layout = CellLayout.Of(TemplateJson.Read(campaign.TemplateJson));
        var kept = ResultCellStore.Cells(connection, campaign.Id, layout);
        var (cells, codes, funnel) = (CellRecount.Of(connection, campaign.Id, layout), SampleMemberStore.Recount(connection, campaign.Id), CellRecount.Funnel(connection, campaign.Id));
        // The sample of a round whose totals were written is gone, or going.
        List<MemberTotal> errors = campaign.CountedAt is null ? MemberTotalStore.Errors(connection, campaign.Id) : [];
        var equal = errors.Count == 0 && SameCells(kept, cells) && SameFunnel(ResultCellStore.Funnel(connection, campaign.Id), funnel)
            && (campaign.CountedAt is not null || codes.Order().SequenceEqual(SampleMemberStore.Codes(connection, campaign.Id).Order()));
        return new Recounted(equal, Finished(connection, campaign.Id, kept), cells, codes, funnel, errors);
    }

    /// <summary>False when somebody was finished meanwhile: the next run looks again.</summary>
    private static bool PutRight(SqliteConnection connection, CampaignRow campaign, Recounted seen)
    {
        var layout = CellLayout.Of(TemplateJson.Read(campaign.TemplateJson));
        if (Finished(connection, campaign.Id, ResultCellStore.Cells(connection, campaign.Id, layout)) != seen.Finished) return false;
        ResultCellStore.Replace(connection, campaign.Id, seen.Cells, seen.Funnel);
        if (campaign.CountedAt is not null) return true;
        SampleMemberStore.ReplaceCodes(connection, campaign.Id, seen.Codes);
        MemberTotalStore.Correct(connection, campaign.Id, seen.Errors);
        return true;
    }

    /// <summary>Grows with every respondent who is finished, interviewed or not.</summary>
    private static long Finished(SqliteConnection connection, long campaignId, List<ResultCell> cells)
        => cells.Sum(cell => cell.Interviews) + SampleMemberStore.Codes(connection, campaignId).Sum(code => code.Total);

    private static bool SameCells(List<ResultCell> kept, List<ResultCell> counted)
    {
        var byKey = kept.ToDictionary(cell => cell.Key);
        return kept.Count == counted.Count && counted.TrueForAll(cell => byKey.TryGetValue(cell.Key, out var same)
            && same.Completes == cell.Completes && same.Partials == cell.Partials && same.Counts.AsSpan().SequenceEqual(cell.Counts));
    }

    private static bool SameFunnel(List<FunnelCount> kept, List<FunnelCount> counted)
        => kept.Where(step => step.Reached > step.BrokenOff).Select(step => step with { BrokenOff = 0 }).OrderBy(step => step.QuestionId, StringComparer.Ordinal)
            .SequenceEqual(counted.OrderBy(step => step.QuestionId, StringComparer.Ordinal));

    private sealed record Recounted(
        bool Equal, long Finished, List<ResultCell> Cells, List<(long Stratum, string Code, long Total)> Codes, List<FunnelCount> Funnel, List<MemberTotal> Errors);
}
