using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SurveyDialer.App.Web;
using SurveyDialer.Campaigns;
using SurveyDialer.People;

namespace SurveyDialer.App.Pages.Doors;

/// <summary>Links for named persons: made, shown once, listed and revoked by whoever sits at the machine.</summary>
[Needs(PageRight.Administer)]
internal sealed class IndexModel(DoorDesk desk, CampaignQueries campaigns, IOptions<SurveyPagesOptions> options) : SurveyPage("Doors")
{
    private TimeZoneInfo zone = TimeZoneInfo.Utc;

    public IReadOnlyList<Door> Doors { get; private set; } = [];

    /// <summary>Right after it was made; its link is never shown again.</summary>
    public NewDoor? Made { get; private set; }

    /// <summary>How other machines come in; null: they do not.</summary>
    public LanEntrance? Lan => options.Value.Lan;

    [BindProperty]
    public string? Person { get; set; }

    [BindProperty]
    public DoorKind Kind { get; set; } = DoorKind.Caller;

    /// <summary>It is one person with several browsers, and not two of one name.</summary>
    [BindProperty]
    public bool Same { get; set; }

    /// <summary>The name has a door already: whether it is the same person is asked, since equal names are one person to whatever they do.</summary>
    public bool NameTaken { get; private set; }

    /// <summary>The link of the new door, as each address of this machine has it.</summary>
    public IEnumerable<Uri> Links
        => (Lan?.Addresses ?? [new Uri($"{Request.Scheme}://{Request.Host}")]).Select(root => DoorEntry.Link(root, Made!.Key));

    public void OnGet()
    {
        Load();
        NextIs(T[Doors.Any(door => door.State != DoorState.Revoked) ? Lan is null ? "Next_Local" : "Next_Lan" : "Next_None"]);
    }

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancellation)
    {
        if (!Enum.IsDefined(Kind)) return BadRequest();
        if (!Same && PersonName.Clean(Person) is { } name && desk.List().Any(door => door.Person == name))
        {
            NameTaken = true;
            NotDone = T["Problem_NameTaken", name];
            Load();
            NextIs(T["Next_NameTaken", name]);
            return Page();
        }

        (Made, var problem) = await desk.MakeAsync(Kind, Person, Who, cancellation);
        Load();
        if (problem is not null) NotDone = T["Problem_NameMissing", PersonName.Longest];
        NextIs(Made is null ? T["Next_Name"] : T["Next_Made", Made.Person]);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id, CancellationToken cancellation)
    {
        if (await desk.RevokeAsync(id, Who, cancellation)) Done = T["Revoked"];
        else NotDone = T["NotThere"];
        return RedirectToPage();
    }

    public string At(long millis) => Show.Time(millis, zone, Now);

    private void Load()
    {
        Title = T["Title"];
        Doors = desk.List();
        zone = Show.Zone(campaigns.List().Select(summary => summary.Campaign.TimeZone).FirstOrDefault() ?? "Asia/Shanghai");
    }
}
