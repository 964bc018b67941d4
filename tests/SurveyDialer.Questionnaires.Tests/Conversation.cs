using System.Globalization;
using System.Text;

namespace SurveyDialer.Questionnaires.Tests;

/// <summary>
/// Plays a conversation file: a first line names template, channel, language and seed, and <c>landline</c> where one was called; each line that starts with <c>&gt;</c> is an input
/// (keys; <c>-</c> silence; <c>"words"</c> typed; <c>rec 12s</c> a recording; <c>resume</c> a later call; <c>drop</c> the line drops).
/// </summary>
internal static class Conversation
{
    public static string Play(string file)
    {
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        var heading = lines[0].TrimStart('#', ' ').Split(' ');
        var engine = Shipped.Engine(heading[0], Enum.Parse<Channel>(heading[1]), heading[2], ulong.Parse(heading[3], CultureInfo.InvariantCulture), landline: heading[^1] == "landline");
        var said = new StringBuilder();
        foreach (var comment in lines.TakeWhile(l => l.StartsWith('#')))
            said.Append(comment).Append('\n');
        var turn = engine.Start();
        Tell(said, turn);
        foreach (var input in lines.Where(l => l.StartsWith('>')).Select(l => l[1..].Trim()))
        {
            said.Append("\n> ").Append(input).Append('\n');
            if (input == "drop")
            {
                foreach (var happened in InterviewEngine.BrokenOff(turn.Position))
                    said.Append("  ! ").Append(happened).Append('\n');
                continue;
            }

            turn = input == "resume" ? engine.Resume(turn.Position) : engine.Continue(turn.Position, Input(input));
            Tell(said, turn);
        }

        said.Append("\n= ").Append(engine.Outcome(turn.Position)).Append("; flags: ")
            .AppendJoin(", ", FlagRules.Raised(Shipped.Template(heading[0]), turn.Position.Answers)).Append('\n');
        said.Append("= ").Append(turn.Position.ToText()).Append('\n');
        return said.ToString();
    }

    private static InterviewInput Input(string input) => input switch
    {
        "-" => new InterviewInput.Silence(),
        ['"', ..] => new InterviewInput.Typed(input.Trim('"')),
        _ when input.StartsWith("rec ", StringComparison.Ordinal) => new InterviewInput.Recorded(TimeSpan.FromSeconds(int.Parse(input[4..].TrimEnd('s'), CultureInfo.InvariantCulture))),
        _ => new InterviewInput.Keys(input),
    };

    private static void Tell(StringBuilder said, Turn turn)
    {
        foreach (var happened in turn.Events)
            said.Append("  ! ").Append(happened).Append('\n');
        foreach (var utterance in turn.Says)
            said.Append("  ").Append(utterance.Interruptible ? "" : "[not interruptible] ").Append(utterance.Text).Append('\n');
        said.Append("  ? ").Append(turn.Expects switch
        {
            Expectation.Key key => string.Create(CultureInfo.InvariantCulture, $"a key within {key.Timeout.TotalSeconds:0} s"),
            Expectation.Words words => string.Create(CultureInfo.InvariantCulture, $"words, at most {words.Maximum.TotalSeconds:0} s"),
            _ => $"nothing: {turn.End}",
        }).Append('\n');
    }
}
