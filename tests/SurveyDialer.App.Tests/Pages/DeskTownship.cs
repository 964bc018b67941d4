using Dapper;
using Microsoft.Extensions.DependencyInjection;
using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Tests.Pages;

/// <summary>The sample township whose running round is called from desk telephones; those who wait are due.</summary>
internal static class DeskTownship
{
    internal const string Blanks = """{"org":"平安镇人民政府","verify_phone":"0851-5550110","approval_no":"平统制〔2026〕3号","frame_name":"网格登记","delete_days":"30","date_from":"9月1日"}""";

    private const string ToDesk = """
        UPDATE campaign SET carrier = 'desk-phone', live_callers = 1, template_id = 'standard', template_json = @json, template_hash = @hash, blanks = @blanks, link_key_id = @link WHERE id IN (1, 2);
        UPDATE attempt SET channel = 'live', due_at = @due, waiting_reason = NULL WHERE state = 'pending';
        UPDATE phone SET fictional = 0;
        """;

    internal static async Task<PageHost> StartAsync()
    {
        var calendar = CalendarFile.Read(await File.ReadAllTextAsync(Path.Combine(SampleTownship.TemplatesFolder, "calendars", "cn.yaml"), Test.Token)).Calendar!;
        var template = TemplateReader.Read(await File.ReadAllTextAsync(Path.Combine(SampleTownship.TemplatesFolder, "standard", "template.yaml"), Test.Token), "standard").Template!;
        var host = await PageHost.StartAsync(filled: true, change: services => services.AddSingleton(new CalendarBook([calendar], [])));
        var values = new { json = TemplateJson.Write(template), hash = TemplateJson.Hash(template), blanks = Blanks, link = host.Files.Keys.CreateLinkKey(), due = host.Clock.GetUtcNow().ToUnixTimeMilliseconds() - 1000 };
        var numbers = Enumerable.Range(1, 120).Select(id => new { id, index = SampleFields.NumberIndex(host.Files.Cipher, PhoneNumber.Read(SampleTownship.Number(id))) }).ToList();
        await host.Files.Database.WriteAsync(
            connection =>
            {
                connection.Execute(ToDesk, values);
                connection.Execute("UPDATE phone SET number_index = @index WHERE id = @id;", numbers);
            },
            Test.Token);
        return host;
    }
}
