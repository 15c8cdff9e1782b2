/* What the cells of a workbook share: texts, and the formats of numbers. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "table/xlsx_parts.h"

enum { TEXT_MAX = 256 * 1024 * 1024, STRINGS_MAX = 16 * 1024 * 1024, FORMATS_MAX = 65536 };

static void *grown(void *old, size_t size)
{
	void *p = realloc(old, size);

	if (!p)
		abort();
	return p;
}

/* Reading the table of shared texts. */
struct string_walk {
	struct strings *s;
	int reading; /* as of a cell */
};

static void add(struct strings *s, const char *text, size_t n)
{
	if (s->len + n > s->size) {
		s->size = 2 * (s->len + n) + 4096;
		s->text = grown(s->text, s->size);
	}
	memcpy(s->text + s->len, text, n);
	s->len += n;
}

static void string_start(void *arg, struct xml *x, const char *name, const char **attributes)
{
	struct string_walk *w = arg;
	struct strings *s = w->s;

	(void)attributes;
	if (!strcmp(name, "si")) {
		if (s->n == STRINGS_MAX)
			xml_fail(x, "table.bomb");
		else if (s->n == s->room) {
			s->room = 2 * s->room + 256;
			s->at = grown(s->at, s->room * sizeof(*s->at));
		}
		if (s->n < s->room)
			s->at[s->n++] = s->len;
	} else if (!strcmp(name, "rPh")) {
		w->reading = -1;
	} else if (!strcmp(name, "t") && !w->reading && s->n) {
		w->reading = 1;
	}
}

static void string_text(void *arg, struct xml *x, const char *text, size_t n)
{
	struct string_walk *w = arg;
	struct strings *s = w->s;

	if (w->reading != 1)
		return;
	if (s->len - s->at[s->n - 1] + n > CELL_MAX)
		xml_fail(x, "csv.cell");
	else if (s->len + n > TEXT_MAX)
		xml_fail(x, "table.bomb");
	else
		add(s, text, n);
}

static void string_end(void *arg, struct xml *x, const char *name)
{
	struct string_walk *w = arg;
	struct strings *s = w->s;

	(void)x;
	if (!strcmp(name, "si") && s->n) {
		add(s, "", 1);
		unescape(s->text + s->at[s->n - 1]);
	} else if (!strcmp(name, "rPh") || (!strcmp(name, "t") && w->reading == 1)) {
		w->reading = 0;
	}
}

bool strings_read(struct strings *s, struct source from, const char **why)
{
	static const struct xml_walker walker = { string_start, string_end, string_text };
	struct string_walk w = { s, 0 };

	return xml_read(from, &walker, &w, why);
}

const char *strings_get(const struct strings *s, const char *number)
{
	char *end;
	unsigned long long i = strtoull(number, &end, 10);

	return end == number || *end || i >= s->n ? "" : s->text + s->at[i];
}

void strings_free(struct strings *s)
{
	free(s->text);
	free(s->at);
}

static int hex_at(const char *s)
{
	int value = 0;

	if (s[0] != '_' || s[1] != 'x')
		return -1;
	for (int i = 2; i < 6; i++) {
		if (!isxdigit((unsigned char)s[i]))
			return -1;
		value = value * 16 + (isdigit((unsigned char)s[i])
						     ? s[i] - '0'
						     : tolower((unsigned char)s[i]) - 'a' + 10);
	}
	return s[6] == '_' ? value : -1;
}

/* Half a pair is no character, a carriage return is half a line's end. */
char *unescape(char *s)
{
	char *to = strstr(s, "_x"), *from = to;

	while (from && *from) {
		int code = hex_at(from);

		if (code < 0) {
			*to++ = *from++;
			continue;
		}
		from += 7;
		if (code == '\n' || code == '\t' ||
			(code >= ' ' && code != 0x7f && (code < 0xd800 || code > 0xdfff)))
			to += utf8_write((uint32_t)code, to);
	}
	if (to)
		*to = '\0';
	return s;
}

/* The styles: codes of formats by number, then each cell style's number. */
struct style_walk {
	struct xlsx *own;
	struct {
		int id;
		struct number_format f;
	} * codes;
	size_t n, room, all;
	bool in_cells;
};

static int number_of(const char **attributes, const char *name)
{
	const char *s = xml_attribute(attributes, name);

	return s ? (int)strtol(s, NULL, 10) : 0;
}

static struct number_format format_numbered(const struct style_walk *w, int id)
{
	for (size_t i = w->n; i-- > 0;)
		if (w->codes[i].id == id)
			return w->codes[i].f;
	return number_format_known(id);
}

static void add_code(struct style_walk *w, struct xml *x, const char **attributes)
{
	const char *code = xml_attribute(attributes, "formatCode");

	if (w->n == 10000) {
		xml_fail(x, "table.trap");
		return;
	}
	if (w->n == w->room) {
		w->room = 2 * w->room + 64;
		w->codes = grown(w->codes, w->room * sizeof(*w->codes));
	}
	w->codes[w->n].id = number_of(attributes, "numFmtId");
	w->codes[w->n++].f = number_format_of(code ? code : "");
}

static void add_style(struct style_walk *w, struct xml *x, const char **attributes)
{
	struct xlsx *own = w->own;

	if (own->format_n == FORMATS_MAX) {
		xml_fail(x, "table.trap");
		return;
	}
	if (own->format_n == w->all) {
		w->all = 2 * w->all + 64;
		own->formats = grown(own->formats, w->all * sizeof(*own->formats));
	}
	own->formats[own->format_n++] = format_numbered(w, number_of(attributes, "numFmtId"));
}

static void style_start(void *arg, struct xml *x, const char *name, const char **attributes)
{
	struct style_walk *w = arg;

	if (!strcmp(name, "numFmt"))
		add_code(w, x, attributes);
	else if (!strcmp(name, "cellXfs"))
		w->in_cells = true;
	else if (!strcmp(name, "xf") && w->in_cells)
		add_style(w, x, attributes);
}

static void style_end(void *arg, struct xml *x, const char *name)
{
	struct style_walk *w = arg;

	(void)x;
	if (!strcmp(name, "cellXfs"))
		w->in_cells = false;
}

bool styles_read(struct xlsx *own, struct source from, const char **why)
{
	static const struct xml_walker walker = { style_start, style_end, NULL };
	struct style_walk w = { .own = own };
	bool ok = xml_read(from, &walker, &w, why);

	free(w.codes);
	return ok;
}
