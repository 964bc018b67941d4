using Dapper;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>A list as staff choose it. Times are UTC milliseconds.</summary>
public sealed record FrameView
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public string Source { get; init; } = "";

    public string LegalBasis { get; init; } = "";

    /// <summary>Whom it is about; <c>residents</c> unless something else was said.</summary>
    public string Population { get; init; } = "";

    public long ImportedAt { get; init; }

    public long Read { get; init; }

    /// <summary>People whom it brought.</summary>
    public long Imported { get; init; }

    public long Rejected { get; init; }

    /// <summary>Rows whose people were there already.</summary>
    public long Known { get; init; }

    /// <summary>Of <see cref="Known"/> those whose person an earlier row of the same list had brought.</summary>
    public long Twice { get; init; }

    /// <summary>People whom an earlier list had brought; they belong to this one too.</summary>
    public long Earlier => Known - Twice;

    /// <summary>Everybody on it.</summary>
    public long People => Imported + Earlier;
}

/// <summary>Reads <c>frame</c> for pages.</summary>
public sealed class FrameQueries(Database database)
{
    private const string Select = """
        SELECT id, name, source, legal_basis, population, imported_at, rows_read AS read, rows_imported AS imported, rows_rejected AS rejected, rows_known AS known, rows_twice AS twice FROM frame
        """;

    /// <summary>All lists that were imported to their end, the newest first.</summary>
    public IReadOnlyList<FrameView> All() => database.Read(connection => connection.Query<FrameView>(Select + " WHERE imported_at > 0 ORDER BY id DESC;").AsList());

    /// <summary>Null when there is none.</summary>
    public FrameView? Find(long id) => database.Read(connection => connection.QuerySingleOrDefault<FrameView>(Select + " WHERE id = @id;", new { id }));

    /// <summary>Townships where the people of some lists live, by id.</summary>
    public IReadOnlyList<(long Id, string Name)> Townships(IReadOnlyList<long> frames)
        => frames.Count == 0 ? [] : database.Read(connection => FrameTownships.Of(connection, frames));
}
