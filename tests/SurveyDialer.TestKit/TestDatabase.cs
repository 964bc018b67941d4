using SurveyDialer.Storage;

namespace SurveyDialer.TestKit;

/// <summary>A migrated database file of its own for one test: the template is migrated once a process and copied (2 ms).</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<byte[]> Template = new(MakeTemplate);
    private readonly string folder;

    private TestDatabase(string folder, Database database, KeyRing keys)
    {
        this.folder = folder;
        Database = database;
        Keys = keys;
        Cipher = new FieldCipher(keys);
    }

    public Database Database { get; }

    public KeyRing Keys { get; }

    public FieldCipher Cipher { get; }

    public static TestDatabase Create(TimeProvider? clock = null)
    {
        var root = Directory.CreateTempSubdirectory("surveydialer-test-").FullName;
        var path = Path.Combine(root, "surveydialer.db");
        File.WriteAllBytes(path, Template.Value);
        var database = Database.Open(new DatabaseOptions { Path = path, ThrowAway = true }, clock ?? new StoppedClock());
        return new TestDatabase(root, database, KeyRing.OpenOrCreate(Path.Combine(root, "keys.json"), "test"));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static byte[] MakeTemplate()
    {
        var root = Directory.CreateTempSubdirectory("surveydialer-template-").FullName;
        var path = Path.Combine(root, "template.db");
        Database.Open(new DatabaseOptions { Path = path, ThrowAway = true }, new StoppedClock()).DisposeAsync().AsTask().GetAwaiter().GetResult();
        var bytes = File.ReadAllBytes(path);
        Directory.Delete(root, recursive: true);
        return bytes;
    }
}

/// <summary>A clock that stands at Monday 2026-03-02 08:30 in Shanghai until it is moved.</summary>
public sealed class StoppedClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 3, 2, 8, 30, 0, TimeSpan.FromHours(8));

    public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();

    public void Set(DateTimeOffset instant) => now = instant;

    public void Advance(TimeSpan by) => now += by;
}
