using System.ComponentModel.DataAnnotations;

namespace SurveyDialer.App.Web;

/// <summary>What the pages need to know of the installation.</summary>
internal sealed class SurveyPagesOptions
{
    /// <summary>Names under which the page listener may be addressed (the Host header without port); anything else is refused. Default: this machine only.</summary>
    [MinLength(1, ErrorMessage = "Pages: name at least one host under which the pages may be opened, for example localhost.")]
    public IList<string> Hosts { get; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Where the keys that protect forms outlive a restart, in the user's profile; null: they do not (demonstration, tests).</summary>
    public string? FormKeysFolder { get; set; }

    /// <summary>The clock of the pages' own live updates. The product's clock may be virtual; people who look at a page are not.</summary>
    [Required(ErrorMessage = "Pages: set the clock of the live updates.")]
    public TimeProvider? WallClock { get; set; }

    /// <summary>How often a live page looks for changes. Default: one second.</summary>
    public TimeSpan LiveInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>True in a demonstration: every page says that all of this is made up.</summary>
    public bool Demonstration { get; set; }
}
