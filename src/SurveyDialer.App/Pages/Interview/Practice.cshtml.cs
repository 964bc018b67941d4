using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.Fieldwork;

namespace SurveyDialer.App.Pages.Interview;

/// <summary>
/// The same screen with invented residents, for a caller before her first call. Where it stands travels in the forms, protected, so that nothing is
/// stored and no figure knows of it.
/// </summary>
[Needs(PageRight.FollowUp)]
internal sealed class PracticeModel(PracticeCalls practice, CampaignQueries campaigns, IDataProtectionProvider protection) : DeskPage
{
    private const char Separator = '\n';

    private readonly IDataProtector protector = protection.CreateProtector("desk-practice");
    private PracticeCall? call;

    public override string Address => "/interview/practice";

    public override string? Ticket => call is null ? "" : protector.Protect(Write(call));

    /// <summary>As it was sent.</summary>
    [BindProperty(Name = "ticket")]
    public string? Sent { get; set; }

    public IActionResult OnGet()
    {
        call = practice.Ready(campaigns.List().Select(one => one.Campaign).FirstOrDefault(one => one is { Carrier: "desk-phone", State: not "closed" })?.TemplateId, PageLanguage.Current);
        return Screen();
    }

    public IActionResult OnPostNext() => Do(at => (PracticeCalls.Next(at), null));

    public IActionResult OnPostDial() => Do(at => (at.Stage == DeskStage.Taken ? at with { Stage = DeskStage.Dialling } : at, null));

    public IActionResult OnPostBack() => Do(at => (at with { Stage = null }, null));

    public IActionResult OnPostTurn(string? key, string[]? chosen, string? words)
    {
        if (words is { Length: > CallerDesk.LongestWords }) return Do(at => (at, null), () => WhyNotTaken(key, words));
        return Do(at => practice.Enter(at, Name, Entry(key, chosen, words)), () => WhyNotTaken(key, words));
    }

    public IActionResult OnPostEnd(DeskOutcome? outcome)
    {
        if (outcome is not { } chosen || !Enum.IsDefined(chosen)) return BadRequest();
        return Do(at => practice.End(at, Name, chosen, Appointment(At, practice.Show(at, Name))), outcome: chosen);
    }

    public IActionResult OnPostUrgent()
    {
        Urgent = true;
        return Do(at => (at with { Danger = true }, null));
    }

    private string Name => CallerName.Calling(HttpContext) ?? T["Practice_You"];

    private IActionResult Do(Func<PracticeCall, (PracticeCall, DeskReply?)> deed, Func<string?>? whyNot = null, DeskOutcome? outcome = null)
    {
        call = Read();
        if (call is null)
        {
            // A page of before the server was started anew.
            Notice = T["Practice_Gone"];
            return OnGet();
        }

        var agreed = Appointment(At, practice.Show(call, Name));
        (call, var reply) = deed(call);
        var taken = reply is null ? whyNot is null : Tell(reply, outcome, agreed);
        Case = practice.Show(call, Name);
        if (!taken && Case is { Stage: DeskStage.Asking }) Notice = whyNot?.Invoke();
        return Screen();
    }

    private static string Write(PracticeCall call) => string.Join(
        Separator, call.Template, call.Resident.ToString(CultureInfo.InvariantCulture), call.Language, call.Stage, call.Turn.ToString(CultureInfo.InvariantCulture), call.Position, call.Danger);

    private PracticeCall? Read()
    {
        if (string.IsNullOrEmpty(Sent)) return null;
        try
        {
            var parts = protector.Unprotect(Sent).Split(Separator);
            return new PracticeCall(
                parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3].Length == 0 ? null : Enum.Parse<DeskStage>(parts[3]),
                long.Parse(parts[4], CultureInfo.InvariantCulture), parts[5].Length == 0 ? null : parts[5], bool.Parse(parts[6]));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Nothing is kept that a redirect could come back to: without scripts, too, the answer is the page itself.</summary>
    private IActionResult Screen()
    {
        Title = T["Practice_Title"];
        Caller = Name;
        NextIs(Over is not null ? T["Practice_Over"] : StepLine() ?? T[call is null ? "Practice_None" : "Practice_Next"]);
        return IsFragment ? Partial("_Desk", this) : Page();
    }
}
