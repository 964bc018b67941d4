using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Web;
using SurveyDialer.Fieldwork;
using SurveyDialer.Phones;

namespace SurveyDialer.App.Pages.Enquiries;

/// <summary>"Who rang me?", asked by a resident who rings the office: what to read out, never again, an agreed time. No answers, no outcome of a call.</summary>
[Needs(PageRight.Enquire)]
internal sealed class IndexModel(EnquiryDesk desk) : SurveyPage("Enquiries")
{
    private static readonly DialDefaults AsWritten = new() { AllowForeign = true };

    /// <summary>What was found; null before anybody has asked.</summary>
    public Enquiry? Found { get; private set; }

    /// <summary>As it was typed.</summary>
    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public long Campaign { get; set; }

    [BindProperty]
    public long Respondent { get; set; }

    /// <summary>A local time where the respondents live.</summary>
    [BindProperty]
    public DateTime? At { get; set; }

    public void OnGet()
    {
        Title = T["Title"];
        NextIs(T["Next_Ask"]);
    }

    public async Task OnPostFindAsync(CancellationToken cancellation)
    {
        OnGet();
        if (Read() is { } number) await LookAsync(number, cancellation);
    }

    public async Task<IActionResult> OnPostNeverAsync(CancellationToken cancellation)
    {
        OnGet();
        if (Read() is not { } number) return Page();
        await desk.NeverAgainAsync(number, Who, cancellation);
        Done = T["Never_Done", number.Masked];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAgreeAsync(CancellationToken cancellation)
    {
        OnGet();
        if (Read() is not { } number) return Page();
        await LookAsync(number, cancellation);
        var place = new EnquiryPlace(Campaign, Respondent);
        if (Found?.Rounds.FirstOrDefault(round => round.Place == place) is not { } round) return Page();
        DateTimeOffset? asked = At is { } local ? Show.Instant(local, Show.Zone(round.TimeZone)) : null;
        if (await desk.AgreeAsync(number, place, asked, Who, cancellation) is { } problem)
        {
            NotDone = problem.Possible is { } possible ? T["Appointment_closed", Time(possible.ToUnixTimeMilliseconds(), round)] : T[$"Appointment_{problem.Key}"];
            return Page();
        }

        Done = T["Agree_Done", Time(asked!.Value.ToUnixTimeMilliseconds(), round)];
        return RedirectToPage();
    }

    public string Time(long millis, EnquiryRound round) => Show.Time(millis, Show.Zone(round.TimeZone), Now);

    /// <summary>The evening of the next day there.</summary>
    public DateTime Suggested(EnquiryRound round) => At ?? LocalNow(round).Date.AddDays(1).AddHours(19);

    public DateTime LocalNow(EnquiryRound round) => TimeZoneInfo.ConvertTime(Now, Show.Zone(round.TimeZone)).DateTime;

    private async Task LookAsync(PhoneNumber number, CancellationToken cancellation)
    {
        (Found, var problem) = await desk.FindAsync(number, Who, Reason, cancellation);
        if (problem is { } why) NotDone = T[$"Problem_{why}"];
        else NextIs(T[Found switch { { NeverAgain: true } => "Next_Never", { Rounds.Count: 0 } => "Next_Unknown", _ => "Next_Found" }]);
    }

    /// <summary>The one number that was typed, in any spelling.</summary>
    private PhoneNumber? Read()
    {
        var cell = PhoneParser.Parse(Number, AsWritten);
        if (cell is { Numbers: [var number], Problems: [] }) return number;
        NotDone = cell.Problems is [var first, ..] ? first.InWords(CultureInfo.CurrentUICulture) : T[cell.Numbers.Count > 1 ? "Number_Several" : "Number_None"];
        return null;
    }
}
