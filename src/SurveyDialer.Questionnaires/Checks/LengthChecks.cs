namespace SurveyDialer.Questionnaires;

/// <summary>Prompts that nobody listens to, and texts that cost twice.</summary>
internal static class LengthChecks
{
    private const int UnicodeSegment = 70;
    private const int PlainSegment = 160;
    private const double LongestInterview = 180;

    public static void Check(Template template, RecordingSet recordings, CheckLog log)
    {
        var examples = BlankFilling.Examples(template);
        foreach (var language in template.Languages)
        {
            string Filled(LocalText text) => BlankFilling.Fill(text.In(language), language, examples, () => "3");
            var recorded = recordings.All.Where(r => r.Language == language).ToLookup(r => r.Step, r => r.Seconds);
            double Recorded(string step, Func<double> read) => recorded.Contains(step) ? recorded[step].Max() : read();
            double Seconds(string step, LocalText text) => Recorded(step, () => PromptSeconds.Of(Filled(text)));
            double Read(string step, IEnumerable<LocalText> options) => Recorded(step, () => options.Sum(o => PromptSeconds.Of(Filled(o)) + 1));
            void Limit(string key, double seconds, double most)
            {
                if (seconds > most)
                    log.Error($"{key}.{language}", "prompt_too_long", CheckLog.Number(Math.Ceiling(seconds)), CheckLog.Number(most));
            }

            var intro = template.Introduction;
            Limit("introduction.identity", Seconds("identity", intro.Identity), 6);
            Limit("introduction.about", Seconds("identity", intro.Identity) + Seconds("about", intro.About) + Seconds("ask", intro.Ask), 45);
            Limit("introduction.notice", Seconds("notice", intro.Notice), 60);
            foreach (var (list, question) in template.Screening.Select(q => ("screening", q)).Concat(template.Questions.Select(q => ("questions", q))))
            {
                var options = question.Options.Where(o => o.Pole != OptionPole.CannotSay).Select(o => o.Text);
                if (!question.Text.IsEmpty)
                    Limit($"{list}.{question.Id}.text", Seconds($"question.{question.Id}", question.Text) + Read($"options.{question.Id}", options), 30);
                Limit($"{list}.{question.Id}.explanation", Seconds($"explain.{question.Id}", question.Explanation), 30);
            }

            var follow = template.FollowUp;
            if (!follow.Text.IsEmpty)
                Limit("follow_up.text", Seconds("consent", follow.Text) + Read("options.consent", [follow.Phone, follow.Visit, follow.Report, follow.No]), 15);
            Limit("follow_up.notice", Seconds("consent-notice", follow.Notice), 60);
            Limit("follow_up.topic_text", Seconds("topic", follow.TopicText) + Read("options.topic", follow.Topics.Select(t => t.Text)), 30);
            Limit("follow_up.comment", Seconds("comment", follow.Comment), 30);
            foreach (var text in TemplateTexts.All(template).Where(t => t.Use is TextUse.Message or TextUse.OptionalMessage or TextUse.Announcement && t.Text.Find(language) is not null))
                CheckMessage($"{text.Key}.{language}", Filled(text.Text), log);
            var total = PromptSeconds.Of(template, Channel.Voice, language).Total;
            if (template.Channels.Contains(Channel.Voice) && total > LongestInterview)
                log.Warning("questions", "interview_too_long", language, CheckLog.Number(total), CheckLog.Number(LongestInterview));
        }
    }

    private static void CheckMessage(string key, string text, CheckLog log)
    {
        var plain = text.All(c => c < 128);
        var (one, more) = plain ? (PlainSegment, PlainSegment - 7) : (UnicodeSegment, UnicodeSegment - 3);
        if (text.Length > 2 * more)
            log.Error(key, "message_too_long", $"{text.Length}", $"{one}");
        else if (text.Length > one)
            log.Warning(key, "message_two_parts", $"{text.Length}", $"{one}");
    }
}
