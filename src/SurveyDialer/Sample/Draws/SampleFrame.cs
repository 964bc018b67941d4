using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SurveyDialer.Storage;

namespace SurveyDialer.Sample;

/// <summary>Why somebody of a list is left out of a draw; the first that holds.</summary>
internal enum SampleExclusion
{
    None,

    /// <summary>A number of theirs gave an interview lately.</summary>
    Interviewed,

    /// <summary>They have a follow-up case of lately.</summary>
    WithCase,

    /// <summary>A number of theirs is never to be called.</summary>
    NeverAgain,
}

/// <summary>Somebody of a list as a draw sees them.</summary>
/// <param name="AreaId">Village, or the township where the list names none.</param>
/// <param name="Village">Empty where the list names none.</param>
/// <param name="Key">Of the first number and the name, the same on every machine; 0 where no order is needed.</param>
/// <param name="List">Name of the first list of the round that has them.</param>
internal sealed record SampleCandidate(
    long Id, long AreaId, long TownshipId, string Township, string Village, string NumberKind, string Language, SampleExclusion Exclusion, UInt128 Key, string List = "");

/// <summary>The people of a round's lists as a draw finds them.</summary>
internal static class SampleFrame
{
    private const string Select = """
        SELECT r.id, v.id AS area_id, coalesce(t.id, v.id) AS township_id, coalesce(t.name, v.name) AS township, CASE WHEN t.id IS NULL THEN '' ELSE v.name END AS village,
               coalesce(r.language, '') AS language, r.name_enc, p.kind AS number_kind, p.number_enc,
               (SELECT min(l.frame_id) FROM frame_person l WHERE l.respondent_id = r.id AND l.frame_id IN @frames) AS list_id,
               CASE WHEN EXISTS (SELECT 1 FROM respondent_phone n CROSS JOIN phone o ON o.id = n.phone_id CROSS JOIN contact_cap c ON c.number_index = o.number_index
                                 WHERE n.respondent_id = r.id AND c.kind = 'interview' AND c.day > @restedSince) THEN 1
                    WHEN EXISTS (SELECT 1 FROM follow_up_case c WHERE c.respondent_id = r.id AND c.opened_at > @casesSince) THEN 2
                    WHEN EXISTS (SELECT 1 FROM respondent_phone n CROSS JOIN phone o ON o.id = n.phone_id
                                 WHERE n.respondent_id = r.id AND EXISTS (SELECT 1 FROM do_not_call d WHERE d.number_index IN (o.number_index, o.trunk_index))) THEN 3
                    ELSE 0 END AS exclusion
        FROM respondent r
        JOIN area a ON a.id = r.area_id
        JOIN area v ON v.id = CASE WHEN a.kind = 'grid' THEN a.parent_id ELSE a.id END
        LEFT JOIN area t ON t.id = v.parent_id
        JOIN respondent_phone f ON f.respondent_id = r.id
             AND f.position = (SELECT min(m.position) FROM respondent_phone m WHERE m.respondent_id = r.id)
        JOIN phone p ON p.id = f.phone_id
        WHERE r.id IN (SELECT respondent_id FROM frame_person WHERE frame_id IN @frames);
        """;

    private const string SelectLists = "SELECT id, name FROM frame WHERE id IN @frames;";

    /// <summary>Everybody of these lists who has a number.</summary>
    /// <param name="rest">People interviewed, or with a case, within so long are left out.</param>
    /// <param name="today">Where the respondents live.</param>
    /// <param name="cipher">Reads the numbers for <see cref="SampleCandidate.Key"/>; null where no order is needed.</param>
    internal static List<SampleCandidate> Read(
        SqliteConnection connection, IReadOnlyList<long> frames, TimeSpan rest, DateOnly today, DateTimeOffset now, FieldCipher? cipher)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string Once(string text) => names.TryGetValue(text, out var known) ? known : names[text] = text;
        var since = new { frames, restedSince = Instants.Day(today) - (long)rest.TotalDays, casesSince = (now - rest).ToUnixTimeMilliseconds() };
        var lists = connection.Query<(long Id, string Name)>(SelectLists, since).ToDictionary(list => list.Id, list => list.Name);
        return connection.Query<Row>(Select, since, buffered: false)
            .Select(row => new SampleCandidate(
                row.Id, row.AreaId, row.TownshipId, Once(row.Township), Once(row.Village), Once(row.NumberKind), Once(row.Language), (SampleExclusion)row.Exclusion,
                cipher is null ? 0 : KeyOf(cipher, row), lists[row.ListId]))
            .ToList();
    }

    private static UInt128 KeyOf(FieldCipher cipher, Row row)
    {
        var said = $"{cipher.Decrypt(SampleFields.NumberPurpose, row.NumberEnc)}|{cipher.Decrypt(SampleFields.NamePurpose, row.NameEnc)}";
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(said)));
    }

    private sealed record Row
    {
        public long Id { get; init; }

        public long AreaId { get; init; }

        public long TownshipId { get; init; }

        public string Township { get; init; } = "";

        public string Village { get; init; } = "";

        public string Language { get; init; } = "";

        public byte[]? NameEnc { get; init; }

        public string NumberKind { get; init; } = "";

        public byte[] NumberEnc { get; init; } = [];

        public long Exclusion { get; init; }

        public long ListId { get; init; }
    }
}
