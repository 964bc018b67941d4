using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Campaigns;

/// <summary>What a round still needs, township by township.</summary>
public sealed record Countdown
{
    private Countdown()
    {
    }

    /// <summary>In the order of the list.</summary>
    public required IReadOnlyList<TownshipCountdown> Townships { get; init; }

    /// <summary>Of all townships together.</summary>
    public required ContactRate Contact { get; init; }

    /// <summary>The township that lacks the largest part of what it is to bring; null when none lacks anything.</summary>
    public TownshipCountdown? Behind => Townships.Where(one => one.Wanted > 0).MaxBy(one => one.Wanted / (double)(one.Share ?? one.Township.Members));

    /// <param name="target">Completed interviews at which the round ends; null: everybody is tried.</param>
    /// <param name="daysLeft">As of <see cref="Forecast.DaysLeft"/>; null where the round is not under way.</param>
    public static Countdown For(IReadOnlyList<TownshipProgress> townships, long? target, int? daysLeft)
    {
        ArgumentNullException.ThrowIfNull(townships);
        var shares = target is { } wanted && townships.Count > 0 ? Shares(townships, wanted) : null;
        var shown = new CountTable([.. townships.Select(one => (IReadOnlyList<long>)[one.Reached, one.Eligible - one.Reached])]).Suppress();
        return new Countdown
        {
            Townships = [.. townships.Select((one, row) => Of(one, shares?[row], daysLeft, RateOf(one.Reached, one.Eligible, shown, row)))],
            Contact = townships.Count == 0 ? default : RateOf(townships.Sum(one => one.Reached), townships.Sum(one => one.Eligible), shown, townships.Count),
        };
    }

    /// <summary>By the size of each township's sample; a target above the sample asks for all of it.</summary>
    private static IReadOnlyList<long> Shares(IReadOnlyList<TownshipProgress> townships, long target)
    {
        var sizes = townships.Select(one => new Stratum(one.Members)).ToList();
        return Allocation.Of(sizes, Math.Min(target, sizes.Sum(size => size.Size)), AllocationKind.Proportional).Interviews
            ?? throw new InvalidOperationException("A target within the sample can be shared out.");
    }

    private static TownshipCountdown Of(TownshipProgress township, long? share, int? daysLeft, ContactRate contact)
    {
        var wanted = share is { } part ? Math.Max(0, part - township.Completes) : township.Members - township.Finished;
        return new TownshipCountdown
        {
            Township = township,
            Share = share,
            Wanted = wanted,
            PerDay = wanted > 0 && daysLeft > 0 ? (wanted + daysLeft.Value - 1) / daysLeft.Value : null,
            Contact = contact,
        };
    }

    /// <summary>A share tells its parts to whoever knows the whole, so that it is shown only where both parts may be.</summary>
    private static ContactRate RateOf(long reached, long eligible, CellDisplay[,] shown, int row)
    {
        if (eligible == 0) return default;
        var (part, rest) = (shown[row, 0], shown[row, 1]);
        var display = part == CellDisplay.Small || rest == CellDisplay.Small ? CellDisplay.Small : part == CellDisplay.Shown ? rest : part;
        return new ContactRate(display == CellDisplay.Shown ? reached * 100 / eligible : null, display);
    }
}

/// <summary>What a round still needs from one township.</summary>
public sealed record TownshipCountdown
{
    public required TownshipProgress Township { get; init; }

    /// <summary>Completed interviews that it is to bring: its part of the target, by the size of its sample; null where the round has no target.</summary>
    public required long? Share { get; init; }

    /// <summary>Of <see cref="Share"/> still missing; without a target, respondents still open.</summary>
    public required long Wanted { get; init; }

    /// <summary>Of <see cref="Wanted"/> a day until the last day, rounded up; null when nothing is wanted or no day is left.</summary>
    public required long? PerDay { get; init; }

    public required ContactRate Contact { get; init; }
}

/// <summary>AAPOR's contact rate 1 among the respondents who are finished with.</summary>
/// <param name="Percent">Whole per cent, rounded down; null when it is not shown, or nobody is finished with.</param>
/// <param name="Display">Why it is not shown.</param>
public readonly record struct ContactRate(long? Percent, CellDisplay Display);
