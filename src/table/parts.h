/* parts - what the files of this room need of one another. */
#pragma once

#include "table/table.h"

#include "base/buf.h"

/* Bytes that come bit by bit: how many, 0 at the end, -1 when it is broken. */
struct source {
	int64_t (*read)(void *arg, char *to, size_t n, const char **why);
	void *arg;
};

/* xml.c: a document walked through; names come without their prefix. */
struct xml;
struct xml_walker {
	void (*start)(void *arg, struct xml *x, const char *name, const char **attributes);
	void (*end)(void *arg, struct xml *x, const char *name);
	void (*text)(void *arg, struct xml *x, const char *s, size_t n);
};
enum xml_state { XML_PAUSED, XML_ENDED, XML_FAILED };
struct xml *xml_new(struct source from, const struct xml_walker *walker, void *arg);
void xml_free(struct xml *x);
/* On until it pauses or ends. */
enum xml_state xml_go(struct xml *x, const char **why);
/* From a walker: go no further now; or never. */
void xml_pause(struct xml *x);
void xml_fail(struct xml *x, const char *why);
/* The whole of a short document. */
bool xml_read(struct source from, const struct xml_walker *walker, void *arg, const char **why);
/* NULL when there is none of that name, prefix or not. */
const char *xml_attribute(const char **attributes, const char *name);

/* archive.c: the parts of a zip file. */
struct archive;
struct archive *archive_open(struct arena *mem, const char *bytes, size_t n, const char **why);
bool archive_has(const struct archive *a, const char *name);
/* One part at a time; false with *why when there is none, or it is encrypted. */
bool archive_part(struct archive *a, const char *name, struct source *from, const char **why);

/* cells.c: a row while it is being read. */
enum { COLUMNS_MAX = 1000, CELL_MAX = 1024 * 1024, ROWS_MAX = 1048576 };
struct cells {
	struct arena *mem;
	struct buf text; /* of all cells, each ended by NUL */
	size_t at[COLUMNS_MAX];
	size_t count; /* up to the last that holds something */
	int64_t line;
	unsigned used; /* rows since memory was given back */
};
void cells_clear(struct cells *c, int64_t line);
/* False when there are too many columns. */
bool cells_put(struct cells *c, size_t column, const char *s);
void cells_give(const struct cells *c, struct arena *mem, struct csv_row *row);

/* number.c: how a number is shown. */
enum number_kind { NUMBER_PLAIN, NUMBER_DATE, NUMBER_TIME, NUMBER_PERCENT, NUMBER_ZEROS };
struct number_format {
	enum number_kind kind;
	unsigned width; /* of NUMBER_ZEROS: digits, zeros in front */
};
enum { NUMBER_TEXT = 64 };
struct number_format number_format_of(const char *code);
struct number_format number_format_known(int id); /* those without a code */
/* typed: as the file has it; since 1904 instead of 1900. */
void number_show(const char *typed, struct number_format f, bool since_1904, char out[NUMBER_TEXT]);

/* xlsx.c, ods.c: workbooks. */
struct book {
	struct arena *mem;
	struct archive *archive;
	struct table_sheet *sheets;
	size_t n, chosen;
	struct cells cells;
	struct xml *xml; /* of the chosen sheet */
	void *own;
	void (*close)(void *own);
	enum csv_result (*next)(
		struct book *b, struct arena *mem, struct csv_row *row, const char **why);
};
struct book *book_new(struct arena *mem);
bool xlsx_list(struct book *b, const char **why);
bool xlsx_begin(struct book *b, const char **why);
bool ods_list(struct book *b, const char **why);
bool ods_begin(struct book *b, const char **why);

/* For fuzzing: the sheets' XML without an archive around it. */
struct book *xlsx_of_xml(struct arena *mem, struct source sheet, struct source strings,
	struct source styles, const char **why);
struct book *ods_of_xml(struct arena *mem, struct source content, const char **why);
enum csv_result book_next(struct book *b, struct arena *mem, struct csv_row *row, const char **why);
