using SurveyDialer.App.Commands;

namespace SurveyDialer.App.Tests.Commands;

[Collection(CommandLineCollection.Name)]
public sealed class DoorCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_door_is_made_listed_and_revoked()
    {
        await line.ImportAsync(line.WriteList(3));
        var made = await line.OnDataAsync("door", "create", "--name", "王芳", "--kind", "caller", "--json");
        Assert.Equal(ExitCodes.Done, made.Code);
        var key = made.Json.GetProperty("key").GetString()!;
        Assert.Equal(43, key.Length);
        Assert.Contains($"/door/{key}", made.Problems, StringComparison.Ordinal);

        var listed = await line.OnDataAsync("door", "list", "--json");
        var door = Assert.Single(listed.Json.GetProperty("doors").EnumerateArray().ToList());
        Assert.Equal(("王芳", "caller", "Waiting"), (door.GetProperty("person").GetString(), door.GetProperty("kind").GetString(), door.GetProperty("state").GetString()));
        Assert.DoesNotContain(key, listed.Out + listed.Problems, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Done, (await line.OnDataAsync("door", "revoke", "1")).Code);
        Assert.Equal(ExitCodes.WrongUse, (await line.OnDataAsync("door", "revoke", "1")).Code);
        Assert.Equal(ExitCodes.WrongUse, (await line.OnDataAsync("door", "revoke", "7")).Code);
        Assert.Equal(
            [$"{Environment.UserName} door-made door 1: caller, 王芳", $"{Environment.UserName} door-revoked door 1: caller, 王芳"],
            line.Query("SELECT who || ' ' || action || ' ' || detail FROM audit_log ORDER BY id;"));
    }

    [Theory]
    [InlineData("", "caller")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一", "caller")]
    [InlineData("王芳", "boss")]
    [InlineData("王芳", "5")]
    public async Task A_door_needs_a_name_and_a_kind_that_there_is(string name, string kind)
    {
        await line.ImportAsync(line.WriteList(3));
        Assert.Equal(ExitCodes.WrongUse, (await line.OnDataAsync("door", "create", "--name", name, "--kind", kind)).Code);
        Assert.Empty(line.Query("SELECT person FROM door;"));
    }
}
