using System.Text;

namespace SurveyDialer.Crash.Fuzz;

/// <summary>Changes good input into what may come from outside instead; the same seed, the same changes.</summary>
internal static class Mutation
{
    private static readonly string[] Odd =
    [
        "", " ", "0", "-1", "1", "9", "*", "#", "12#", "99999999999999999999", "1.5", "NaN", "true", "null", "\0", "\r\n", "\u202e", "乡", "👍", "＃１", "退订", "STOP", "T", "a=b&c", "%", "%zz", "%00", "../../etc/passwd",
        "<script>alert(1)</script>", "'; DROP TABLE answer; --", "{{7*7}}", "${jndi:ldap://x}", "+8613800138000", "anonymous", "completed", "in-progress", "machine_start", "2026-02-30", "zh-CN", new('9', 5000), new('乡', 700),
    ];

    internal static string Value(Random random) => random.Next(8) == 0 ? Letters(random) : Odd[random.Next(Odd.Length)];

    internal static T One<T>(this Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>One to eight changes: flipped, deleted, inserted, repeated and cut bytes.</summary>
    internal static byte[] Of(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var change = random.Next(8); change >= 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 64), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Value(random)));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 512), bytes.Count - at)));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }

    private static string Letters(Random random) => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(1, 0xD7FF)));
}
