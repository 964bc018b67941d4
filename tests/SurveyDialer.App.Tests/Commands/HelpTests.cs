using System.CommandLine;
using System.Text.RegularExpressions;
using SurveyDialer.App.Commands;
using SurveyDialer.TestKit;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed partial class HelpTests
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Help_tells_every_option_and_argument_in_the_language_asked_for(string language)
    {
        var clock = new StoppedClock();
        Command[] commands =
        [
            ImportCommand.Make(clock), CampaignCommand.Make(clock), TemplateCommand.Make(), IndicesCommand.Make(), RehearseCommand.Make(clock), ExportCommand.Make(clock),
            BackupCommand.Make(clock), HealthCommand.Make(clock), DoorCommand.Make(clock), SimulatorCommand.Make(clock), CalcCommand.Make(),
        ];
        var lookedAt = 0;
        foreach (var (path, command) in commands.SelectMany(command => Tree([], command)))
        {
            var told = await CommandLine.RunAsync([.. path, "--help", "--language", language]);
            Assert.Equal(0, told.Code);
            foreach (var name in command.Options.Select(option => option.Name).Concat(command.Arguments.Select(argument => argument.Name)))
            {
                Assert.Contains(name, told.Out, StringComparison.Ordinal);
                lookedAt++;
            }

            Assert.Equal(language == "zh-CN", Chinese().IsMatch(told.Out));
            Assert.DoesNotContain(language == "zh-CN" ? "Usage:" : "用法", told.Out, StringComparison.Ordinal);
        }

        Assert.True(lookedAt > 60, $"only {lookedAt} names");
    }

    private static IEnumerable<(string[] Path, Command Command)> Tree(string[] above, Command command)
    {
        string[] path = [.. above, command.Name];
        return command.Subcommands.SelectMany(below => Tree(path, below)).Prepend((path, command));
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
