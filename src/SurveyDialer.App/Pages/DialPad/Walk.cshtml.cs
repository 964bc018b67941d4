using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Pages.DialPad;

/// <summary>
/// One walk through a questionnaire with the engine that holds the real interviews. Where it stands travels in the form, protected, so that
/// nothing is stored and the back button is harmless.
/// </summary>
[Needs(PageRight.TryOut)]
internal sealed class WalkModel(TemplateLibrary library, IDataProtectionProvider protection) : SurveyPage("DialPad")
{
    private static readonly TimeSpan SpokenComment = TimeSpan.FromSeconds(10);

    private readonly IDataProtector protector = protection.CreateProtector("dial-pad");
    private WalkTicket walk = null!;
    private InterviewEngine engine = null!;
    private RecordingSet recordings = RecordingSet.Empty;

    public Turn Turn { get; private set; } = null!;

    /// <summary>What the visitor has just pressed or sent, as the page repeats it.</summary>
    public string? Given { get; private set; }

    /// <summary>Where the walk stands, for the next turn.</summary>
    public string Ticket { get; private set; } = "";

    public bool IsText => walk.Channel == Channel.Text;

    /// <summary>The same questionnaire from the beginning, with the next draw of modules.</summary>
    public string Again => $"/dial-pad/walk?template={walk.Template}&language={walk.Language}&channel={walk.Channel}&landline={walk.Landline}&draw={walk.Draw + 1}";

    public string StateWords => Turn switch
    {
        { End: { } end } => T["State_Over", T[$"End_{end}"], T[$"Outcome_{engine.Outcome(Turn.Position)}"]],
        { Expects: Expectation.Words } => T[IsText ? "State_Type" : "State_Speak"],
        { Expects: Expectation.Nothing } => T["State_HungUp"],
        _ => T[IsText ? "State_Type" : "State_Press"],
    };

    public IActionResult OnGet(string? template, string? language, Channel channel, bool landline, ulong draw = 1)
    {
        if (!Open(new WalkTicket(template ?? "", language ?? "", channel, landline, draw, null))) return NotFound();
        Take(engine.Start(), null);
        return Page();
    }

    public IActionResult OnPost(string? ticket, string? key, string? typed)
    {
        if (WalkTicket.Read(protector, ticket) is not { Position: { } position } read || !Open(read)) return BadRequest();
        var (input, given) = Read(key, typed);
        Take(engine.Continue(InterviewPosition.Parse(position), input), given);
        return Request.Headers.ContainsKey("HX-Request") ? Partial("_Turn", this) : Page();
    }

    /// <summary>A recording of the questionnaire, for the page's player.</summary>
    public IActionResult OnGetAudio(string? template, string? sha256)
        => library.Recordings(template ?? "").All.FirstOrDefault(recording => recording.Sha256 == sha256) is { } recording
            ? new FileContentResult(recording.Bytes, "audio/wav") { EnableRangeProcessing = true }
            : NotFound();

    /// <summary>Where the page finds it.</summary>
    public string AudioAddress(string sha256) => $"/dial-pad/walk?handler=Audio&template={walk.Template}&sha256={sha256}";

    public static string KeyName(string key) => key switch { "*" => "star", "#" => "hash", _ => key };

    private (InterviewInput Input, string Given) Read(string? key, string? typed) => key switch
    {
        "silence" => (new InterviewInput.Silence(), T[IsText ? "Said_NoReply" : "Said_Nothing"]),
        "speak" => (new InterviewInput.Recorded(SpokenComment), T["Said_Spoken"]),
        "#" when !IsText => (new InterviewInput.Keys("#"), "#"),
        "typed" => (new InterviewInput.Typed(typed ?? ""), typed ?? ""),
        _ => (new InterviewInput.Keys(key ?? ""), key ?? ""),
    };

    private bool Open(WalkTicket ticket)
    {
        if (library.Read(ticket.Template)?.Template is not { } template) return false;
        if (!template.Languages.Contains(ticket.Language) || !template.Channels.Contains(ticket.Channel) || ticket.Channel == Channel.Live) return false;
        walk = ticket;
        recordings = library.Recordings(ticket.Template);
        var blanks = new Dictionary<string, string>(BlankFilling.Examples(template), StringComparer.Ordinal);
        foreach (var (name, value) in recordings.SpokenBlanks(template)) blanks[name] = value;
        engine = new InterviewEngine(template, new InterviewSetting
        {
            Channel = ticket.Channel, Language = ticket.Language, Blanks = blanks, Landline = ticket.Landline, DrawSeed = ticket.Draw, Audio = recordings.Lookup,
        });
        Title = template.Name.Find(PageLanguage.Current) ?? template.Id;
        return true;
    }

    private void Take(Turn turn, string? given)
    {
        Turn = turn;
        Given = given;
        Ticket = (walk with { Position = turn.Position.ToText() }).Write(protector);
        NextIs(T[turn.End is null ? IsText ? "Next_Type" : "Next_Press" : "Next_Over"]);
    }
}
