using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace SurveyDialer.App.Web;

/// <summary>The texts of one room's pages; what a room does not have is taken from the texts that all pages share.</summary>
internal sealed class PageWords
{
    private static readonly ResourceManager Shared = new("SurveyDialer.App.Web.WebTexts", typeof(PageWords).Assembly);
    private static readonly ConcurrentDictionary<string, PageWords> Rooms = new(StringComparer.Ordinal);

    private readonly ResourceManager? own;

    private PageWords(ResourceManager? own) => this.own = own;

    /// <summary>The texts that all pages share.</summary>
    public static PageWords Common { get; } = new(null);

    /// <summary>The text of a key in the visitor's language.</summary>
    /// <exception cref="MissingManifestResourceException">No text has this key.</exception>
    public string this[string key] => Find(key) ?? throw new MissingManifestResourceException($"No page text is called '{key}'.");

    /// <summary>The text of a key with its blanks filled.</summary>
    public string this[string key, params object?[] arguments] => string.Format(CultureInfo.InvariantCulture, this[key], arguments);

    /// <summary>The texts of the pages in <c>Pages/&lt;room&gt;/</c>.</summary>
    public static PageWords Of(string room)
        => Rooms.GetOrAdd(room, static name => new PageWords(new ResourceManager($"SurveyDialer.App.Pages.{name}.{name}Texts", typeof(PageWords).Assembly)));

    /// <summary>The text of a key, or null where there is none: for keys that come from stored data.</summary>
    public string? Find(string key) => own?.GetString(key, CultureInfo.CurrentUICulture) ?? Shared.GetString(key, CultureInfo.CurrentUICulture);
}
