using System.Text.RegularExpressions;

namespace SurveyDialer.Questionnaires;

/// <param name="WithKeys">Also reads the keys; the other rules see a text from which the reading of keys was taken.</param>
internal sealed record CoachingRule(string Name, Regex Pattern, bool WithKeys = false);

/// <summary>
/// The rules, drawn from practices that were exposed in the press: set answers, begging for praise, rewards for "satisfied", threats, appeals
/// to honour and shame. Patterns see half-width, lower-case text without quotation marks; the Chinese ones without spaces.
/// </summary>
internal static partial class CoachingRules
{
    private const string GoodZh = "(很|非常|十分|特别|比较|挺|都|最|完全)?(满意|安全|知道|认可|知晓|放心)";
    private const string GoodEn = "(very satisfied|satisfied|very safe|safe|excellent|positive|the best|the first option|good)";

    public static readonly CoachingRule[] Chinese =
    [
        new("set_answer", SetAnswer),
        new("set_answer", OneKey, WithKeys: true),
        new("set_answer", ModelAnswer),
        new("praise", Praise),
        new("discourage", Discourage, WithKeys: true),
        new("official", Official),
        new("reward", Reward, WithKeys: true),
        new("honour", Honour),
        new("shame", Shame),
        new("deduction", Deduction),
        new("results", Results),
        new("leading", Leading),
        new("plea", Plea),
        new("pressure", Pressure),
    ];

    public static readonly CoachingRule[] English =
    [
        new("set_answer", SetAnswerEnglish),
        new("praise", PraiseEnglish),
        new("discourage", DiscourageEnglish, WithKeys: true),
        new("official", OfficialEnglish),
        new("reward", RewardEnglish, WithKeys: true),
        new("honour", HonourEnglish),
        new("shame", ShameEnglish),
        new("deduction", DeductionEnglish),
        new("results", ResultsEnglish),
        new("leading", LeadingEnglish),
        new("pressure", PressureEnglish),
    ];

    [GeneratedRegex("(请|麻烦|希望|拜托|务必|一定|必须|应该|应当|都要|记得|尽量|帮忙|直接|统一|只要|只需|就|可以|要)(您|你|咱|大家|大伙|各位|乡亲|群众)?(们)?(一定|务必|都|尽量|多|直接|统一|就)?(要)?(回答|回复|回|说|选择|选|按|打|答|评价|评|填|勾|反馈|表示|讲)(我们|咱们)?(个|一个|上|成|为|是|出)?[0-9]?[,:、]?" + GoodZh + "|" + GoodZh + "(的|的话|就)?,?请?(您)?(直接|就)?按[1一](?![0-9])")]
    private static partial Regex SetAnswer { get; }

    [GeneratedRegex("(都|全部|只|统一|直接|一路|一律|请大家|请各位|大家|通通|全)(请|要|给)?(按|选|打|回复?)[1一](就|即|$|,|。|!|号|吧)|(每题|所有题|每道题|全部题).{0,6}(按|选|打)[1一]|(按|选)(第一个|第一项|最前面|1就行|1就好|1就对)")]
    private static partial Regex OneKey { get; }

    [GeneratedRegex("(标准|参考|统一|正确|规范|推荐|建议)的?(答案|口径|回答|答复|说法|选项)|应知应会|答题(要点|技巧|提示)|话术|(照|按)(这个|这样|我们|以下|下面|上面|宣传单)[^。?]{0,8}(回答|说|答|评价|选)|(这样|这么)(回答|说|答|选)(就|才)|(教|告诉|提醒)(您|你|大家)?(怎么|如何)(回答|答|说)|记住[^。?]{0,10}(回答|答案|满意|安全)")]
    private static partial Regex ModelAnswer { get; }

    [GeneratedRegex("(?<!不)好评|点赞|点个赞|代言|大拇指|(五|5)颗?星|满分|(最|打|给)高分|(打|给|评)(个|上|出)?(10|十|100|一百)分|十分满意就|美言|好话|(多|都)(说|讲)(我们|咱们?|本|镇|村|县|家乡|派出所|政府)?的?(好|优点|正能量)|正能量|正面(评价|回答)")]
    private static partial Regex Praise { get; }

    [GeneratedRegex("(不要|不用|不必|别|勿|不能|不可|莫|避免|不许|不得|尽量少|不应该|不应|不宜)(再|去|随便|轻易|在[^。?]{0,10})?(说|使用|用|回答|回复|选择|选|按|打|答|评|填|讲|表示|提|反映|反馈|给)(出|成|为|个|到|什么|我们)?(一般|还行|还可以|凑合|说不清|不知道|不清楚|差不多|不太?满意|不太?安全|很不|不了解|没听说|差评|坏话|有?问题|负面|意见|不好|低分|[2-5八8]([,。!;号]|$)|[1-9]以外)|(不要|别|勿|莫)在?(正式|上级|省里|市里|测评|12340|电话里)[^。?]{0,12}(说|讲|反映|提|告)|一般(就|也)?(是|等于|算|视为|等同)(于)?(不满意|差)|(选|答|按|说)(一般|说不清|不知道|8)[^。?]{0,6}(无效|作废|不算|算不满意|没用|浪费)")]
    private static partial Regex Discourage { get; }

    [GeneratedRegex("(正式|上级|省里|市里|国家|省|市|县|统计局|12340|010)的?(测评|调查|评议|民调|检查|考核|来电|电话|打电话|来电话|访问|回访|暗访)[^。;!?]{0,24}(请|要|应该|务必|一定|记得|不要|别|都|就)[^。;!?]{0,12}(满意|安全|好|支持|配合|接听|一般|说|回答|评价|按|选)")]
    private static partial Regex Official { get; }

    [GeneratedRegex("(奖励|红包|礼品|礼物|奖品|积分|抽奖|话费|现金|补贴|购物券|超市券|毛巾|鸡蛋|大米|洗衣液|[0-9一二三五十百]+元)[^。;!?]{0,20}(满意|安全|好评|评价|回答|调查|按|参与|参加)|(满意|安全|好评|评价|配合|答完|答题|参与|参加|接听)[^。;!?]{0,20}(有奖|奖励|红包|礼品|礼物|奖品|积分|抽奖|话费|现金|购物券|超市券|毛巾|鸡蛋|大米|洗衣液|[0-9一二三五十百]+元)|有(奖|礼)(回答|答题|调查|参与|问答)")]
    private static partial Regex Reward { get; }

    [GeneratedRegex("为了?(我们|咱们?|家乡|本县|本镇|全县|全镇|全村|我|村里|镇里|县里|集体|大家)[^。;!?]{0,8}(形象|荣誉|争光|添彩|争气|加分|名声|面子|声誉)|集体荣誉|荣誉感|主人翁|争(光|气|先进|第一|一流)|添光彩|(创建|创成|评上|保住|荣获)[^。;!?]{0,8}(称号|牌子|先进|达标|成功|平安县|文明城市)|名次|排名|(全省|全市|全县|全国)第一|先进称号|每一票|投(上|出)?[^。]{0,6}一票|共同(的)?荣誉")]
    private static partial Regex Honour { get; }

    [GeneratedRegex("家丑|外扬|丢(脸|人|面子|丑)|抹黑|添乱|拖[^。,;!?]{0,6}后腿|胳膊肘|一家人|自家人|自己人|(?<!不|不会)影响[^。;!?,]{0,8}(声誉|名声|形象|团结)|(内部|自己|关起门来?|村里)(解决|消化|说)就?(好|行)|对得起")]
    private static partial Regex Shame { get; }

    [GeneratedRegex("扣分|扣(我们|村里|镇里|干部)?的?(钱|奖金|工资)|考核|绩效|一票否决|问责|通报批评|挨(批|罚|骂)|丢(工作|饭碗|帽子)|年终奖|(?<!不|不会|不会因此)(影响|关系到|关乎|决定)[^。;!?]{0,12}(成绩|奖金|工资|待遇|补助|低保|分红|项目|资金|前途|饭碗|评优|评先)")]
    private static partial Regex Deduction { get; }

    [GeneratedRegex("(取得|完成|实现)了?[^。;!?]{0,10}(成绩|成效|进步|提升|突破|成就|好转)|(成效|成绩|效果|进步)(显著|明显|突出|喜人)|(显著|明显|巨大)的?(成效|提升|下降|改善|进步|变化)|(越来越|更加)(好|安全|满意|和谐|平安)|有目共睹|(破案率|发案率|案件|警情|盗窃)[^。;!?]{0,8}(上升|下降|提高|减少)了?|辛勤|辛苦|日夜|起早贪黑|来之不易|做了(大量|很多|许多)|花了(大量|很多|大力)|(党委|政府|镇里|县里|民警|干部)[^。;!?]{0,8}(努力|付出|关心|关怀|重视|不容易)")]
    private static partial Regex Results { get; }

    [GeneratedRegex("(应该|肯定|一定|当然|应当|想必)(是|还是|觉得|很|会|都|还)*(满意|安全|知道|放心)|(满意|安全|知道|放心)的?(吧|对吧|对不对|是吧|是不是|没错吧|呀|哈)|难道|您也(觉得|认为|同意)|不会(觉得)?不(满意|安全)吧")]
    private static partial Regex Leading { get; }

    [GeneratedRegex("帮(帮|个)忙|关照|拜托|求(您|你|求)|行行好|高抬贵手|体谅|多(多)?支持|(支持|理解)(一下|下)?(我们|咱们?|政府|派出所|镇里|村里)[^。;!?]{0,6}(工作|一下|吧)|给(我们?|咱们?|本|家乡|县|镇|村|派出所|社区|政府|民警)[^。;!?,]{0,8}(好|面子|支持|加分|打分|高|肯定)|手下留情|口下留情")]
    private static partial Regex Plea { get; }

    [GeneratedRegex("(知道|看得到|看到|查得到|查到|掌握|记录)[^。;!?]{0,8}(是谁|谁|哪家|哪户|哪个人)[^。;!?]{0,10}(不满意|差|选|打|说|答|评)|后果自负|倒查|追究|追查|(选|说|答|打|评)(了)?(不满意|不安全|差评)[^。;!?]{0,12}(上门|找您|找你|谈话|说明|解释|原因|取消|核实)|(不满意|不安全)的话?[^。;!?]{0,4}(取消|停发|没有|上门)|不配合[^。;!?]{0,10}(取消|影响|停|后果)")]
    private static partial Regex Pressure { get; }

    [GeneratedRegex(@"\b(please|kindly|just|always|be sure to|remember to|make sure|we (hope|ask|want|need|expect)|you (should|must|ought)|everyone should|everybody should|only)\b[^.;!?]{0,40}\b(say|says|answer|choose|select|press|reply|rate|give|tell|score)\b[^.;!?]{0,25}\b" + GoodEn + @"\b|\b(press|choose|reply) 1 (for|to|on) (every|all|each)|always press 1|\b(model|correct|standard|recommended|suggested|right) answers? (is|are|to|for)\b|answer (like this|as follows|the way we)")]
    private static partial Regex SetAnswerEnglish { get; }

    [GeneratedRegex(@"\b(top marks|full marks|(five|5)[ -]?stars?|thumbs up|(good|kind) word for|(good|positive|great) (review|rating|score|feedback)s?|ten out of ten|10 out of 10|highest (mark|score|rating))\b")]
    private static partial Regex PraiseEnglish { get; }

    [GeneratedRegex(@"\b(don't|do not|never|avoid|refrain from|try not to)\b[^.;!?]{0,15}\b(say|saying|answer|answering|choose|choosing|press|pressing|mention|mentioning|report|complain|complaining|raise|pick)\b[^.;!?]{0,25}\b(average|neither|so-so|not sure|can't say|don't know|dissatisfied|not satisfied|unsafe|problems?|bad|negative|complaints?|anything|[2-5]|8)\b|\b(neither|so-so|average|don't know)\b[^.;!?]{0,12}\b(counts as|means|is the same as)\b")]
    private static partial Regex DiscourageEnglish { get; }

    [GeneratedRegex(@"\b(official|provincial|12340|real|formal) (survey|call|caller|interviewer|evaluation)s?\b[^.;!?]{0,40}\b(say|tell|satisfied|safe|good|remember|must|should|support)\b")]
    private static partial Regex OfficialEnglish { get; }

    [GeneratedRegex(@"\b(gift|prize|reward|voucher|cash|red envelope|bonus|lottery|raffle|credit)s?\b[^.;!?]{0,50}\b(satisfied|safe|positive|good|rating|answer|survey|press)\b|\b(satisfied|positive|complete|finish|answer|take part)\b[^.;!?]{0,50}\b(gift|prize|reward|voucher|red envelope|bonus|lottery|raffle)s?\b")]
    private static partial Regex RewardEnglish { get; }

    [GeneratedRegex(@"\b(honou?r|pride|proud|glory|reputation|good name|ranking|rank first|title)\b[^.;!?]{0,30}\b(county|town|township|village|home ?town|community|us|our|station)\b|\b(our|county's|town's|township's|village's)\b[^.;!?]{0,15}\b(honou?r|pride|reputation|good name|image|ranking|rank|title)\b")]
    private static partial Regex HonourEnglish { get; }

    [GeneratedRegex(@"dirty (laundry|linen)|\b(let|letting) (us|the village|the town|the township|your leaders|everyone) down|keep (it|this|that|problems|troubles) (in|within|inside) (the )?(family|village|house)|make us look bad")]
    private static partial Regex ShameEnglish { get; }

    [GeneratedRegex(@"\b(lose|losing|deduct(ed|ions?)?|cost(s)? us)\b[^.;!?]{0,20}\b(points|marks|bonus|funding|money)\b|\bappraisal\b|\bperformance (review|assessment|pay)\b|\bbonuses\b")]
    private static partial Regex DeductionEnglish { get; }

    [GeneratedRegex(@"\b(remarkable|great|outstanding|significant|huge|excellent|impressive) (results|achievements?|progress|success|improvements?|work)\b|\b(worked|working|works|work) (so |very |day and night|tirelessly|hard)|\bcrime (has |is )?(fallen|dropped|down)\b|\b(much|far) (better|safer) than\b|as (you|everyone) (know|can see)")]
    private static partial Regex ResultsEnglish { get; }

    [GeneratedRegex(@"\b(surely|of course you|don't you (agree|think|feel)|isn't it|aren't you|wouldn't you|you are (surely|certainly)|no doubt you)\b")]
    private static partial Regex LeadingEnglish { get; }

    [GeneratedRegex(@"\bwe (will |can |shall )?(know|see|find out) (who|how you|what you)\b|\bconsequences\b|\b(if you (say|answer|press|are))[^.;!?]{0,25}(dissatisfied|unsafe|unhappy)[^.;!?]{0,30}\b(explain|visit|lose|stop|cancel)")]
    private static partial Regex PressureEnglish { get; }
}
