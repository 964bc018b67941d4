namespace SurveyDialer.Phones;

/// <summary>
/// China's area codes with the length of their subscriber numbers and the places that they serve, as in use since the mergers of 2011
/// to 2014. One line a province and length: <c>province lengths: code+places ...</c>, codes without the leading 0.
/// </summary>
internal static class AreaCodes
{
    private const string Table = """
        北京市 8: 10北京市
        天津市 8: 22天津市
        上海市 8: 21上海市
        重庆市 8: 23重庆市
        河北省 7: 310邯郸市 312保定市 313张家口市 314承德市 315唐山市 316廊坊市 317沧州市 318衡水市 319邢台市 335秦皇岛市
        河北省 8: 311石家庄市
        山西省 7: 349朔州市 350忻州市 351太原市 352大同市 353阳泉市 354晋中市 355长治市 356晋城市 357临汾市 358吕梁市 359运城市
        内蒙古 7: 470呼伦贝尔市 471呼和浩特市 472包头市 473乌海市 474乌兰察布市 475通辽市 476赤峰市 477鄂尔多斯市 478巴彦淖尔市 479锡林郭勒盟 482兴安盟 483阿拉善盟
        辽宁省 7: 412鞍山市 414本溪市 415丹东市 416锦州市 417营口市 418阜新市 419辽阳市 421朝阳市 427盘锦市 429葫芦岛市
        辽宁省 8: 24沈阳市、铁岭市、抚顺市 411大连市
        吉林省 7: 434四平市 436白城市 437辽源市 438松原市 439白山市
        吉林省 7/8: 433延边朝鲜族自治州 435通化市、梅河口市
        吉林省 8: 431长春市 432吉林市
        黑龙江省 7: 452齐齐哈尔市 453牡丹江市 454佳木斯市 455绥化市 456黑河市 457大兴安岭地区 458伊春市 459大庆市 464七台河市 467鸡西市 468鹤岗市 469双鸭山市
        黑龙江省 8: 451哈尔滨市
        江苏省 8: 25南京市 510无锡市 511镇江市 512苏州市 513南通市 514扬州市 515盐城市 516徐州市 517淮安市 518连云港市 519常州市 523泰州市 527宿迁市
        浙江省 7: 570衢州市 572湖州市 578丽水市 580舟山市
        浙江省 8: 571杭州市 573嘉兴市 574宁波市 575绍兴市 576台州市 577温州市 579金华市
        安徽省 7: 550滁州市 552蚌埠市 553芜湖市 554淮南市 555马鞍山市 556安庆市 557宿州市 558阜阳市 559黄山市 561淮北市 562铜陵市 563宣城市 564六安市 566池州市
        安徽省 8: 551合肥市、巢湖市
        福建省 7: 592厦门市 593宁德市 594莆田市 596漳州市 597龙岩市 598三明市 599南平市
        福建省 8: 591福州市 595泉州市
        江西省 7: 701鹰潭市 790新余市 792九江市 793上饶市 794抚州市 795宜春市 796吉安市 797赣州市 798景德镇市 799萍乡市
        江西省 8: 791南昌市
        山东省 7: 530菏泽市 533淄博市 534德州市 535烟台市 536潍坊市 537济宁市 538泰安市 539临沂市 543滨州市 546东营市 631威海市 632枣庄市 633日照市 634济南市莱芜区 635聊城市
        山东省 8: 531济南市 532青岛市
        河南省 7: 370商丘市 372安阳市 373新乡市 374许昌市 375平顶山市 376信阳市 391焦作市 392鹤壁市 393濮阳市 394周口市 395漯河市 396驻马店市 398三门峡市
        河南省 8: 371郑州市、开封市 377南阳市 379洛阳市
        湖北省 7: 710襄阳市 711鄂州市 712孝感市 713黄冈市 714黄石市 715咸宁市 716荆州市 717宜昌市 718恩施土家族苗族自治州 719十堰市 722随州市 724荆门市 728仙桃市
        湖北省 8: 27武汉市
        湖南省 7: 730岳阳市 734衡阳市 735郴州市 736常德市 737益阳市 738娄底市 739邵阳市 743湘西土家族苗族自治州 744张家界市 745怀化市 746永州市
        湖南省 8: 731长沙市、湘潭市、株洲市
        广东省 7: 660汕尾市 662阳江市 663揭阳市 668茂名市 750江门市 751韶关市 752惠州市 753梅州市 756珠海市 758肇庆市 759湛江市 762河源市 763清远市 766云浮市 768潮州市
        广东省 8: 20广州市 754汕头市 755深圳市 757佛山市 760中山市 769东莞市
        广西 7: 770防城港市 771南宁市 772柳州市 773桂林市 774梧州市 775玉林市 776百色市 777钦州市 778河池市 779北海市
        海南省 8: 898海口市
        四川省 7: 812攀枝花市 813自贡市 816绵阳市 817南充市 818达州市 825遂宁市 826广安市 827巴中市 830泸州市 831宜宾市 832内江市 833乐山市 834凉山彝族自治州 835雅安市 836甘孜藏族自治州 837阿坝藏族羌族自治州 838德阳市 839广元市
        四川省 8: 28成都市、资阳市、眉山市
        贵州省 7: 854黔南布依族苗族自治州 855黔东南苗族侗族自治州 856铜仁市 857毕节市 858六盘水市 859黔西南布依族苗族自治州
        贵州省 8: 851贵阳市、遵义市、安顺市
        云南省 7: 691西双版纳傣族自治州 692德宏傣族景颇族自治州 870昭通市 872大理白族自治州 873红河哈尼族彝族自治州 874曲靖市 875保山市 876文山壮族苗族自治州 877玉溪市 878楚雄彝族自治州 879普洱市 883临沧市 886怒江傈僳族自治州 887迪庆藏族自治州 888丽江市
        云南省 8: 871昆明市
        西藏 7: 891拉萨市 892日喀则市 893山南市 894林芝市 895昌都市 896那曲市 897阿里地区
        陕西省 7: 911延安市 912榆林市 913渭南市 914商洛市 915安康市 916汉中市 917宝鸡市 919铜川市
        陕西省 8: 29西安市、咸阳市
        甘肃省 7: 930临夏回族自治州 931兰州市 932定西市 933平凉市 934庆阳市 935武威市 936张掖市 937酒泉市 938天水市 939陇南市 941甘南藏族自治州 943白银市
        青海省 7: 970海北藏族自治州 971西宁市 972海东市 973黄南藏族自治州 974海南藏族自治州 975果洛藏族自治州 976玉树藏族自治州 977海西蒙古族藏族自治州 979格尔木市
        宁夏 7: 951银川市 952石嘴山市 953吴忠市 954固原市 955中卫市
        新疆 7: 901塔城地区 902哈密市 903和田地区 906阿勒泰地区 908克孜勒苏柯尔克孜自治州 909博尔塔拉蒙古自治州 990克拉玛依市 991乌鲁木齐市 992奎屯市 993石河子市 994昌吉回族自治州 995吐鲁番市 996巴音郭楞蒙古自治州 997阿克苏地区 998喀什地区 999伊犁哈萨克自治州
        """;

    private static readonly Dictionary<string, AreaCode> Known = Read();

    /// <summary>Codes given up, and the code that took their numbers over with more digits; a number cannot be carried over by rule.</summary>
    private static readonly Dictionary<string, string> GivenUp = new()
    {
        ["0378"] = "0371",
        ["0410"] = "024",
        ["0413"] = "024",
        ["0565"] = "0551",
        ["0732"] = "0731",
        ["0733"] = "0731",
        ["0852"] = "0851",
        ["0853"] = "0851",
        ["0910"] = "029",
    };

    internal static IReadOnlyCollection<AreaCode> All => Known.Values;

    /// <summary>The area code that a national number (with its leading 0) begins with, or null.</summary>
    internal static AreaCode? OfNumber(string national)
    {
        for (var length = 3; length <= 4 && length <= national.Length; length++)
        {
            if (Known.TryGetValue(national[..length], out var area)) return area;
        }

        return null;
    }

    /// <summary>The area code written exactly so, with its leading 0; null when there is none.</summary>
    internal static AreaCode? Find(string code) => Known.GetValueOrDefault(code);

    /// <summary>The code that replaced the one that this number begins with; null when it was not given up.</summary>
    internal static string? Successor(string national) => national.Length < 4 ? null : GivenUp.GetValueOrDefault(national[..4]);

    private static Dictionary<string, AreaCode> Read()
    {
        var known = new Dictionary<string, AreaCode>();
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':');
            var head = line[..colon].Split(' ');
            var lengths = head[1].Split('/').Select(int.Parse).ToArray();
            foreach (var entry in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var digits = entry.TakeWhile(char.IsAsciiDigit).Count();
                var place = entry[digits..];
                var code = "0" + entry[..digits];
                known.Add(code, new AreaCode(code, lengths, place == head[0] ? place : head[0] + place));
            }
        }

        return known;
    }
}

/// <param name="Code">With the leading 0: <c>0851</c>, <c>010</c>.</param>
/// <param name="SubscriberLengths">How many digits follow: 7 or 8; both where old and new numbers are in use.</param>
/// <param name="Place">Province and places, in Chinese.</param>
public sealed record AreaCode(string Code, IReadOnlyList<int> SubscriberLengths, string Place);
