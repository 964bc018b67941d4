using System.ComponentModel.DataAnnotations;

namespace SurveyDialer.App.Web;

/// <summary>What the pages need to know of the installation.</summary>
internal sealed class SurveyPagesOptions
{
    /// <summary>Names under which the page listener may be addressed (the Host header without port); anything else is refused. Default: this machine only.</summary>
    [MinLength(1, ErrorMessage = "Pages: name at least one host under which the pages may be opened, for example localhost.")]
    public IList<string> Hosts { get; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>How other machines reach the pages; null: they do not.</summary>
    public LanEntrance? Lan { get; set; }

    /// <summary>True: whoever sits at the machine needs a door as well, for example behind a proxy on this machine.</summary>
    public bool DoorsAtTheMachineToo { get; set; }

    /// <summary>Where the keys that protect forms outlive a restart, in the user's profile; null: they do not (demonstration, tests).</summary>
    public string? FormKeysFolder { get; set; }

    /// <summary>The clock of the pages' own live updates. The product's clock may be virtual; people who look at a page are not.</summary>
    [Required(ErrorMessage = "Pages: set the clock of the live updates.")]
    public TimeProvider? WallClock { get; set; }

    /// <summary>How often a live page looks for changes. Default: one second.</summary>
    public TimeSpan LiveInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Way of calling by a line, as campaigns store it; null while none is set up.</summary>
    public string? Carrier { get; set; }

    /// <summary>Number that residents see when that line calls; null where none is set up.</summary>
    public string? CallerNumber { get; set; }

    /// <summary>True in a demonstration: every page says that all of this is made up.</summary>
    public bool Demonstration { get; set; }
}

/// <summary>How other machines reach the pages.</summary>
/// <param name="Names">Name and addresses of this machine, as they may stand in the Host header.</param>
/// <param name="Addresses">What to type into a browser there, the surest first.</param>
/// <param name="Fingerprint">SHA-256 of the certificate in use, as browsers write it.</param>
internal sealed record LanEntrance(IReadOnlyList<string> Names, IReadOnlyList<Uri> Addresses, Func<string> Fingerprint);
