using System.IO.Compression;
using Dapper;
using SurveyDialer.Estimates;
using SurveyDialer.Exports;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>
/// Data folders that earlier versions left behind (demonstrations, with their keys), each named after its newest script: this version opens
/// them, loses nothing, and counts what they did not.
/// </summary>
public sealed class EarlierVersionsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("surveydialer-earlier-").FullName;

    public static TheoryData<string> Folders => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Files", "earlier-versions"), "*.zip").Select(file => Path.GetFileNameWithoutExtension(file))];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_folder_of_an_earlier_version_opens_with_everything_in_it(string version)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(AppContext.BaseDirectory, "Files", "earlier-versions", $"{version}.zip"), folder, cancellation);
        var keys = KeyRing.Open(Path.Combine(folder, "demo-keys.json"));
        await using var database = Database.Open(new DatabaseOptions { Path = Path.Combine(folder, "surveydialer.db"), Keys = keys }, new StandingClock());

        Assert.Equal("ok", database.Read(connection => connection.QuerySingle<string>("PRAGMA integrity_check;")));
        Assert.Empty(database.Read(connection => connection.Query("PRAGMA foreign_key_check;")));
        var campaign = database.Read(connection => connection.QuerySingle<long>("SELECT id FROM campaign;"));
        var completes = database.Read(connection => connection.QuerySingle<long>("SELECT count(*) FROM interview WHERE outcome = 'complete';"));
        Assert.True(completes > 0);

        await EverythingIsExportedAsync(database, keys, campaign);
        var set = new IndexSet { Id = "t", Version = 1, Name = new Questionnaires.LocalText([]), Indices = [new SurveyIndex { Tag = "SAFE", Name = new Questionnaires.LocalText([]) }] };
        var figures = new RoundEstimates(database);
        var fromAnswers = figures.Find(new EstimateWish(campaign, set, null, []))!;
        await new TotalsCheck(database).RunAsync(cancellation);
        Assert.True(new TotalsCheck(database).Holds(campaign));
        var kept = figures.Find(new EstimateWish(campaign, set, null, []))!;
        Assert.Equal((completes, completes), (fromAnswers.Completes, kept.Completes));
        Assert.Equal(fromAnswers.Indices[0].Whole, kept.Indices[0].Whole);
    }

    private static async Task EverythingIsExportedAsync(Database database, KeyRing keys, long campaign)
    {
        var catalog = new ExportCatalog(database, new FieldCipher(keys), new StandingClock());
        foreach (var kind in catalog.Kinds)
        {
            await using var file = new MemoryStream();
            await catalog.WriteAsync(kind.Id, campaign, file, "zh-CN", null, TestContext.Current.CancellationToken);
            Assert.True(file.Length > 0, kind.Id);
        }
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 12, 1, 1, 0, 0, TimeSpan.Zero);
    }
}
