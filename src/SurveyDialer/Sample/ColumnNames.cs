using System.Text;
using System.Text.RegularExpressions;

namespace SurveyDialer.Sample;

/// <summary>What a column of a list holds.</summary>
public enum ColumnRole
{
    /// <summary>The resident's name.</summary>
    Name,

    /// <summary>Numbers of any kind; what each is, its digits tell.</summary>
    Phone,

    /// <summary>乡镇、街道.</summary>
    Township,

    /// <summary>村、社区、居委会.</summary>
    Village,

    /// <summary>网格、村民小组.</summary>
    Grid,

    /// <summary>Where the resident lives, for visits.</summary>
    Address,

    /// <summary>Language or dialect that the resident speaks.</summary>
    Language,

    /// <summary>Known and not needed: serial number, sex, age, remarks, identity number … Never stored.</summary>
    Unused,
}

/// <summary>Knows the names that offices give to the columns of their lists.</summary>
internal static partial class ColumnNames
{
    private static readonly Dictionary<string, ColumnRole> Exact = Names(
        (ColumnRole.Name, "姓名 名字 户主 居民 村民 联系人 受访者 受访人 被访者 被访人 住户 name fullname residentname respondent resident householder"),
        (ColumnRole.Phone, "电话 手机 固话 座机 号码 联系方式 联系号码 固定电话 家庭电话 移动电话 联系电话 宅电 手机号 手机号码 电话号码 phone telephone tel mobile cell landline number phonenumber contact"),
        (ColumnRole.Township, "乡镇 镇街 街道 乡镇街道 镇 乡 镇乡 街镇 township town subdistrict street"),
        (ColumnRole.Village, "村 社区 村社区 村组 村寨 所属村 所在村 所属社区 所在社区 所属村居 所在村居 行政村 自然村 村居 居委会 村委会 居委 村委 村名 社区名 village community"),
        (ColumnRole.Grid, "网格 小组 村民小组 村民组 组 组别 网格名称 网格号 grid group"),
        (ColumnRole.Address, "地址 住址 家庭住址 家庭地址 详细地址 现住址 居住地址 联系地址 门牌 门牌号 address homeaddress"),
        (ColumnRole.Language, "语言 方言 语种 使用语言 language dialect"),
        (ColumnRole.Unused, "序号 编号 序 备注 性别 年龄 民族 身份证 身份证号 身份证号码 证件号码 户号 原行号 问题列 原因 no id row column reason remark remarks note notes sex gender age serial"));

    private static readonly (string Part, ColumnRole Role)[] Parts =
    [
        .. Words("身份证 证件 备注 说明 是否 时间 日期 次数 状态 结果 归属 银行 网格员 remark note", ColumnRole.Unused),
        .. Words("手机 电话 固话 座机 联系方式 mobile phone telephone landline", ColumnRole.Phone),
        .. Words("姓名 户主 fullname", ColumnRole.Name),
        .. Words("地址 住址 门牌 address", ColumnRole.Address),
        .. Words("语言 方言 language dialect", ColumnRole.Language),
        .. Words("网格 小组 村民组 grid", ColumnRole.Grid),
        .. Words("乡镇 街道 镇街 township", ColumnRole.Township),
        .. Words("社区 行政村 自然村 居委 村委 村居 村名 village community", ColumnRole.Village),
    ];

    /// <summary>Only letters and digits, narrow and small, without what stands in brackets and without a trailing number.</summary>
    internal static string Fold(string name)
    {
        var narrow = Brackets().Replace(name.Normalize(NormalizationForm.FormKC), "");
        return TrailingNumber().Replace(string.Concat(narrow.Where(char.IsLetterOrDigit)).ToLowerInvariant(), "");
    }

    /// <summary>What a column of this name holds, and whether the name is one of the usual ones or only contains one. Null: unknown.</summary>
    internal static (ColumnRole Role, bool Exact)? Recognise(string name)
    {
        if (name.Length > 40) return null;
        var folded = Fold(name);
        if (folded.Length == 0) return null;
        if (Exact.TryGetValue(folded, out var role)) return (role, true);
        foreach (var (part, partRole) in Parts)
        {
            if (folded.Contains(part, StringComparison.Ordinal)) return (partRole, false);
        }

        return null;
    }

    private static Dictionary<string, ColumnRole> Names(params (ColumnRole Role, string Words)[] lines)
        => lines.SelectMany(line => Words(line.Words, line.Role)).ToDictionary(pair => pair.Part, pair => pair.Role);

    private static IEnumerable<(string Part, ColumnRole Role)> Words(string words, ColumnRole role) => words.Split(' ').Select(word => (word, role));

    [GeneratedRegex(@"[（(\[【][^）)\]】]*[）)\]】]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();

    [GeneratedRegex("[0-9一二三四]+$", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingNumber();
}
