using System.Text.RegularExpressions;
using Dapper;
using SurveyDialer.Storage;

namespace SurveyDialer.EndToEnd;

/// <summary>What a whole campaign ran: each statement finds its rows by an index, however large the sample is.</summary>
public sealed partial class StatementPlanTests(MainJob job) : IClassFixture<MainJob>
{
    /// <summary>The totals that are printed when the campaign has closed count everything.</summary>
    private const string OnceAtTheEnd = "flags_without_next_step";

    [Fact]
    public async Task No_statement_walks_through_a_table_that_grows_with_the_sample()
    {
        var growing = (string[])["answer", "attempt", "attempt_history", "carrier_event", "contact_cap", "disposition_history", "do_not_call", "flag", "follow_up_case",
            "frame_rejection", "interview", "interview_link", "message", "phone", "recording", "respondent", "respondent_phone", "sample_member", "sample_reserve"];
        var texts = new HashSet<string>(StringComparer.Ordinal);
        await job.Run.Database.WriteAsync(connection => texts.UnionWith(((PreparedConnection)connection).Texts), TestContext.Current.CancellationToken);
        AddReaders(texts, connections: 8);
        texts.RemoveWhere(text => !Statement().IsMatch(text) || text.Contains(OnceAtTheEnd, StringComparison.Ordinal));
        Assert.True(texts.Count > 60, $"{texts.Count} statements");
        var walks = job.Run.Database.Read(connection => texts
            .SelectMany(text => connection.Query("EXPLAIN QUERY PLAN " + text).Select(row => (Text: text, Step: (string)row.detail)))
            .ToList());

        // Steps over tables that a text does not name are checks of foreign keys, which run only after a violation.
        var bare = walks.Where(walk => Scan().Match(walk.Step) is { Success: true } scan && growing.Contains(scan.Groups[1].Value, StringComparer.Ordinal)
            && walk.Text.Contains(scan.Groups[1].Value, StringComparison.Ordinal));
        Assert.True(!bare.Any(), string.Join("\n", bare.Select(walk => $"{walk.Step}: {walk.Text}")));
    }

    private void AddReaders(HashSet<string> texts, int connections) => job.Run.Database.Read(connection =>
    {
        texts.UnionWith(((PreparedConnection)connection).Texts);
        if (connections > 1) AddReaders(texts, connections - 1);
        return true;
    });

    [GeneratedRegex(@"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Statement();

    /// <summary>A partial index holds the few rows that wait; walking through it is what it is for.</summary>
    [GeneratedRegex(@"^SCAN (\w+)(?! USING (COVERING )?INDEX)", RegexOptions.CultureInvariant)]
    private static partial Regex Scan();
}
