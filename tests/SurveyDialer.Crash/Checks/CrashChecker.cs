using SurveyDialer.Simulator;

namespace SurveyDialer.Crash.Checks;

/// <summary>Holds the product's books against the simulator's log, once everything has come to rest.</summary>
internal static class CrashChecker
{
    private static readonly string[] Unfinished = ["leased", "placing", "placed", "unknown", "pending"];

    public static IReadOnlyList<Finding> Check(CarrierLog log, Books books) =>
        [.. Rings(log), .. Texts(log, books), .. Strangers(log, books), .. AnswerChecks.Check(log, books), .. Stuck(books), .. DispositionChecks.Check(log, books)];

    private static IEnumerable<Finding> Rings(CarrierLog log)
    {
        foreach (var twice in log.Calls.Where(call => call is { Token: not null, RangAt: not null }).GroupBy(call => call.Token).Where(group => group.Count() > 1))
            yield return new Finding(Broken.RangTwice, $"Attempt {twice.Key} rang {twice.Count()} times.");
        foreach (var number in log.Calls.Where(call => call.RangAt is not null).GroupBy(call => call.Number))
        {
            SeenCall? before = null;
            foreach (var call in number.OrderBy(call => call.RangAt))
            {
                if (before is not null && (before.FreedAt is null || before.FreedAt > call.RangAt))
                    yield return new Finding(Broken.RangWhileInUse, $"Call {call.Sid} ({call.Token}) rang while {before.Sid} ({before.Token}) was open.");
                before = call;
            }
        }
    }

    private static IEnumerable<Finding> Texts(CarrierLog log, Books books)
    {
        foreach (var twice in log.Accepted.Where(text => text.Path is not null).GroupBy(text => text.Path).Where(group => group.Count() > 1))
            yield return new Finding(Broken.TextedTwice, $"{twice.Key} was sent {twice.Count()} times.");
        var turns = books.Messages.ToDictionary(message => message.Token, message => (message.AttemptId, message.Turn), StringComparer.Ordinal);
        foreach (var twice in log.Accepted.Select(text => CarrierLog.TokenOf(text.Path)).Where(token => token is not null && turns.ContainsKey(token))
            .Select(token => (Token: token!, Turn: turns[token!])).DistinctBy(one => one.Token).GroupBy(one => one.Turn).Where(group => group.Count() > 1))
            yield return new Finding(Broken.TextedTwice, $"Turn {twice.Key.Turn} of attempt {twice.Key.AttemptId} was sent under {twice.Count()} tokens.");
    }

    private static IEnumerable<Finding> Strangers(CarrierLog log, Books books)
    {
        var tokens = books.Attempts.Select(attempt => attempt.Token).Concat(books.Messages.Select(message => (string?)message.Token)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var call in log.Calls.Where(call => call.Token is null || !tokens.Contains(call.Token)))
            yield return new Finding(Broken.CallOfNobody, $"Call {call.Sid} has the token {call.Token ?? "(none)"}, which no attempt has.");
        foreach (var text in log.Accepted.Where(text => CarrierLog.TokenOf(text.Path) is { } token && !tokens.Contains(token)))
            yield return new Finding(Broken.CallOfNobody, $"Text {text.Sid} has a token that no message has: {text.Path}.");
    }

    private static IEnumerable<Finding> Stuck(Books books)
    {
        foreach (var attempt in books.Attempts.Where(attempt => Unfinished.Contains(attempt.State)))
            yield return new Finding(Broken.Stuck, $"Attempt {attempt.Id} ({attempt.Token}) is {attempt.State}.");
        foreach (var message in books.Messages.Where(message => message.State is "pending" or "placing" or "unknown"))
            yield return new Finding(Broken.Stuck, $"Turn {message.Turn} of attempt {message.AttemptId} by text is {message.State}.");
        foreach (var member in books.Members.Where(member => member.FinalCode is null))
            yield return new Finding(Broken.Stuck, $"Respondent {member.RespondentId} of campaign {member.CampaignId} has no final code.");
    }
}
