using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using SurveyDialer.Exports.Notices;

namespace SurveyDialer.Tests.Exports;

public sealed class NoticeDocumentTests
{
    [Fact]
    public void The_document_is_valid_and_each_part_of_it_begins_a_page()
    {
        VillageNotice[] notices =
        [
            new(1, "云溪镇", "zh-CN", "公告 <一> & \"二\"", ["各位居民：", "满意\u0007👍"], ["请注意。"], "云溪镇人民政府", "2026年3月2日", []),
            new(1, "Yunxi", "en", "Notice", ["To all residents"], ["Attention, please."], "Yunxi township", "2 March 2026", []),
        ];
        using var file = new MemoryStream();
        NoticeDocument.Write(notices, language => language == "en" ? "Loudspeaker" : "广播", file);

        file.Position = 0;
        using var document = WordprocessingDocument.Open(file, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken));
        var lines = document.MainDocumentPart!.Document.Body!.Elements<Paragraph>().ToList();
        Assert.Equal(
            ["公告 <一> & \"二\"", "各位居民：", "满意👍", "云溪镇人民政府", "2026年3月2日", "广播（云溪镇）", "请注意。", "Notice", "To all residents", "Yunxi township", "2 March 2026", "Loudspeaker（Yunxi）", "Attention, please."],
            lines.Select(line => line.InnerText));
        Assert.Equal(["广播（云溪镇）", "Notice", "Loudspeaker（Yunxi）"], lines.Where(line => line.ParagraphProperties!.PageBreakBefore is not null).Select(line => line.InnerText));
    }
}
