using System.Security.Cryptography;
using System.Text;

namespace SurveyDialer.Sample;

/// <summary>What a generated list looks like.</summary>
public sealed record GeneratedFrameOptions
{
    /// <summary>Rows; as many respondents where <see cref="DirtyShare"/> is 0. At most 5,000,000.</summary>
    public required int Rows { get; init; }

    /// <summary>The same seed gives the same list.</summary>
    public required long Seed { get; init; }

    /// <summary>Townships, one after another. Default: one that does not exist.</summary>
    public IReadOnlyList<string> Townships { get; init; } = ["云溪镇"];

    /// <summary>Villages of a township, 1 to 24.</summary>
    public int VillagesPerTownship { get; init; } = 12;

    /// <summary>Area code of the landlines, with its 0.</summary>
    public string AreaCode { get; init; } = "0851";

    /// <summary>Share of people with a landline only, 0 to 1.</summary>
    public double LandlineOnlyShare { get; init; } = 0.15;

    /// <summary>Share of people with a mobile only, 0 to 1; the rest have both.</summary>
    public double MobileOnlyShare { get; init; } = 0.5;

    /// <summary>Share of people who speak <see cref="Dialect"/>, 0 to 1.</summary>
    public double DialectShare { get; init; }

    /// <summary>As a list would name it.</summary>
    public string Dialect { get; init; } = "苗语";

    /// <summary>Share of rows with a mistake of the usual kinds, 0 to 1.</summary>
    public double DirtyShare { get; init; }
}

/// <summary>A believable list whose numbers belong to nobody. Every value is a function of seed and row, so that rows can be made in any order.</summary>
public sealed class GeneratedFrame
{
    private const int MostRows = 5_000_000;
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段";
    private const string GivenFirst = "建国志明秀桂文永玉春海晓金德光世红丽小天兴正家庆少云学启清连福国忠长荣万其振仁";
    private const string GivenLast = "华英芳军平伟勇强霞敏静杰涛超艳刚辉娟梅兰萍燕琴林发祥贵珍凤生才义成洪波宁斌鹏飞莲菊香仙";
    private static readonly string[] Villages = "龙井村 大坝村 新民村 石板村 花溪村 白云村 青山村 河湾村 麦坪村 双桥村 杨柳村 桃园村 中寨村 上寨村 凉水村 松林村 高坡村 永乐村 茶山村 金竹村 老街社区 桥头社区 新城社区 东门社区".Split(' ');
    private static readonly string[] Grids = ["一组", "二组", "三组", "四组", "五组", "六组"];

    public GeneratedFrame(GeneratedFrameOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Rows, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Rows, MostRows, nameof(options));
        ArgumentOutOfRangeException.ThrowIfZero(options.Townships.Count, nameof(options));
        var area = Phones.NumberingPlan.FindArea(options.AreaCode) ?? throw new ArgumentException("No such area code.", nameof(options));
        Options = options;
        LandlineDigits = area.SubscriberLengths[^1] - 1;
    }

    /// <summary>As given.</summary>
    public GeneratedFrameOptions Options { get; }

    /// <summary>The columns of every generated list.</summary>
    public static FrameLayout Layout { get; } = new()
    {
        HeaderRow = 1,
        Columns =
        [
            new FrameColumn(0, "姓名", ColumnRole.Name), new FrameColumn(1, "固定电话", ColumnRole.Phone), new FrameColumn(2, "手机", ColumnRole.Phone),
            new FrameColumn(3, "乡镇", ColumnRole.Township), new FrameColumn(4, "村/社区", ColumnRole.Village), new FrameColumn(5, "网格", ColumnRole.Grid),
            new FrameColumn(6, "地址", ColumnRole.Address), new FrameColumn(7, "语言", ColumnRole.Language),
        ],
    };

    private int LandlineDigits { get; }

    /// <summary>The rows, numbered from 2 as below a header.</summary>
    public IEnumerable<FrameRow> Rows()
    {
        for (var index = 0; index < Options.Rows; index++) yield return Row(index);
    }

    /// <summary>Writes header and rows as .csv.</summary>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(string.Join(',', Layout.Columns.Select(column => column.Title)) + "\r\n");
        foreach (var row in Rows()) writer.Write(string.Join(',', row.Cells.Select(cell => cell.Text)) + "\r\n");
    }

    internal byte[] Fingerprint()
        => SHA256.HashData(Encoding.UTF8.GetBytes($"{Options with { Townships = [] }}|{string.Join('|', Options.Townships)}"));

    private FrameRow Row(int index)
    {
        // The second of a household has the first's landline, address and often surname.
        var second = index > 0 && IsSecond(index) && !IsSecond(index - 1);
        var home = second ? index - 1 : index;
        var kind = Chance(index, "kind");
        var mobileOnly = kind < Options.MobileOnlyShare;
        var landlineOnly = !mobileOnly && kind < Options.MobileOnlyShare + Options.LandlineOnlyShare;
        var landline = mobileOnly ? "" : $"{Options.AreaCode}-0{Scatter(home, (long)Math.Pow(10, LandlineDigits)).ToString($"D{LandlineDigits}")}";
        var mobile = landlineOnly ? "" : $"154{Scatter(index, 100_000_000):D8}";
        if (Chance(index, "dirty") < Options.DirtyShare) (landline, mobile) = Spoil(index, landline, mobile);
        var place = Pick(home, "place", Options.Townships.Count * Options.VillagesPerTownship);
        var village = Villages[place % Math.Min(Options.VillagesPerTownship, Villages.Length)];
        var grid = Grids[Pick(home, "grid", Grids.Length)];
        return new FrameRow(
            index + 2,
            [
                Text(Name(index, home)), Text(landline), Text(mobile), Text(Options.Townships[place / Options.VillagesPerTownship]), Text(village), Text(grid),
                Text($"{village}{grid}{Pick(home, "door", 180) + 1}号"), Text(Chance(home, "language") < Options.DialectShare ? Options.Dialect : ""),
            ]);
    }

    /// <summary>The usual mistakes; all but the last leave the row without any number.</summary>
    private (string Landline, string Mobile) Spoil(int index, string landline, string mobile) => Pick(index, "mistake", 6) switch
    {
        0 => ("", "1.54123E+10"),
        1 => ("", "1540000000"),
        2 => ("", ""),
        3 => ("12345", ""),
        4 => ("0852-8123456", ""),
        _ => (landline, mobile.Length > 0 ? mobile + "、1540000" : "154****0001"),
    };

    private bool IsSecond(int index) => Chance(index, "household") < 0.3;

    private string Name(int index, int home)
    {
        var surname = Surnames[Pick(Chance(index, "married") < 0.5 ? index : home, "surname", Surnames.Length)];
        var last = GivenLast[(Pick(home, "last", GivenLast.Length) + (index - home)) % GivenLast.Length];
        return Chance(index, "short") < 0.15 ? $"{surname}{last}" : $"{surname}{GivenFirst[Pick(index, "first", GivenFirst.Length)]}{last}";
    }

    private int Pick(int index, string step, int count) => (int)(Hash(index, step) % (ulong)count);

    private double Chance(int index, string step) => (Hash(index, step) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A permutation of 0 to <paramref name="range"/> − 1 (7919 shares no factor with powers of ten), so that no number comes twice.</summary>
    private long Scatter(int index, long range) => (long)(((ulong)index * 7919 * 1013) + (Hash(0, "scatter") % (ulong)range)) % range;

    private ulong Hash(int index, string step)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in step) hash = (hash ^ letter) * 0x100000001B3UL;
        hash ^= (ulong)Options.Seed * 0x9E3779B97F4A7C15UL;
        hash += (ulong)index * 0xD1B54A32D192ED03UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }

    private static FrameCell Text(string text) => new(text.Length == 0 ? null : text, null);
}
