using System.Globalization;
using System.Text;
using Dapper;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>
/// The shape of imported lists for a rehearsal. Places, languages, kinds of numbers and who shares one are those of the lists; names and numbers
/// are made up and belong to nobody, so that nothing personal leaves the installation.
/// </summary>
internal static class FrameSketcher
{
    private const string SelectPhones = """
        SELECT r.id AS respondent_id, r.area_id, r.language, p.id AS phone_id, p.kind, p.desk_only
        FROM respondent r JOIN respondent_phone rp ON rp.respondent_id = r.id JOIN phone p ON p.id = rp.phone_id
        WHERE r.id IN (SELECT respondent_id FROM frame_person WHERE frame_id IN @frames) ORDER BY r.id, rp.position;
        """;

    /// <returns>Null where nobody is in the lists.</returns>
    internal static FrameSketch? Of(Database database, IReadOnlyList<long> frames)
    {
        var (areas, phones) = database.Read(connection => (
            connection.Query<(long Id, long ParentId, string Name)>("SELECT id, parent_id, name FROM area;").ToDictionary(row => row.Id, row => (row.ParentId, row.Name)),
            connection.Query<PhoneRow>(SelectPhones, new { frames }).AsList()));
        if (phones.Count == 0) return null;
        var csv = new StringBuilder("姓名,联系电话,乡镇,村/社区,网格,语言\r\n");
        var respondents = 0;
        foreach (var respondent in phones.GroupBy(phone => phone.RespondentId))
        {
            var first = respondent.First();
            var place = Place(areas, first.AreaId);
            var cells = new[] { $"居民{++respondents}", string.Join('、', respondent.Select(Number)), place[0], place[1], place[2], first.Language ?? "" };
            csv.AppendJoin(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
        }

        return new FrameSketch(respondents, csv.ToString());
    }

    /// <summary>Mobiles 154 and subscriber numbers that begin with 0 belong to nobody.</summary>
    private static string Number(PhoneRow phone)
    {
        if (phone.Kind == "mobile") return "154" + (phone.PhoneId % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        var landline = "0851-0" + (phone.PhoneId % 10_000_000).ToString("D7", CultureInfo.InvariantCulture);
        return phone.DeskOnly != 0 ? landline + "-802" : landline;
    }

    /// <summary>Township, village and grid of an area; empty where the list does not go so deep.</summary>
    private static string[] Place(Dictionary<long, (long ParentId, string Name)> areas, long areaId)
    {
        var path = new Stack<string>();
        for (var id = areaId; id != 0 && areas.TryGetValue(id, out var area); id = area.ParentId) path.Push(area.Name);
        var names = path.ToList();
        return [.. Enumerable.Range(0, 3).Select(level => names.ElementAtOrDefault(level) ?? "")];
    }

    private sealed record PhoneRow
    {
        public long RespondentId { get; init; }

        public long AreaId { get; init; }

        public string? Language { get; init; }

        public long PhoneId { get; init; }

        public string Kind { get; init; } = "";

        public long DeskOnly { get; init; }
    }
}

/// <summary>A list for a rehearsal.</summary>
/// <param name="Csv">With a header; names and numbers belong to nobody.</param>
internal sealed record FrameSketch(int Respondents, string Csv);
