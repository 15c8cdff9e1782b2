/* Workbooks for tests: parts put into a zip in memory. */
#include "workbook.h"

#include <string.h>
#include <zip.h>

#include "base/arena.h"
#include "base/buf.h"

struct zipped zip_of(struct arena *mem, const char *const *parts)
{
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(to, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	char *bytes;
	zip_stat_t stat;

	zip_source_keep(to);
	for (; *parts; parts += 2)
		zip_file_add(zip, parts[0], zip_source_buffer(zip, parts[1], strlen(parts[1]), 0),
			ZIP_FL_OVERWRITE);
	zip_close(zip);
	zip_source_stat(to, &stat);
	bytes = arena_alloc(mem, (size_t)stat.size + 1);
	zip_source_open(to);
	zip_source_read(to, bytes, stat.size);
	zip_source_close(to);
	zip_source_free(to);
	return (struct zipped){ bytes, (size_t)stat.size };
}

static const char *around(struct arena *mem, const char *a, const char *b, const char *c)
{
	struct buf out;

	buf_init(&out, mem);
	buf_add(&out, a);
	buf_add(&out, b);
	buf_add(&out, c);
	return out.s;
}

struct zipped xlsx_of(struct arena *mem, const char *rows)
{
	const char *const parts[] = { "_rels/.rels",
		"<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/>"
		"</Relationships>",
		"xl/workbook.xml",
		"<workbook xmlns:r=\"r\"><sheets><sheet name=\"Nascosto\" state=\"hidden\" r:id=\"r2\"/>"
		"<sheet name=\"Foglio1\" r:id=\"r1\"/></sheets></workbook>",
		"xl/_rels/workbook.xml.rels",
		"<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/s1.xml\"/>"
		"<Relationship Id=\"r2\" Type=\"x/worksheet\" Target=\"/xl/worksheets/s2.xml\"/>"
		"<Relationship Id=\"r3\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>"
		"<Relationship Id=\"r4\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>",
		"xl/sharedStrings.xml",
		"<sst><si><t>uno</t></si><si><r><t>du</t></r><r><t>e</t></r><rPh><t>no</t></rPh></si>"
		"</sst>",
		"xl/styles.xml",
		"<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/>"
		"<numFmt numFmtId=\"165\" formatCode=\"[$-410]d mmmm yyyy;@\"/></numFmts>"
		"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
		"<xf numFmtId=\"14\"/><xf numFmtId=\"20\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/>"
		"<xf numFmtId=\"165\"/></cellXfs></styleSheet>",
		"xl/worksheets/s1.xml",
		around(mem, "<worksheet><sheetData>", rows, "</sheetData></worksheet>"),
		"xl/worksheets/s2.xml",
		"<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>altro</t></is></c></row>"
		"</sheetData></worksheet>",
		NULL };

	return zip_of(mem, parts);
}

struct zipped ods_of(struct arena *mem, const char *tables)
{
	const char *const parts[] = { "mimetype", "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml",
		around(mem,
			"<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">"
			"<office:body><office:spreadsheet>",
			tables, "</office:spreadsheet></office:body></office:document-content>"),
		NULL };

	return zip_of(mem, parts);
}
