using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace SurveyDialer.Exports.Notices;

/// <summary>Notices as a Word document on A4: the notice for the board on one page, the words of the loudspeaker on the next.</summary>
internal static class NoticeDocument
{
    internal const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // Half points.
    private const int Heading = 44;
    private const int Subheading = 36;
    private const int Print = 30;
    private const int Spoken = 32;

    /// <param name="loudspeaker">Heading of the words for the loudspeaker, by language.</param>
    /// <param name="output">Need not be seekable; not closed.</param>
    internal static void Write(IEnumerable<VillageNotice> notices, Func<string, string> loudspeaker, Stream output)
    {
        // The package goes back and forth in its file.
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var body = new Body();
            foreach (var notice in notices) Add(body, notice, loudspeaker(notice.Language));
            body.Append(new SectionProperties(
                new PageSize { Width = 11906U, Height = 16838U },
                new PageMargin { Top = 1701, Right = 1418U, Bottom = 1418, Left = 1418U, Header = 851U, Footer = 851U, Gutter = 0U }));
            document.AddMainDocumentPart().Document = new Document(body);
        }

        file.WriteTo(output);
    }

    private static void Add(Body body, VillageNotice notice, string loudspeaker)
    {
        body.Append(Line(notice, notice.Title, Heading, JustificationValues.Center, newPage: body.HasChildren, bold: true));
        foreach (var text in notice.Board) body.Append(Line(notice, text, Print, JustificationValues.Both));
        body.Append(Line(notice, notice.Signed, Print, JustificationValues.Right), Line(notice, notice.Dated, Print, JustificationValues.Right));
        body.Append(Line(notice, $"{loudspeaker}（{notice.Township}）", Subheading, JustificationValues.Center, newPage: true, bold: true));
        foreach (var text in notice.Loudspeaker) body.Append(Line(notice, text, Spoken, JustificationValues.Both));
    }

    private static Paragraph Line(VillageNotice notice, string text, int size, JustificationValues align, bool newPage = false, bool bold = false)
    {
        var place = new ParagraphProperties();
        if (newPage) place.Append(new PageBreakBefore());
        place.Append(new SpacingBetweenLines { After = "160", Line = "400", LineRule = LineSpacingRuleValues.AtLeast }, new Justification { Val = align });
        var points = size.ToString(CultureInfo.InvariantCulture);
        var look = new RunProperties(new RunFonts { Ascii = "Times New Roman", HighAnsi = "Times New Roman", EastAsia = "宋体" });
        if (bold) look.Append(new Bold());
        look.Append(new FontSize { Val = points }, new FontSizeComplexScript { Val = points }, new Languages { Val = Tag(notice.Language), EastAsia = "zh-CN" });

        // What XML cannot hold is nothing that can be printed.
        var printable = string.Concat(text.Where(letter => !char.IsControl(letter)));
        return new Paragraph(place, new Run(look, new Text(printable) { Space = SpaceProcessingModeValues.Preserve }));
    }

    /// <summary>Word knows no dialects.</summary>
    private static string Tag(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en-US" : "zh-CN";
}
