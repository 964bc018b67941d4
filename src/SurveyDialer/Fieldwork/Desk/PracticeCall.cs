using System.Collections.Concurrent;
using SurveyDialer.Attempts.Planning;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;

namespace SurveyDialer.Fieldwork;

/// <summary>A call that is only practised. A value that the caller's page carries: nothing of it is stored, and no round knows of it.</summary>
/// <param name="Template">Name of the questionnaire on disk.</param>
/// <param name="Resident">Which of the invented residents, from 0.</param>
/// <param name="Language">BCP 47; one of the template's.</param>
/// <param name="Stage">Null: nobody is taken.</param>
/// <param name="Position">As the engine writes it; null before somebody answers.</param>
internal sealed record PracticeCall(string Template, int Resident, string Language, DeskStage? Stage, long Turn, string? Position, bool Danger);

/// <summary>
/// Practice at the desk: invented residents, whose numbers belong to nobody, and the engine, the keys and the rules for outcomes of the real calls.
/// </summary>
internal sealed class PracticeCalls(TemplateLibrary templates, TimeProvider clock)
{
    private const string Usual = "standard";
    private const string TimeZone = "Asia/Shanghai";
    private const int Residents = 50;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private static readonly IReadOnlyList<FrameRow> Invented = [.. new GeneratedFrame(new GeneratedFrameOptions { Rows = Residents, Seed = 7, MobileOnlyShare = 1, LandlineOnlyShare = 0 }).Rows()];

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, Template? Template)> read = new(StringComparer.Ordinal);

    /// <summary>Before the first invented resident is taken; null where no questionnaire is made for people at telephones.</summary>
    /// <param name="preferred">The questionnaire that the office calls with; null where it has no such round yet.</param>
    /// <param name="language">The caller's own; the interview begins in it where the questionnaire speaks it.</param>
    internal PracticeCall? Ready(string? preferred, string language)
    {
        var ids = new[] { preferred, Usual }.OfType<string>().Concat(templates.Ids).Distinct(StringComparer.Ordinal);
        return ids.Select(id => (Id: id, Template: Find(id))).FirstOrDefault(one => one.Template is not null) is ({ } first, { } template)
            ? new PracticeCall(first, -1, template.Languages.Contains(language) ? language : template.Languages[0], null, 0, null, Danger: false)
            : null;
    }

    /// <summary>The next invented resident, the number still hidden.</summary>
    internal static PracticeCall Next(PracticeCall call) => call with { Resident = (call.Resident + 1) % Residents, Stage = DeskStage.Taken, Turn = 0, Position = null, Danger = false };

    /// <summary>What the page shows of it; null when nobody is taken, or the questionnaire is gone.</summary>
    internal DeskCase? Show(PracticeCall call, string caller)
    {
        if (call.Stage is not { } stage || Engine(call) is not { } engine) return null;
        var cells = Invented[call.Resident].Cells;
        var position = call.Position is { } stored ? InterviewPosition.Parse(stored) : null;
        return new DeskCase
        {
            Hold = new DeskHold(caller, call.Resident, 0),
            Stage = stage,
            CampaignId = 0,
            Campaign = "",
            TimeZone = TimeZone,
            Name = cells[0].ToString(),
            Number = $"+86{cells[2]}",
            Area = cells[4].ToString(),
            Township = cells[3].ToString(),
            Ordinal = 1,
            Appointment = false,
            Until = clock.GetUtcNow() + HandOut.Held,
            Language = position?.Language ?? call.Language,
            Turn = call.Turn,
            Card = position is null ? null : engine.Card(position),
            Danger = call.Danger,
        };
    }

    /// <summary>One turn, as it would be taken in a real call.</summary>
    /// <returns>Where it stands then; and what the caller is told.</returns>
    internal (PracticeCall Call, DeskReply Reply) Enter(PracticeCall call, string caller, DeskEntry entry)
    {
        if (Engine(call) is not { } engine) return (call with { Stage = null }, new DeskReply.Gone());
        var position = call.Position is { } stored ? InterviewPosition.Parse(stored) : null;
        var next = position is null ? (entry is DeskEntry.Answered && call.Stage == DeskStage.Dialling ? engine.Start() : null)
            : entry is DeskEntry.Back ? engine.Back(position, _ => false)
            : DeskInput.Enter(engine, position, entry);
        if (next is null) return (call, Standing(call, caller, taken: false));
        if (next.End is null)
        {
            var on = call with { Stage = DeskStage.Asking, Turn = call.Turn + 1, Position = next.Position.ToText() };
            return (on, Standing(on, caller, taken: true));
        }

        var interview = InterviewEvidenceReader.Read(next.Position, engine);
        return (call with { Stage = null }, new DeskReply.Over(next.Says, CodeOf(DeskEvidence.Of(DeskOutcome.HungUp, Known, interview))));
    }

    /// <summary>Ends it otherwise than by the interview's own end.</summary>
    internal (PracticeCall Call, DeskReply Reply) End(PracticeCall call, string caller, DeskOutcome outcome, DateTimeOffset? appointment)
    {
        if (Show(call, caller) is not { } shown || call.Stage == DeskStage.Taken || Engine(call) is not { } engine) return (call, Standing(call, caller, taken: false));
        if (outcome == DeskOutcome.Later && !(appointment > clock.GetUtcNow()))
            return (call, new DeskReply.Not(shown, new AppointmentProblem(appointment is null ? "missing" : "past")));
        var held = call.Position is { } position ? InterviewEvidenceReader.Read(InterviewPosition.Parse(position), engine) : null;
        if (held is { ConsentGiven: true } && DeskEvidence.IsBeforeConsent(outcome)) return (call, Standing(call, caller, taken: false));
        return (call with { Stage = null }, new DeskReply.Over([], CodeOf(DeskEvidence.Of(outcome, Known, held))));
    }

    private static AttemptEvidence Known => new() { Frame = FrameType.List, Channel = AttemptChannel.Live };

    private static string CodeOf(AttemptEvidence evidence) => DispositionRules.Judge(evidence).Code.Code;

    private DeskReply Standing(PracticeCall call, string caller, bool taken)
        => Show(call, caller) is { } shown ? new DeskReply.Going(shown, taken) : new DeskReply.Gone();

    /// <summary>A questionnaire that people can hold; read anew after a while, not with every key.</summary>
    private Template? Find(string id)
    {
        var now = clock.GetUtcNow();
        if (read.TryGetValue(id, out var known) && known.Until > now) return known.Template;
        var template = templates.Read(id)?.Template is { } found && found.Channels.Contains(Channel.Live) ? found : null;
        read[id] = (now + Remembered, template);
        return template;
    }

    private InterviewEngine? Engine(PracticeCall call) => Find(call.Template) is not { } template ? null : new InterviewEngine(template, new InterviewSetting
    {
        Channel = Channel.Live, Language = call.Language, Blanks = BlankFilling.Examples(template), DrawSeed = 1, DrawNumber = Math.Max(0, call.Resident),
    });
}
