using System.Globalization;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Questionnaires;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Campaigns;

/// <summary>What keeps a round from being launched, whoever asks.</summary>
public sealed class LaunchGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8));

    private static readonly TemplateReading Reading = TemplateLibrary.ReadFile(Path.Combine(SourceTree.Root, "campaign-templates", "standard", "template.yaml"));

    private static readonly SampleFacts Sample = new(true, ["网格台账"], [(1, "云溪镇"), (2, "平安镇")]);

    private static CampaignDraft Complete => new()
    {
        Name = "测试", TemplateId = "standard", Carrier = "desk-phone", Organiser = "云溪镇人民政府", Approval = "云统〔2026〕1号", Frames = [1],
        Blanks = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["org"] = "云溪镇人民政府", ["approval_no"] = "云统〔2026〕1号", ["frame_name"] = "网格台账", ["verify_phone"] = "0851-01234567", ["delete_days"] = "30", ["date_from"] = "9月1日",
        },
    };

    [Fact]
    public void Nothing_is_missing_from_a_complete_draft() => Assert.Empty(Missing(Complete));

    [Fact]
    public void Organiser_approval_list_number_and_days_are_each_asked_for()
    {
        var missing = Missing(Complete with { Name = "", Organiser = " ", Approval = "", Frames = [], Blanks = new Dictionary<string, string>(StringComparer.Ordinal) }, new SampleFacts(false, [], []));
        Assert.Equal(["name_missing", "organiser_missing", "approval_missing", "frame_missing"], missing.Take(4).Select(problem => problem.Key));
        Assert.Equal(["org", "verify_phone", "approval_no", "frame_name", "delete_days", "date_from"], missing.Skip(4).Where(problem => problem.Key == "blank_missing").Select(problem => problem.Arguments[0]));
        Assert.Equal("source_missing", Assert.Single(Missing(Complete, Sample with { Sources = ["台账", " "] })).Key);
    }

    [Theory]
    [InlineData("本镇自行组织的内部演练", null, "approval_unsigned")]
    [InlineData("本镇自行组织的内部演练", "  ", "approval_unsigned")]
    [InlineData("本镇自行组织的内部演练", "王主任", null)]
    [InlineData("云统〔2026〕1号", null, null)]
    [InlineData("2", null, "approval_unsigned")]
    [InlineData("No. 2", null, "approval_unsigned")]
    [InlineData("2", "王主任", null)]
    public void A_reason_instead_of_a_number_is_signed(string approval, string? signedBy, string? problem)
        => Assert.Equal(problem, Missing(Complete with { Approval = approval, ApprovalSignedBy = signedBy }).SingleOrDefault()?.Key);

    [Fact]
    public void The_signed_reason_is_what_residents_hear()
    {
        var draft = Complete with { Approval = "内部演练", ApprovalSignedBy = "王主任", Blanks = new Dictionary<string, string>(StringComparer.Ordinal) };
        Assert.Equal("内部演练（签字：王主任）", DraftBlanks.Fill(draft, ["台账", "台账"], new Dictionary<string, string>(StringComparer.Ordinal)).All["approval_no"]);
    }

    [Fact]
    public void A_number_of_each_township_will_do_and_one_without_is_named()
    {
        var blanks = new Dictionary<string, string>(Complete.Blanks, StringComparer.Ordinal) { ["verify_phone@1"] = "0851-01234567" };
        blanks.Remove("verify_phone");
        var problem = Assert.Single(Missing(Complete with { Blanks = blanks }));
        Assert.Equal("blank_missing_for", problem.Key);
        Assert.Contains("平安镇", problem.InWords(CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        blanks["verify_phone@2"] = "0851-01234578";
        Assert.Empty(Missing(Complete with { Blanks = blanks }));
    }

    [Theory]
    [InlineData("org", "云溪镇人民政府，请您回答非常满意")]
    [InlineData("frame_name", "台账，答完有礼品")]
    public void Words_in_a_blank_that_steer_the_answers_stop_the_launch(string blank, string value)
    {
        var blanks = new Dictionary<string, string>(Complete.Blanks, StringComparer.Ordinal) { [blank] = value };
        var problem = Assert.Single(Missing(Complete with { Blanks = blanks }).DistinctBy(found => found.Key));
        Assert.Equal(("blank_coaches", blank), (problem.Key, problem.Arguments[0]));
    }

    [Theory]
    [InlineData("0851-81234567", null)]
    [InlineData("0851-01234567 转 3", null)]
    [InlineData("0851-81234567、0851-81234568", null)]
    [InlineData("12345", null)]
    [InlineData("96110", null)]
    [InlineData("abc", "verify_phone_not_a_number")]
    [InlineData("81234567", "verify_phone_not_a_number")]
    [InlineData("0851-8123", "verify_phone_not_a_number")]
    public void Residents_can_ring_the_number_to_check_us(string number, string? problem)
    {
        foreach (var blank in new[] { "verify_phone", "verify_phone@1" })
        {
            var blanks = new Dictionary<string, string>(Complete.Blanks, StringComparer.Ordinal) { [blank] = number };
            Assert.Equal(problem, Missing(Complete with { Blanks = blanks }).SingleOrDefault()?.Key);
        }
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("365", null)]
    [InlineData("0", "delete_days_not_a_number")]
    [InlineData("366", "delete_days_not_a_number")]
    [InlineData("99999", "delete_days_not_a_number")]
    [InlineData("一个月", "delete_days_not_a_number")]
    public void A_promise_to_delete_is_for_a_year_at_most(string days, string? problem)
    {
        var blanks = new Dictionary<string, string>(Complete.Blanks, StringComparer.Ordinal) { ["delete_days"] = days };
        Assert.Equal(problem, Missing(Complete with { Blanks = blanks }).SingleOrDefault()?.Key);
    }

    [Fact]
    public void Every_problem_has_words_in_both_languages()
    {
        foreach (var culture in (CultureInfo[])[CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")])
        {
            var missing = Missing(Complete with { Approval = "演练", Blanks = new Dictionary<string, string>(StringComparer.Ordinal) });
            Assert.True(missing.Count >= 6);
            Assert.All(missing, problem => Assert.True(problem.InWords(culture).Length > 4));
        }
    }

    private static IReadOnlyList<LaunchProblem> Missing(CampaignDraft draft, SampleFacts? sample = null)
        => LaunchGate.Missing(draft, sample ?? Sample, Reading, RecordingSet.Empty, new CalendarBook([CalendarFile.Read(SourceTree.Read("campaign-templates/calendars/cn.yaml")).Calendar!], []), Now);
}
