/* From the filters of a query string to a condition: every name is known,
 * every value of its field's kind, nothing of the caller's enters the SQL. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/money.h"
#include "record/custom.h"
#include "record/list.h"
#include "record/parts.h"
#include "record/search.h"

enum { FILTERS_MAX = 40, IN_MAX = 200, FEW = 20000 };

static const struct {
	const char *name, *sql;
} operators[] = {
	{ "eq", "=" },
	{ "ne", "<>" },
	{ "lt", "<" },
	{ "lte", "<=" },
	{ "gt", ">" },
	{ "gte", ">=" },
	{ "in", "in" },
	{ "like", "like" },
	{ "null", "null" },
};

struct filter {
	const char *name, *value; /* of the parameter, for problems */
	const struct field *field;
	const char *op, *sort; /* sort: of the whole list */
	struct ranges *ranges;
};

/* The id and the instants, which belong to no table of fields. */
static const struct field own_fields[] = {
	{ "id", FIELD_INT, "", "" },
	{ "created_at", FIELD_TIME, "", "" },
	{ "updated_at", FIELD_TIME, "", "" },
	{ "title", FIELD_TEXT, "", "" },
	{ "version", FIELD_INT, "", "" },
};

static const struct field *field_named(struct ctx *cx, const struct entity *of, const char *name)
{
	int at = entity_find(of, name);
	const struct field *f;

	for (size_t i = 0; i < COUNT(own_fields); i++)
		if (!strcmp(own_fields[i].name, name))
			return &own_fields[i];
	f = at < 0 ? NULL : entity_field(of, (size_t)at);
	if (!f || (f->derived && !f->by_clock) || f->secret ||
		rights_field(cx->who, of, name) == FIELD_HIDDEN)
		return NULL;
	return f;
}

/* "turnover[gte]" -> turnover, ">=". */
static bool read_name(struct ctx *cx, const struct entity *of, struct filter *f)
{
	const char *bracket = strchr(f->name, '[');
	char *name = arena_dup(cx->mem, f->name);

	f->op = "=";
	if (bracket) {
		size_t n = strlen(bracket), i = 0;

		name[bracket - f->name] = '\0';
		while (i < COUNT(operators) &&
			(n != strlen(operators[i].name) + 2 ||
				strncmp(bracket + 1, operators[i].name, n - 2) != 0 ||
				bracket[n - 1] != ']'))
			i++;
		if (i == COUNT(operators))
			return refuse_field(cx, f->name, "query.operator");
		f->op = operators[i].sql;
	}
	f->field = field_named(cx, of, name);
	return f->field || refuse_field(cx, textf(cx, "%.60s", f->name), "query.unknown");
}

static bool read_int(const char *text, int64_t *n)
{
	char *end;

	*n = strtoll(text, &end, 10);
	return *text && !*end && strlen(text) < 19 &&
	       (*text == '-' || (*text >= '0' && *text <= '9'));
}

static bool read_number(struct ctx *cx, const struct field *f, const char *text, int64_t *n)
{
	switch (f->type) {
	case FIELD_MONEY:
	case FIELD_DECIMAL:
		return decimal_read(text, field_places(f), n);
	case FIELD_TIME:
		if (date_is_valid(text)) {
			*n = date_start(text, cx->zone);
			return true;
		}
		return clock_read(text, n);
	case FIELD_BOOL:
		*n = !strcmp(text, "true");
		return *n || !strcmp(text, "false");
	default:
		return read_int(text, n);
	}
}

static bool read_value(struct ctx *cx, const struct filter *f, const char *text, struct val *v)
{
	int64_t n;

	if (!field_is_number(f->field)) {
		*v = v_text(text);
		return true;
	}
	if (!read_number(cx, f->field, text, &n))
		return refuse_field(cx, f->name, "query.value", textf(cx, "%.60s", text));
	*v = v_int(n);
	return true;
}

static bool add_in(struct ctx *cx, const struct filter *f, struct buf *sql, struct args *args)
{
	char *list = arena_dup(cx->mem, f->value), *rest = list, *one;
	size_t n = 0;

	while ((one = strsep(&rest, ","))) {
		struct val v;

		if (n == IN_MAX)
			return refuse_field(cx, f->name, "query.in", textf(cx, "%d", IN_MAX));
		if (!read_value(cx, f, one, &v))
			return false;
		buf_addf(sql, "%s$%zu", n++ ? ", " : "", args_add(args, v));
	}
	return true;
}

/* "contains"; % and _ and \ of the caller find only themselves. */
static const char *pattern_of(struct ctx *cx, const char *text)
{
	struct buf b;

	buf_init(&b, cx->mem);
	buf_add(&b, "%");
	for (; *text; text++) {
		if (strchr("%_\\", *text))
			buf_add(&b, "\\");
		buf_addn(&b, text, 1);
	}
	buf_add(&b, "%");
	return b.s;
}

static bool add_like(struct ctx *cx, const struct filter *f, struct buf *sql, struct args *args)
{
	bool is_title = !strcmp(f->field->name, "title");

	if (is_title)
		buf_addf(sql, " and t.title_fold like $%zu escape '\\'",
			args_add(args, v_text(pattern_of(cx, fold(cx->mem, f->value)))));
	else
		buf_addf(sql, " and lower(t.%s) like lower($%zu) escape '\\'", f->field->name,
			args_add(args, v_text(pattern_of(cx, f->value))));
	return true;
}

/* A value as its index keeps it. */
static bool read_key(struct ctx *cx, const struct filter *f, const char *text, struct val *key)
{
	struct val v;

	if (!read_value(cx, f, text, &v))
		return false;
	*key = v_text(v.type == VAL_INT ? custom_key(cx, f->field, &v)
					: custom_key_text(cx, f->field, text));
	return true;
}

static bool add_keys(struct ctx *cx, const struct filter *f, struct buf *sql, struct args *args)
{
	bool is_in = !strcmp(f->op, "in");
	char *rest = arena_dup(cx->mem, f->value), *one;
	struct val key;
	size_t n = 0;

	buf_addf(sql, " and v.value %s ", is_in ? "in (" : f->op);
	while ((one = is_in ? strsep(&rest, ",") : n ? NULL : rest)) {
		if (n == IN_MAX)
			return refuse_field(cx, f->name, "query.in", textf(cx, "%d", IN_MAX));
		if (!read_key(cx, f, one, &key))
			return false;
		buf_addf(sql, "%s$%zu", n++ ? ", " : "", args_add(args, key));
	}
	buf_add(sql, is_in ? ")" : "");
	return true;
}

static bool add_match(struct ctx *cx, const struct filter *f, struct buf *sql, struct args *args)
{
	buf_addf(sql, " from custom_value v where v.ws = $1 and v.field = $%zu",
		args_add(args, v_int(f->field->id)));
	if (strcmp(f->op, "like") != 0)
		return add_keys(cx, f, sql, args);
	buf_addf(sql, " and lower(v.value) like lower($%zu) escape '\\'",
		args_add(args, v_text(pattern_of(cx, custom_key_text(cx, f->field, f->value)))));
	return true;
}

/* More have it than are worth gathering. */
static bool is_shared(struct ctx *cx, const struct filter *f, bool *is)
{
	struct args args;
	struct buf sql;
	int64_t n;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql, "select count(*) from (select 1");
	if (!add_match(cx, f, &sql, &args))
		return false;
	buf_addf(&sql, " limit %d) as few", FEW + 1);
	if (!db_int(cx, &n, 0, sql.s, args.v, args.n))
		return false;
	*is = n > FEW;
	return true;
}

/* The list is in the order in which its records were made. */
static bool is_newest_first(const struct filter *f)
{
	return !f->sort || !*f->sort || !strcmp(f->sort, "-id") || !strcmp(f->sort, "-created_at");
}

/* One of the firm's own fields.  Where few records have the value they are
 * gathered by its index; where many have it the list goes its own way, in its
 * own order, and looks whether each of them has: soon a page is full. */
static bool add_custom(struct ctx *cx, const struct filter *f, struct buf *sql, struct args *args)
{
	bool shared;

	if (!strcmp(f->op, "null")) {
		buf_addf(sql, " and coalesce(t.custom_values, '') %slike $%zu escape '\\'",
			!strcmp(f->value, "true") ? "not " : "",
			args_add(args, v_text(custom_pattern(cx, f->field))));
		return true;
	}
	if (!is_shared(cx, f, &shared))
		return false;
	buf_add(sql, shared ? " and exists (select 1" : " and t.id in (select v.id");
	if (!add_match(cx, f, sql, args))
		return false;
	buf_add(sql, shared ? " and v.id = t.id)" : ")");
	/* newest first, it begins at the newest that has it */
	if (!shared || !is_newest_first(f) || strcmp(f->op, "=") != 0)
		return true;
	buf_add(sql, " and t.id <= (select max(v.id)");
	if (!add_match(cx, f, sql, args))
		return false;
	buf_add(sql, ")");
	return true;
}

static bool must_be_flag(struct ctx *cx, const struct filter *f)
{
	return strcmp(f->op, "null") != 0 || !strcmp(f->value, "true") ||
	       !strcmp(f->value, "false") || refuse_field(cx, f->name, "query.flag");
}

static bool add_filter(struct ctx *cx, const struct filter *f, struct buf *sql, struct args *args)
{
	struct val v;

	if (!must_be_flag(cx, f))
		return false;
	if (!strcmp(f->op, "like") && field_is_number(f->field))
		return refuse_field(cx, f->name, "query.operator");
	if (f->field->custom)
		return add_custom(cx, f, sql, args);
	if (!strcmp(f->op, "null")) {
		buf_addf(sql, " and t.%s is %snull", f->field->name,
			!strcmp(f->value, "true") ? "" : "not ");
		return true;
	}
	if (!strcmp(f->op, "like"))
		return add_like(cx, f, sql, args);
	if (!strcmp(f->op, "in")) {
		buf_addf(sql, " and t.%s in (", f->field->name);
		if (!add_in(cx, f, sql, args))
			return false;
		buf_add(sql, ")");
		return true;
	}
	if (!read_value(cx, f, f->value, &v))
		return false;
	/* one of our own words stands in the statement: an index of those rows alone
	 * is then known to hold them */
	if (field_choice(f->field, f->value) && !f->field->custom && !strcmp(f->op, "="))
		buf_addf(sql, " and t.%s = '%s'", f->field->name, f->value);
	else
		buf_addf(sql, " and t.%s %s $%zu", f->field->name, f->op, args_add(args, v));
	return true;
}

/* owner=me, owner=team. */
static bool add_owner(struct ctx *cx, const struct entity *of, const char *value, struct buf *sql,
	struct args *args)
{
	if (!of->owned)
		return refuse_field(cx, "owner", "query.unknown");
	if (!strcmp(value, "me")) {
		buf_addf(sql, " and t.owner_id = $%zu", args_add(args, v_int(cx->who->id)));
		return true;
	}
	if (strcmp(value, "team") != 0)
		return !strcmp(value, "all") || refuse_field(cx, "owner", "query.value", value);
	buf_addf(sql, " and t.owner_id in ($%zu", args_add(args, v_int(cx->who->id)));
	for (size_t i = 0; i < cx->who->team_n; i++)
		buf_addf(sql, ", $%zu", args_add(args, v_int(cx->who->team[i])));
	buf_add(sql, ")");
	return true;
}

static bool is_paging(const char *name)
{
	static const char *const names[] = { "limit", "cursor", "sort", "count", "names",
		"removed" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static bool is_named_twice(const struct params *ps, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(ps->p[k].name, ps->p[i].name))
			return true;
	return false;
}

static bool add_search(struct ctx *cx, const struct entity *of, const struct params *ps,
	struct buf *sql, struct args *args)
{
	struct newest_hits h = { param_get(ps, "q"), ps->newest.hits, ps->newest.before };

	return h.hits ? search_newest(cx, of, &h, sql, args)
		      : search_where(cx, of, h.text, sql, args);
}

static bool add_by_clock(struct ctx *cx, const struct entity *of, const struct filter *f,
	struct buf *sql, struct args *args)
{
	const struct by_clock by = { f->field, f->value, f->sort, f->ranges };

	if (strcmp(f->op, "=") != 0)
		return refuse_field(cx, f->name, "query.operator");
	return of->where(cx, &by, sql, args);
}

static bool add_param(struct ctx *cx, const struct entity *of, struct filter *f, struct buf *sql,
	struct args *args)
{
	if (is_paging(f->name))
		return true;
	if (!strcmp(f->name, "owner"))
		return add_owner(cx, of, f->value, sql, args);
	if (of->owned && !strncmp(f->name, "team_id", 7) && entity_find(of, "team_id") < 0)
		return filter_by_team(cx, f->name, f->value, sql, args);
	if (of->stand && !strcmp(f->name, "left"))
		return filter_by_stay(cx, f->value, sql, args);
	if (!read_name(cx, of, f))
		return false;
	return f->field->derived ? add_by_clock(cx, of, f, sql, args)
				 : add_filter(cx, f, sql, args);
}

bool list_where(struct ctx *cx, const struct entity *of, enum right right, const struct params *ps,
	struct buf *sql, struct args *args)
{
	const char *removed = param_get(ps, "removed");

	of = entity_of(cx, of);
	if (ps->n > FILTERS_MAX)
		return refuse(cx, PROBLEM_MALFORMED, "query.too_many");
	buf_addf(sql, " where t.ws = $%zu", args_add(args, v_int(cx->ws)));
	buf_add(sql, removed && !strcmp(removed, "true") ? " and t.removed_at is not null"
							 : " and t.removed_at is null");
	for (size_t i = 0; i < ps->n; i++) {
		struct filter f = { .name = ps->p[i].name,
			.value = ps->p[i].value,
			.sort = param_get(ps, "sort"),
			.ranges = ps->ranges };

		if (is_named_twice(ps, i))
			return refuse_field(cx, ps->p[i].name, "query.twice");
		if (!(strcmp(f.name, "q") ? add_param(cx, of, &f, sql, args)
					  : add_search(cx, of, ps, sql, args)))
			return false;
	}
	rights_where(cx, of, right, sql, args);
	return true;
}
