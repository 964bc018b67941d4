using SurveyDialer.Exports.Tables;
using SurveyDialer.FollowUps;
using SurveyDialer.Phones;

namespace SurveyDialer.Exports;

/// <summary>
/// The opened pieces of bundles, put together again: one row a resident's matter, with the words of all its pieces and the names of its
/// recordings' files. For the county's machine only.
/// </summary>
internal sealed class SealedMatters
{
    private readonly Dictionary<string, Row> matters = new(StringComparer.Ordinal);

    /// <summary>Matters so far.</summary>
    internal int Count => matters.Count;

    /// <summary>Takes one piece.</summary>
    /// <returns>Where its sound belongs; null when it has none.</returns>
    internal string? Add(SealedMatter piece)
    {
        if (!matters.TryGetValue(piece.Matter, out var row)) matters[piece.Matter] = row = new Row(matters.Count + 1);
        if (piece.Topic is not null) row.Head = piece;
        if (piece.Words is { Length: > 0 } words) row.Words.Add(words);
        if (piece.Audio is null) return null;
        var file = $"{row.Number:0000}-{row.Recordings.Count + 1}.{RecordingSound.EndingOf(piece.Audio)}";
        row.Recordings.Add(file);
        return file;
    }

    internal void Write(ITableWriter table, ExportTexts texts)
    {
        table.Begin(
            texts["sealed.name"],
            [
                new(texts["case"], 7), new(texts["round"], 16), new(texts["topic"], 16), new(texts["preferred_way"], 10), new(texts["name"], 12),
                new(texts["number"], 18), new(texts["address"], 24), new(texts["township"], 12), new(texts["village"], 12), new(texts["language"], 10),
                new(texts["day"], 12), new(texts["own_words"], 40), new(texts["recordings"], 16),
            ]);
        foreach (var row in matters.Values)
        {
            var head = row.Head;
            table.Row(
                TableCell.Of(row.Number), TableCell.Of(head?.Round), TableCell.Of(head?.Topic),
                TableCell.Of(head is null ? "" : texts[head.PreferredWay is { } way ? $"preferred_way.{way}" : "preferred_way.none"]), TableCell.Of(head?.Name),
                TableCell.Of(Number(head?.Number)), TableCell.Of(head?.Address), TableCell.Of(head?.Township), TableCell.Of(head?.Village),
                TableCell.Of(texts.Word("spoken", head?.Language)), TableCell.Of(head?.Day), TableCell.Of(string.Join('\n', row.Words)),
                TableCell.Of(string.Join('\n', row.Recordings)));
        }
    }

    private static string? Number(string? canonical) => canonical is not null && PhoneNumber.TryRead(canonical, out var number) ? number.Display : canonical;

    private sealed class Row(int number)
    {
        internal int Number => number;

        internal SealedMatter? Head { get; set; }

        internal List<string> Words { get; } = [];

        internal List<string> Recordings { get; } = [];
    }
}
