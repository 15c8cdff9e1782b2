/* Numbers given in order, without gaps. */
#include "crm/series.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"

enum { DIGITS_MAX = 12 };

static const struct field fields[] = {
	{ "name", FIELD_TEXT, "Nome", "Name", "sales", .max = 60, .required = true,
		.unique = true },
	{ "label", FIELD_TEXT, "Che cosa numera", "What it numbers", "sales", .readonly = true,
		.derived = true, .list = true },
	{ "pattern", FIELD_TEXT, "Schema", "Pattern", "sales", .max = 60, .required = true,
		.list = true },
	{ "next", FIELD_INT, "Prossimo numero", "Next number", "sales", .required = true,
		.initial = "1", .list = true },
	{ "year", FIELD_INT, "Anno in corso di numerazione", "Year being numbered", "sales",
		.readonly = true },
	{ "example", FIELD_TEXT, "Il prossimo sarà", "The next one will be", "sales", .max = 100,
		.readonly = true, .derived = true, .list = true },
};

/* What verbs ask for by name, as people call it. */
static const struct choice known[] = {
	{ "customer_code", "Codici cliente", "Customer codes" },
	{ NULL },
};

/* "{n}" or "{n:5}" at p: its length and digits; 0 when it is not. */
static size_t number_at(const char *p, int *digits)
{
	*digits = 1;
	if (!strncmp(p, "{n}", 3))
		return 3;
	if (strncmp(p, "{n:", 3) != 0 || p[3] < '1' || p[3] > '9' || p[4] != '}')
		return 0;
	*digits = p[3] - '0';
	return 5;
}

bool series_pattern_is_good(const char *pattern)
{
	int numbers = 0, years = 0, digits;

	for (const char *p = pattern; *p; p++) {
		if (number_at(p, &digits))
			numbers++;
		else if (!strncmp(p, "{year}", 6))
			years++;
		else if (*p == '{')
			return false;
		if (*p == '{')
			p = strchr(p, '}');
	}
	return numbers == 1 && years <= 1;
}

/* Without the one that is named so no company could become a customer. */
static bool must_stay(struct ctx *cx, const struct record *series)
{
	const struct val *was = series->was ? &series->was[record_at(series, "name")] : NULL;

	if (!was || was->type != VAL_TEXT || strcmp(was->s, SERIES_CUSTOMERS) != 0 ||
		!(record_changed(series, "name") || record_has(series, "removed_at")))
		return true;
	return refuse(cx, PROBLEM_CONFLICT, "series.needed");
}

static bool check(struct ctx *cx, struct record *series)
{
	bool ok = must_stay(cx, series);

	if (record_has(series, "pattern") &&
		!series_pattern_is_good(record_text(series, "pattern")))
		ok = refuse_field(cx, "pattern", "series.pattern");
	if (record_int(series, "next") < 1)
		ok = refuse_field(cx, "next", "series.next");
	return ok;
}

static const char *written(struct ctx *cx, const char *pattern, int64_t year, int64_t n)
{
	struct buf text;
	int digits;

	buf_init(&text, cx->mem);
	while (*pattern) {
		size_t len = number_at(pattern, &digits);

		if (len) {
			buf_addf(&text, "%0*" PRId64, digits, n);
			pattern += len;
		} else if (!strncmp(pattern, "{year}", 6)) {
			buf_addf(&text, "%" PRId64, year);
			pattern += 6;
		} else {
			buf_addn(&text, pattern++, 1);
		}
	}
	return text.s;
}

static int64_t year_of(const struct ctx *cx)
{
	char day[DATE_TEXT];

	date_of(cx->now, cx->zone, day);
	return (day[0] - '0') * 1000 + (day[1] - '0') * 100 + (day[2] - '0') * 10 + (day[3] - '0');
}

/* A new year begins at 1 where the year is part of the number. */
static int64_t next_number(const struct ctx *cx, const struct record *series)
{
	if (strstr(record_text(series, "pattern"), "{year}") && record_has(series, "year") &&
		record_int(series, "year") != year_of(cx))
		return 1;
	return record_int(series, "next");
}

static const char *title(struct ctx *cx, const struct record *series)
{
	const struct choice *c = known;

	while (c->value && !record_is(series, "name", c->value))
		c++;
	return !c->value ? record_text(series, "name") : cx->lang == LANG_IT ? c->it : c->en;
}

static void derive(struct ctx *cx, struct record *series)
{
	const char *pattern = record_text(series, "pattern");

	record_set_text(series, "label", title(cx, series));
	record_set_text(series, "example",
		series_pattern_is_good(pattern)
			? written(cx, pattern, year_of(cx), next_number(cx, series))
			: "");
}

const struct entity series_entity = {
	.name = "series",
	.plural = "series",
	.it = "Numerazione",
	.en = "Number series",
	.its = "Numerazioni",
	.ens = "Number series",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.check = check,
	.title = title,
	.derive = derive,
};

/* Counted on without history: a number once given is not given again when
 * what it was given for is undone. */
static bool count_on(struct ctx *cx, const struct record *series, int64_t next, int64_t year)
{
	return db_run(cx,
		"update series set next = $3, year = $4, version = version + 1, updated_at = $5"
		" where ws = $1 and id = $2",
		ARGS(v_int(cx->ws), v_int(series->id), v_int(next), v_id(year), v_int(cx->now)));
}

bool series_next(struct ctx *cx, const char *name, const char **text)
{
	struct record *series;
	const char *pattern;
	int64_t n, year = year_of(cx);

	if (!record_find(cx, &series_entity, "name", v_text(name), &series))
		return false;
	if (!series)
		return refuse(cx, PROBLEM_CONFLICT, "series.missing", name);
	pattern = record_text(series, "pattern");
	n = next_number(cx, series);
	*text = written(cx, pattern, year, n);
	return count_on(cx, series, n + 1, strstr(pattern, "{year}") ? year : 0);
}
