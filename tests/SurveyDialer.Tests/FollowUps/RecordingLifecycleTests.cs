using SurveyDialer.FollowUps;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.FollowUps;

public sealed class RecordingLifecycleTests
{
    private static readonly (RecordingState From, RecordingEvent Event)[] Pairs =
        [.. Enum.GetValues<RecordingState>().SelectMany(from => Enum.GetValues<RecordingEvent>().Select(happened => (from, happened)))];

    [Fact]
    public void Sound_is_only_ever_fetched_once_and_leaves_in_five_ways()
    {
        var possible = Pairs.Where(pair => RecordingLifecycle.After(pair.From, pair.Event) is not null).ToList();
        Assert.Equal(9, possible.Count);
        Assert.All(possible, pair => Assert.True(pair.From is RecordingState.Announced or RecordingState.Fetched, $"{pair}"));
        Assert.All(possible, pair => Assert.NotEqual(pair.From, RecordingLifecycle.After(pair.From, pair.Event)));
        Assert.Equal([(RecordingState.Announced, RecordingEvent.Fetch)], possible.Where(pair => RecordingLifecycle.After(pair.From, pair.Event) == RecordingState.Fetched));
    }

    [Fact]
    public void The_diagram_says_what_the_table_says()
    {
        var diagram = SourceTree.Read("src/SurveyDialer/FollowUps/RecordingLifecycle.cs");
        diagram = diagram[diagram.IndexOf("<code>", StringComparison.Ordinal)..diagram.IndexOf("</code>", StringComparison.Ordinal)];
        var drawn = diagram.Split('\n', ';').Where(line => line.Contains("-->", StringComparison.Ordinal)).SelectMany(Drawn).ToHashSet();
        var table = Pairs.Where(pair => RecordingLifecycle.After(pair.From, pair.Event) is not null)
            .Select(pair => (pair.From, pair.Event, RecordingLifecycle.After(pair.From, pair.Event)!.Value)).ToHashSet();
        Assert.Equal(table.Order(), drawn.Order());
    }

    [Fact]
    public void Every_state_has_its_word_in_the_file()
        => Assert.All(Enum.GetValues<RecordingState>(), state => Assert.Equal(state, RecordingLifecycle.FromColumn(RecordingLifecycle.ToColumn(state))));

    /// <summary>"A, B --Event--> C", or a chain of them.</summary>
    private static IEnumerable<(RecordingState From, RecordingEvent Event, RecordingState To)> Drawn(string line)
    {
        var parts = line.Trim(' ', '/').Split("--", StringSplitOptions.TrimEntries);
        for (var i = 0; i + 2 < parts.Length; i += 2)
        {
            foreach (var from in parts[i].TrimStart('>').Split(',', StringSplitOptions.TrimEntries))
                yield return (Enum.Parse<RecordingState>(from), Enum.Parse<RecordingEvent>(parts[i + 1]), Enum.Parse<RecordingState>(parts[i + 2].TrimStart('>').Trim()));
        }
    }
}
