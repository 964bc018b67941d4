using System.Text.RegularExpressions;
using SurveyDialer.Attempts;
using SurveyDialer.Tests.CallingHours;

namespace SurveyDialer.Tests.Attempts;

public sealed partial class AttemptLifecycleTests
{
    [Fact]
    public void The_diagram_and_the_table_say_the_same_of_every_pair()
    {
        var source = SourceTree.Read("src", "SurveyDialer", "Attempts", "AttemptLifecycle.cs");
        var drawn = Arrow().Matches(source)
            .SelectMany(arrow => arrow.Groups["events"].Value.Split(", ").Select(happened =>
                (From: Enum.Parse<AttemptState>(arrow.Groups["from"].Value), Event: Enum.Parse<AttemptEvent>(happened), To: Enum.Parse<AttemptState>(arrow.Groups["to"].Value))))
            .ToDictionary(arrow => (arrow.From, arrow.Event), arrow => arrow.To);
        Assert.Equal(29, drawn.Count);

        foreach (var from in Enum.GetValues<AttemptState>())
        {
            foreach (var happened in Enum.GetValues<AttemptEvent>())
            {
                var possible = AttemptLifecycle.TryMove(from, happened, out var to, out var problem);
                Assert.Equal(drawn.ContainsKey((from, happened)), possible);
                if (possible)
                {
                    Assert.Equal(drawn[(from, happened)], to);
                    Assert.Null(problem);
                }
                else
                {
                    Assert.Equal(new AttemptEventProblem(from, happened), problem);
                }
            }
        }
    }

    [Fact]
    public void After_the_intent_to_place_only_the_carrier_s_promise_leads_back_to_the_queue()
    {
        var back = from state in new[] { AttemptState.Placing, AttemptState.Placed, AttemptState.Unknown, AttemptState.Ended, AttemptState.Cancelled }
                   from happened in Enum.GetValues<AttemptEvent>()
                   where AttemptLifecycle.TryMove(state, happened, out var to, out _) && to is AttemptState.Pending or AttemptState.Leased or AttemptState.Placing
                   select (state, happened);
        Assert.Equal([(AttemptState.Placing, AttemptEvent.NotProcessed), (AttemptState.Unknown, AttemptEvent.NotProcessed)], back);
    }

    [Fact]
    public void Every_state_is_stored_under_its_own_name()
    {
        var states = Enum.GetValues<AttemptState>();
        Assert.Equal(states, states.Select(state => AttemptStates(state)));
        Assert.Equal(states.Length, states.Select(state => state.ToColumn()).Distinct(StringComparer.Ordinal).Count());

        static AttemptState AttemptStates(AttemptState state) => AttemptLifecycle.FromColumn(state.ToColumn());
    }

    [GeneratedRegex(@"^/// (?<from>\w+)\s+--(?<events>[\w, ]+)-->\s+(?<to>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Arrow();
}
