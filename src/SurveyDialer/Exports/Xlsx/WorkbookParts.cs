using System.Text;

namespace SurveyDialer.Exports.Xlsx;

/// <summary>The fixed parts of a workbook.</summary>
internal static class WorkbookParts
{
    internal const string PackageRelations = Declaration + """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """;

    /// <summary>The cell formats stand in the order of <see cref="CellStyle"/>; 9, 10 and 49 are "0%", "0.00%" and "@" (text), 164 and 165 are ours.</summary>
    internal const string Styles = Declaration + """
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="等线"/><charset val="134"/></font><font><b/><sz val="11"/><name val="等线"/><charset val="134"/></font></fonts>
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill></fills>
        <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="7">
        <xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="9" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>
        <xf numFmtId="10" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>
        </cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
        </styleSheet>
        """;

    internal const string SheetStart = Declaration
        + $"""<worksheet xmlns="{Main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0" """;

    /// <summary>The rest of the view: the header row stays; then the beginning of the columns.</summary>
    internal const string SheetPanes = """
        ><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>
        """;

    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Print set-up (A4 landscape, one page wide) and no warning marks on digits that are text.</summary>
    internal static string SheetEnd(string cells) => $"""
        <pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddHeader>&amp;C&amp;A</oddHeader><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter><ignoredErrors><ignoredError sqref="{cells}" numberStoredAsText="1"/></ignoredErrors></worksheet>
        """;

    /// <summary>Sheets, the header row repeated on every printed page, and their filters.</summary>
    internal static string Workbook(IReadOnlyList<FinishedSheet> sheets)
    {
        var xml = new StringBuilder(Declaration).Append($"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>""");
        for (var i = 0; i < sheets.Count; i++) xml.Append($"""<sheet name="{XmlText.Of(sheets[i].Name)}" sheetId="{i + 1}" r:id="rId{i + 1}"/>""");
        xml.Append("</sheets><definedNames>");
        for (var i = 0; i < sheets.Count; i++)
        {
            var quoted = XmlText.Of("'" + sheets[i].Name.Replace("'", "''", StringComparison.Ordinal) + "'");
            var last = SheetWriter.Letters(sheets[i].Columns - 1);
            xml.Append($"""<definedName name="_xlnm._FilterDatabase" localSheetId="{i}" hidden="1">{quoted}!$A$1:${last}${sheets[i].Rows}</definedName>""");
            xml.Append($"""<definedName name="_xlnm.Print_Titles" localSheetId="{i}">{quoted}!$1:$1</definedName>""");
        }

        return xml.Append("</definedNames></workbook>").ToString();
    }

    internal static string WorkbookRelations(int sheets)
    {
        var xml = new StringBuilder(Declaration).Append("""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">""");
        for (var i = 1; i <= sheets; i++) xml.Append($"""<Relationship Id="rId{i}" Type="{Relations}/worksheet" Target="worksheets/sheet{i}.xml"/>""");
        return xml.Append($"""<Relationship Id="rId{sheets + 1}" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""").ToString();
    }

    internal static string ContentTypes(int sheets)
    {
        const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        var xml = new StringBuilder(Declaration).Append("""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">""")
            .Append("""<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>""")
            .Append($"""<Override PartName="/xl/workbook.xml" ContentType="{Kind}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Kind}styles+xml"/>""");
        for (var i = 1; i <= sheets; i++) xml.Append($"""<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{Kind}worksheet+xml"/>""");
        return xml.Append("</Types>").ToString();
    }
}
