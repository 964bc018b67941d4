using System.IO.Compression;
using System.Security;
using System.Text;

namespace SurveyDialer.Exports.Notices;

/// <summary>Notices as a Word document (ECMA-376, WordprocessingML) on A4: the notice for the board on one page, the words of the loudspeaker on the next.</summary>
internal static class NoticeDocument
{
    internal const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Types = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
        """;

    private const string Relations = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
        """;

    private const string Start = """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
        """;

    private const string Page = """<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1418" w:bottom="1418" w:left="1418" w:header="851" w:footer="851" w:gutter="0"/></w:sectPr></w:body></w:document>""";

    /// <param name="loudspeaker">Heading of the words for the loudspeaker, by language.</param>
    /// <param name="output">Need not be seekable; not closed.</param>
    internal static void Write(IEnumerable<VillageNotice> notices, Func<string, string> loudspeaker, DateTimeOffset stamp, Stream output)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        Part(zip, "[Content_Types].xml", Types, stamp);
        Part(zip, "_rels/.rels", Relations, stamp);
        var body = new StringBuilder(Start);
        var first = true;
        foreach (var notice in notices)
        {
            Paragraph(body, notice.Title, notice.Language, 44, bold: true, "center", newPage: !first);
            foreach (var text in notice.Board) Paragraph(body, text, notice.Language, 30, bold: false, "both", newPage: false);
            Paragraph(body, notice.Signed, notice.Language, 30, bold: false, "right", newPage: false);
            Paragraph(body, $"{loudspeaker(notice.Language)}（{notice.Township}）", notice.Language, 36, bold: true, "center", newPage: true);
            foreach (var text in notice.Loudspeaker) Paragraph(body, text, notice.Language, 32, bold: false, "both", newPage: false);
            first = false;
        }

        Part(zip, "word/document.xml", body.Append(Page).ToString(), stamp);
    }

    /// <param name="size">Half points.</param>
    private static void Paragraph(StringBuilder body, string text, string language, int size, bool bold, string align, bool newPage)
        => body.Append("<w:p><w:pPr>").Append(newPage ? "<w:pageBreakBefore/>" : "").Append("<w:spacing w:after=\"160\" w:line=\"400\" w:lineRule=\"atLeast\"/><w:jc w:val=\"").Append(align)
            .Append("\"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\"/>").Append(bold ? "<w:b/>" : "")
            .Append("<w:sz w:val=\"").Append(size).Append("\"/><w:szCs w:val=\"").Append(size).Append("\"/><w:lang w:val=\"").Append(Tag(language)).Append("\" w:eastAsia=\"zh-CN\"/></w:rPr><w:t xml:space=\"preserve\">")
            .Append(SecurityElement.Escape(Clean(text))).Append("</w:t></w:r></w:p>");

    /// <summary>Word knows no dialects.</summary>
    private static string Tag(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en-US" : "zh-CN";

    /// <summary>Without what XML cannot hold.</summary>
    private static string Clean(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    private static void Part(ZipArchive zip, string name, string content, DateTimeOffset stamp)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = stamp;
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write(content);
    }
}
