using System.Globalization;
using SurveyDialer.FollowUps;
using SurveyDialer.People;
using SurveyDialer.Sample;
using SurveyDialer.Storage;

namespace SurveyDialer.Exports;

/// <summary>
/// Brings back what was filled in on an exported follow-up list: how the resident was reached, what was found, the result, the next date. Each row is
/// done as a whole or not at all; a list brought back twice changes nothing the second time.
/// </summary>
public sealed class FollowUpResults(Database database, FieldCipher cipher, TimeProvider clock)
{
    /// <summary>Rows that a list may have.</summary>
    public const int MostRows = 20_000;

    /// <summary>Where only a day was said.</summary>
    private static readonly TimeOnly Morning = new(9, 0);

    private readonly CaseQueries queries = new(database, cipher);
    private readonly CaseDesk desk = new(database, cipher, clock);

    /// <summary>Opens a list that was exported and filled in, whatever else became of it: it need hold no telephone column.</summary>
    /// <returns>The list, to be disposed; or why it cannot be read.</returns>
    public static (FrameFile? File, FrameProblem? Problem) Open(Stream stream, string name) => FrameReader.OpenSheet(stream, name, Columns.IsTitle);

    /// <summary>Takes the steps that a list tells of.</summary>
    /// <param name="who">Whoever brings it; a row may name another worker.</param>
    /// <returns>What was done, and row by row what was not; null when the file is no follow-up list.</returns>
    public async Task<FollowUpResultsTaken?> TakeAsync(FrameFile file, string who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (Columns.Of(file.Layout) is not { } columns) return null;
        var (done, unchanged) = (0, 0);
        var problems = new List<ResultProblem>();
        for (var rows = 0; rows < MostRows && file.Next() is { } row; rows++)
        {
            var filled = Filled.Of(columns, row);
            if (filled.IsEmpty) continue;
            var (outcome, problem) = await TakeAsync(filled, who, cancellation);
            if (problem is not null) problems.Add(new ResultProblem(row.Number, problem.Value, filled.Wrong));
            else if (outcome) done++;
            else unchanged++;
        }

        await database.WriteAsync(
            connection => AuditLog.Add(connection, clock.NowMillis(), who, "results-imported", $"done {done}, unchanged {unchanged}, not done {problems.Count}"), cancellation);
        return new FollowUpResultsTaken(done, unchanged, problems);
    }

    /// <returns>Whether anything was done; or why not.</returns>
    private async Task<(bool Done, ResultFault? Fault)> TakeAsync(Filled filled, string who, CancellationToken cancellation)
    {
        if (filled.Fault is { } unreadable) return (false, unreadable);
        if (filled.Case is not { } id || queries.Find(id) is not { } found) return (false, ResultFault.NoSuchCase);

        // Sorted in the wrong way, a spreadsheet puts one person's result on another's row.
        if (filled.Name.Length > 0 && !string.Equals(filled.Name, found.Name?.Trim(), StringComparison.Ordinal)) return (false, ResultFault.OtherName);
        if (filled.Note.Length > 0 && found.History.Any(step => step.Note == filled.Note) && (filled.Outcome is null || found.Item.Outcome == filled.Outcome)) return (false, null);
        var next = filled.Next is { } said ? Next(said, found.Item) : null;
        if (filled.Note.Length == 0 && filled.Outcome is null && next is null) return (false, null);
        if (filled.Note.Length == 0 && filled.Outcome is not null) return (false, ResultFault.NoteMissing);
        var steps = Steps(found.Item, filled, next, filled.Worker.Length > 0 ? filled.Worker : who);
        return await desk.TakeStepsAsync(steps, cancellation) is { } problem ? (false, Fault(problem)) : (true, null);
    }

    /// <summary>From where the case stands: taken, reached, visited, closed, in this order, as far as the row tells.</summary>
    private static List<CaseStep> Steps(CaseItem item, Filled filled, DateTimeOffset? next, string who)
    {
        var state = CaseLifecycle.FromColumn(item.State);
        var steps = new List<CaseStep>();
        if (state == CaseState.Open) Add(CaseEvent.Take, null);
        if (filled.Note.Length > 0)
        {
            var visit = filled.Way switch { ResultWay.Visit => true, ResultWay.Phone => false, _ => item.PreferredWay == "visit" };
            Add(
                filled.Way == ResultWay.NotReached ? CaseEvent.NotReached
                    : visit && CaseLifecycle.After(state, CaseEvent.Visit) is not null ? CaseEvent.Visit : CaseEvent.Contact,
                filled.Note);
        }

        if (filled.Outcome is { } outcome) steps.Add(Step(CaseEvent.Close, filled.Note) with { Outcome = outcome });
        else if (next is not null) steps.Add(Step(CaseEvent.SetNext, null) with { NextAt = next });
        return steps;

        void Add(CaseEvent happened, string? note)
        {
            steps.Add(Step(happened, note));
            state = CaseLifecycle.After(state, happened) ?? state;
        }

        CaseStep Step(CaseEvent happened, string? note) => new() { CaseId = item.Id, Event = happened, Who = who, Note = note };
    }

    private static ResultFault Fault(CaseProblem problem) => problem switch
    {
        CaseProblem.OwnInterview => ResultFault.OwnInterview,
        CaseProblem.NextTimePast => ResultFault.NextPast,
        CaseProblem.TooLong => ResultFault.TooLong,
        CaseProblem.NoteMissing or CaseProblem.OutcomeMissing or CaseProblem.NextTimeMissing or CaseProblem.ReasonMissing => ResultFault.NoteMissing,
        CaseProblem.NotPossibleNow => ResultFault.ClosedAlready,
    };

    /// <summary>Null where it is what was agreed before.</summary>
    private DateTimeOffset? Next(SaidTime said, CaseItem item)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(item.TimeZone);
        var day = said.On(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        if (item.NextAt is { } known && TimeZoneInfo.ConvertTime(Instants.FromMillis(known), zone).DateTime is var agreed && DateOnly.FromDateTime(agreed) == day
            && (said.Time is null || said.Time == TimeOnly.FromDateTime(agreed))) return null;
        var local = day.ToDateTime(said.Time ?? Morning);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    /// <summary>Where the list keeps what; in Chinese and English.</summary>
    private sealed record Columns(int Case, int Name, int How, int Note, int Outcome, int Next, int Worker)
    {
        private static readonly string[] Keys = ["case", "name", "result_how", "result_note", "result_outcome", "next", "worker"];

        internal static bool IsTitle(string title) => Array.Exists(Keys, key => IsCalled(key, title));

        internal static Columns? Of(FrameLayout layout)
        {
            var columns = new Columns(Find("case"), Find("name"), Find("result_how"), Find("result_note"), Find("result_outcome"), Find("next"), Find("worker"));
            return columns is { Case: >= 0, Note: >= 0, Outcome: >= 0 } ? columns : null;

            int Find(string key) => layout.Columns.FirstOrDefault(column => IsCalled(key, column.Title))?.Index ?? -1;
        }

        /// <summary>What stands in brackets helps to fill it in, and was less in lists of earlier versions.</summary>
        private static bool IsCalled(string key, string title) => ExportTexts.All.Any(texts => string.Equals(Unbracketed(texts[key]), Unbracketed(title), StringComparison.OrdinalIgnoreCase));

        private static string Unbracketed(string title) => title.Split('（', '(')[0].Trim();
    }

    /// <summary>What a row says. <paramref name="Wrong"/>: the cell that cannot be understood.</summary>
    private sealed record Filled(long? Case, string Name, ResultWay? Way, string Note, string? Outcome, SaidTime? Next, string Worker, ResultFault? Fault, string Wrong)
    {
        /// <summary>A note that is nothing but the word: "电话没人接". Longer ones tell more than that.</summary>
        private const int LongestWord = 8;

        internal bool IsEmpty => Note.Length == 0 && Outcome is null && Next is null && Fault is null;

        internal static Filled Of(Columns columns, FrameRow row)
        {
            string Text(int column) => row[column].ToString();
            var filled = new Filled(
                long.TryParse(Text(columns.Case), CultureInfo.InvariantCulture, out var id) ? id : null, Text(columns.Name), null, Text(columns.Note), null, null, Text(columns.Worker), null, "");
            if (Text(columns.How) is { Length: > 0 } how)
                filled = WayOf(how) is { } way ? filled with { Way = way, Note = way == ResultWay.NotReached && filled.Note.Length == 0 ? how : filled.Note } : filled with { Fault = ResultFault.UnknownWay, Wrong = how };
            else if (filled.Note.Length is > 0 and <= LongestWord && WayOf(filled.Note) == ResultWay.NotReached)
                filled = filled with { Way = ResultWay.NotReached };
            if (Text(columns.Outcome) is { Length: > 0 } outcome)
                filled = Word("case_outcome", outcome, CaseDesk.Outcomes) is { } known ? filled with { Outcome = known } : filled with { Fault = ResultFault.UnknownOutcome, Wrong = outcome };
            if (row[columns.Next] is { IsEmpty: false } next)
                filled = SaidTime.Read(next) is { } said ? filled with { Next = said } : filled with { Fault = ResultFault.UnknownDay, Wrong = next.ToString() };
            return filled;
        }

        /// <summary>People write 电话 for 打电话, 电话没人接, and more than was asked for.</summary>
        private static ResultWay? WayOf(string said)
            => ExportTexts.All.Any(texts => texts["result_not_reached"].Split('|').Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase))) ? ResultWay.NotReached
                : Names("phone", said) ? ResultWay.Phone : Names("visit", said) ? ResultWay.Visit : null;

        private static bool Names(string way, string said) => ExportTexts.All.Any(
            texts => texts.Word("preferred_way", way).Contains(said, StringComparison.OrdinalIgnoreCase) || said.Contains(texts.Word("preferred_way", way), StringComparison.OrdinalIgnoreCase));

        /// <summary>The stored word for a word of either language, or for itself.</summary>
        private static string? Word(string family, string said, IReadOnlyList<string> known)
            => known.FirstOrDefault(word => said == word || ExportTexts.All.Any(texts => string.Equals(texts.Word(family, word), said, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>How somebody tried to reach a resident.</summary>
internal enum ResultWay
{
    Phone,
    Visit,
    NotReached,
}

/// <summary>What came of a list that was brought back.</summary>
/// <param name="Done">Rows whose steps were taken.</param>
/// <param name="Unchanged">Rows that say what is known already.</param>
public sealed record FollowUpResultsTaken(int Done, int Unchanged, IReadOnlyList<ResultProblem> Problems);

/// <param name="Row">As the spreadsheet counts.</param>
/// <param name="Wrong">The cell that cannot be understood; empty where that is not what is wrong.</param>
public sealed record ResultProblem(int Row, ResultFault Fault, string Wrong);

/// <summary>Why a row was not taken over.</summary>
public enum ResultFault
{
    NoSuchCase,

    /// <summary>The number of the case and the name do not belong together.</summary>
    OtherName,

    UnknownWay,

    UnknownOutcome,

    UnknownDay,

    NextPast,

    /// <summary>A result needs what was found.</summary>
    NoteMissing,

    TooLong,

    /// <summary>Or withdrawn.</summary>
    ClosedAlready,

    OwnInterview,
}
