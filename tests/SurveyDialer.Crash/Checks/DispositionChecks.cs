namespace SurveyDialer.Crash.Checks;

/// <summary>How an attempt ended in the books agrees with how its call ended at the carrier.</summary>
internal static class DispositionChecks
{
    private static readonly Dictionary<string, (string Status, string[] Outcomes)> Agreeing = new(StringComparer.Ordinal)
    {
        ["completed"] = ("Completed",
        [
            "Complete", "Partial", "BreakOff", "HardRefusal", "SoftRefusal", "HungUpBeforeConsent", "ScreenedOut", "LanguageMissing", "HumanWanted", "RespondentAway", "NothingHeard",
        ]),
        ["busy"] = ("Busy", ["Busy"]),
        ["no-answer"] = ("NoAnswer", ["NoAnswer", "SwitchedOff", "Blocked"]),
        ["failed"] = ("Failed", ["NotExisting", "Fault"]),
        ["canceled"] = ("Canceled", ["Fault"]),
    };

    public static IEnumerable<Finding> Check(CarrierLog log, Books books)
    {
        var calls = log.Calls.Where(call => call.Token is not null).ToLookup(call => call.Token!, StringComparer.Ordinal);
        var keys = KeysOf(log, books);
        foreach (var attempt in books.Attempts.Where(attempt => attempt is { IsVoice: true, State: "ended" }))
        {
            var own = attempt.Token is null ? [] : calls[attempt.Token].ToList();
            if (Disagreement(attempt, own) is { } problem) yield return new Finding(Broken.DispositionDisagrees, $"Attempt {attempt.Id} ({attempt.Token}): {problem}");
        }

        foreach (var attempt in books.Attempts.Where(attempt => attempt.Outcome == "Complete"))
        {
            var given = keys.GetValueOrDefault((attempt.CampaignId, attempt.RespondentId), 0);
            if (given < books.Core.Count)
                yield return new Finding(Broken.DispositionDisagrees, $"Attempt {attempt.Id} is complete, but its respondent gave {given} answers.");
        }
    }

    private static string? Disagreement(AttemptLine attempt, List<SeenCall> calls)
    {
        if (calls.Count == 0)
        {
            return attempt.CarrierStatus is { } said ? $"ended as {said}, but the carrier never had it."
                : attempt.Outcome is "Fault" ? null : $"{attempt.Outcome}, but the carrier never had it.";
        }

        var call = calls.Find(call => call.Sid == attempt.CarrierId) ?? calls[0];
        if (attempt.CarrierId is { } id && call.Sid != id) return $"knows {id}, which the carrier has not.";
        if (call.Final is not { } final) return "has ended, but its call goes on.";
        var (status, outcomes) = Agreeing[final];
        if (attempt.CarrierStatus != status) return $"{attempt.CarrierStatus ?? "without a report"}, but the carrier says {final}.";

        // Answered while we were down: nobody there said or heard anything.
        if (attempt.Outcome == "Fault" && final == "completed" && call.Steps.Count == 0) return null;
        if (attempt.Outcome is not { } outcome || !outcomes.Contains(outcome)) return $"{attempt.Outcome ?? "no outcome"} after {final}.";

        // "No answer" counts as rung, to be on the safe side, whatever the carrier reported on the way.
        if (attempt.RangAt is not null && call.RangAt is null && final != "no-answer") return "rang in the books, but not at the carrier.";
        var nines = call.Steps.Exists(step => step.Keys == "9");
        if (outcome == "HardRefusal" && !nines) return "HardRefusal, but nobody pressed 9.";
        var heard = nines && call.Turns.Count > 0 && call.Turns[^1] is { Delivered: true } && call.Steps[^1].Keys == "9";
        return heard && outcome is not ("HardRefusal" or "Complete" or "Partial") ? $"{outcome}, but 9 was pressed and heard." : null;
    }

    /// <summary>Keys that each respondent gave, by telephone or text, in all attempts.</summary>
    private static Dictionary<(long Campaign, long Respondent), int> KeysOf(CarrierLog log, Books books)
    {
        var attempts = books.Attempts.ToDictionary(attempt => attempt.Id);
        var owners = new Dictionary<string, AttemptLine>(StringComparer.Ordinal);
        foreach (var attempt in books.Attempts.Where(attempt => attempt.Token is not null)) owners[attempt.Token!] = attempt;
        foreach (var message in books.Messages) owners[message.Token] = attempts[message.AttemptId];
        var numbers = new Dictionary<string, AttemptLine>(StringComparer.Ordinal);
        foreach (var text in log.Accepted)
        {
            if (CarrierLog.TokenOf(text.Path) is { } token && owners.TryGetValue(token, out var owner)) numbers[text.Number] = owner;
        }

        var given = log.Calls.Where(call => call.Token is not null && owners.ContainsKey(call.Token)).SelectMany(call => call.Steps.Where(step => IsKey(step.Keys)).Select(_ => owners[call.Token!]))
            .Concat(log.Texts.Where(text => text.Kind == Simulator.WitnessKind.TextSent && numbers.ContainsKey(text.Number)).Select(text => numbers[text.Number]));
        return given.GroupBy(attempt => (attempt.CampaignId, attempt.RespondentId)).ToDictionary(group => group.Key, group => group.Count());
    }

    private static bool IsKey(string? keys) => keys is { Length: 1 } && char.IsAsciiDigit(keys[0]);
}
