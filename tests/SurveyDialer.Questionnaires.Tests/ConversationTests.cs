namespace SurveyDialer.Questionnaires.Tests;

/// <summary>Every file under Conversations/ is played again and must come out the same. <c>UPDATE_CONVERSATIONS=1</c> rewrites them.</summary>
public sealed class ConversationTests
{
    private static readonly string Folder = Path.Combine(Shipped.TestFolder(), "Conversations");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.txt").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Conversation_goes_as_written(string file)
    {
        var path = Path.Combine(Folder, file);
        var written = File.ReadAllText(path);
        var played = Conversation.Play(written);
        if (Environment.GetEnvironmentVariable("UPDATE_CONVERSATIONS") == "1")
            File.WriteAllText(path, played);
        else
            Assert.Equal(written.ReplaceLineEndings("\n"), played);
    }

    [Fact]
    public void There_are_conversations_in_every_channel()
    {
        var headings = Directory.GetFiles(Folder, "*.txt").Select(f => File.ReadLines(f).First()).ToArray();
        Assert.True(headings.Length >= 15);
        Assert.All(Enum.GetNames<Channel>(), channel => Assert.Contains(headings, h => h.Contains($" {channel} ", StringComparison.Ordinal)));
    }
}
