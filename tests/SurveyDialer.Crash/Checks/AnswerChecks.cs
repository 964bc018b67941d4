using System.Text;
using SurveyDialer.Simulator;

namespace SurveyDialer.Crash.Checks;

/// <summary>Every answer after which a resident heard the next prompt is stored, once and as it was given; and nothing else is.</summary>
internal static class AnswerChecks
{
    public static IEnumerable<Finding> Check(CarrierLog log, Books books)
    {
        var attempts = books.Attempts.Where(attempt => attempt.Token is not null).ToDictionary(attempt => attempt.Token!, StringComparer.Ordinal);
        var stored = books.Answers.ToLookup(answer => (answer.CampaignId, answer.RespondentId, answer.Question));
        var given = new HashSet<(long Campaign, long Respondent, string Key)>();
        var findings = new List<Finding>();
        if (books.StrayInterviews > 0) findings.Add(new Finding(Broken.AnswerTwice, $"{books.StrayInterviews} interviews belong to no respondent, or to more than one."));
        foreach (var twice in stored.Where(answers => answers.Count() > 1))
            findings.Add(new Finding(Broken.AnswerTwice, $"Question {twice.Key.Question} of respondent {twice.Key.RespondentId} is stored {twice.Count()} times."));

        void Expect(AttemptLine attempt, string question, string key, string where)
        {
            if (!stored[(attempt.CampaignId, attempt.RespondentId, question)].Any(answer => answer.Key == key && answer.How == "given"))
                findings.Add(new Finding(Broken.AnswerLost, $"{where}: {question} was answered by {key} and the next prompt was heard, but attempt {attempt.Id} of respondent {attempt.RespondentId} has no such answer."));
        }

        foreach (var call in log.Calls)
        {
            if (call.Token is null || !attempts.TryGetValue(call.Token, out var attempt)) continue;
            foreach (var step in call.Steps) given.Add((attempt.CampaignId, attempt.RespondentId, step.Keys ?? ""));

            // Somebody else of the household is asked in the next call, and what this one said is taken back then.
            if (attempt.Outcome == "RespondentAway") continue;
            foreach (var (question, key) in Heard(call, books)) Expect(attempt, question, key, $"Call {call.Sid}");
        }

        foreach (var (attempt, question, key, heardNext) in Replies(log, books))
        {
            given.Add((attempt.CampaignId, attempt.RespondentId, key));
            if (heardNext) Expect(attempt, question, key, "By text");
        }

        findings.AddRange(books.Answers.Where(answer => answer.How == "given" && !given.Contains((answer.CampaignId, answer.RespondentId, answer.Key)))
            .Select(answer => new Finding(Broken.AnswerInvented, $"Respondent {answer.RespondentId} never gave {answer.Key} to {answer.Question}.")));
        return findings;
    }

    /// <summary>Questions of a call whose key was followed by another prompt.</summary>
    private static IEnumerable<(string Question, string Key)> Heard(SeenCall call, Books books)
    {
        for (var i = 0; i + 1 < call.Steps.Count; i++)
        {
            var step = call.Steps[i];
            if (step.Detail is { } question && step.Keys is { } key && IsOption(books, question, key)) yield return (question, key);
        }
    }

    private static IEnumerable<(AttemptLine Attempt, string Question, string Key, bool HeardNext)> Replies(CarrierLog log, Books books)
    {
        var attempts = books.Attempts.ToDictionary(attempt => attempt.Id);
        var messages = books.Messages.ToDictionary(message => message.Token, StringComparer.Ordinal);
        foreach (var number in log.Texts.GroupBy(text => text.Number))
        {
            var texts = number.ToList();
            var crossed = CrossedFrom(texts, books);
            for (var i = 0; i < texts.Count; i++)
            {
                var reply = texts[i];
                if (reply.Kind != WitnessKind.TextSent || reply.Detail is not { } question) continue;
                var key = KeyOf(reply);
                if (!IsOption(books, question, key)) continue;
                var asked = texts.Take(i).LastOrDefault(text => text.Kind == WitnessKind.TextDelivered && text.Detail == question);
                if (CarrierLog.TokenOf(asked?.Path) is not { } token || !messages.TryGetValue(token, out var message)) continue;
                var next = i < crossed && texts.Skip(i + 1).Any(text => text.Kind == WitnessKind.TextDelivered && text.Detail is { } about && about != question);
                yield return (attempts[message.AttemptId], question, key, next);
            }
        }
    }

    /// <summary>
    /// Texts have no thread: where somebody answers a question and then the reminder of it that was on its way, the second reply counts for the next
    /// question. What such a conversation says from there on is not held against the books.
    /// </summary>
    public static int Crossed(CarrierLog log, Books books) => log.Texts.GroupBy(text => text.Number).Count(number => CrossedFrom([.. number], books) < int.MaxValue);

    private static int CrossedFrom(List<WitnessEntry> texts, Books books)
    {
        string? answered = null;
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Kind != WitnessKind.TextSent) continue;
            var about = texts[i].Detail ?? "invitation";
            if (about == answered) return i;
            if (texts[i].Detail is null || !books.Options.ContainsKey(about) || IsOption(books, about, KeyOf(texts[i]))) answered = about;
        }

        return int.MaxValue;
    }

    private static string KeyOf(WitnessEntry reply) => (reply.Keys ?? "").Normalize(NormalizationForm.FormKC).Trim();

    private static bool IsOption(Books books, string question, string key) => books.Options.TryGetValue(question, out var keys) && keys.Contains(key);
}
