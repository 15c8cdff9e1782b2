/* Checks of tables that were there: made anew where they are no longer what the
 * fields say. */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "record/parts.h"

/* Each rule of the entity's constraints in turn: they stand on lines. */
static bool next_rule(struct arena *mem, const char **at, const char **rule)
{
	const char *end;
	struct buf b;

	if (!*at || !**at)
		return false;
	end = strstr(*at, ",\n");
	buf_init(&b, mem);
	buf_addn(&b, *at, end ? (size_t)(end - *at) : strlen(*at));
	*rule = b.s;
	*at = end ? end + 2 : "";
	while (**at == '\t')
		(*at)++;
	return true;
}

typedef bool each_fn(void *arg, const char *check);

static bool each_check(struct arena *mem, const struct entity *e, each_fn *fn, void *arg)
{
	const char *rules = e->constraints, *rule;
	bool ok = true;

	for (size_t i = 0; ok && i < entity_width(e); i++) {
		const struct field *f = entity_field(e, i);
		struct buf check;

		buf_init(&check, mem);
		if (field_has_column(f) && schema_check_of(&check, f))
			ok = fn(arg, check.s);
	}
	while (ok && next_rule(mem, &rules, &rule))
		ok = strncmp(rule, "check", 5) != 0 || fn(arg, rule);
	return ok;
}

/* --- SQLite keeps the text of a table as it was made: one whose text lacks a
 * check is made anew */

static bool stands_in(void *arg, const char *check)
{
	return strstr(arg, check) != NULL;
}

static bool text_of(struct ctx *cx, const struct entity *e, char **text)
{
	struct rows *r =
		db_query(cx, "select sql from sqlite_master where type = 'table' and name = $1",
			ARGS(v_text(entity_table(e))));

	*text = rows_next(r) ? arena_dup(cx->mem, rows_text(r, 0)) : arena_dup(cx->mem, "");
	return rows_end(r);
}

struct columns {
	struct buf all;	  /* "ws, id, ..." */
	struct buf loose; /* "|name|name|": those that may be empty */
	struct buf more;  /* "alter table ...": those no field has, by now; each ends in ';' */
};

static bool columns_of(struct ctx *cx, const struct entity *e, struct columns *c)
{
	struct buf now;
	struct rows *r;

	buf_init(&now, cx->mem);
	buf_init(&c->all, cx->mem);
	buf_init(&c->loose, cx->mem);
	buf_init(&c->more, cx->mem);
	schema_table(&now, e, false, NULL);
	r = db_query(cx, "select name, type, \"notnull\" from pragma_table_info($1)",
		ARGS(v_text(entity_table(e))));
	while (rows_next(r)) {
		const char *name = rows_text(r, 0);

		buf_addf(&c->all, "%s%s", c->all.len ? ", " : "", name);
		if (!rows_int(r, 2))
			buf_addf(&c->loose, "|%s|", name);
		if (!strstr(now.s, textf(cx, "\n\t%s ", name)))
			buf_addf(&c->more, "alter table %s add column %s %s;", entity_table(e),
				name, rows_text(r, 1));
	}
	return rows_end(r);
}

static bool add_more(struct ctx *cx, const char *more)
{
	for (const char *end; (end = strchr(more, ';')) != NULL; more = end + 1)
		if (!db_run(cx, textf(cx, "%.*s", (int)(end - more), more), NO_ARGS))
			return false;
	return true;
}

/* Rows go aside and come back, in the transaction of the schema; links to them
 * are looked at when it ends. */
static bool rebuild(struct ctx *cx, const struct entity *e)
{
	const char *table = entity_table(e);
	struct columns c;
	struct buf make, back;

	log_line("schema", "rebuilt", table, NULL);
	buf_init(&make, cx->mem);
	buf_init(&back, cx->mem);
	if (!columns_of(cx, e, &c))
		return false;
	schema_table(&make, e, false, c.loose.s);
	buf_addf(&back, "insert into %s (%s) select %s from aside", table, c.all.s, c.all.s);
	return db_run(cx, "pragma defer_foreign_keys = on", NO_ARGS) &&
	       db_run(cx, textf(cx, "create table aside as select * from %s", table), NO_ARGS) &&
	       db_run(cx, textf(cx, "drop table %s", table), NO_ARGS) &&
	       db_run(cx, make.s, NO_ARGS) && add_more(cx, c.more.s) &&
	       db_run(cx, back.s, NO_ARGS) && db_run(cx, "drop table aside", NO_ARGS);
}

/* --- PostgreSQL writes checks in words of its own: a comment on the table says
 * which ones it has */

static bool stir(void *arg, const char *check)
{
	uint64_t *h = arg;

	for (const char *p = check; *p; p++)
		*h = (*h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	return true;
}

static const char *mark_of(struct ctx *cx, const struct entity *e)
{
	uint64_t h = UINT64_C(14695981039346656037);

	each_check(cx->mem, e, stir, &h);
	return textf(cx, "checks %016llx", (unsigned long long)h);
}

static bool marked(struct ctx *cx, const struct entity *e, bool *same)
{
	struct rows *r = db_query(cx,
		"select obj_description(c.oid, 'pg_class') from pg_class c join pg_namespace n"
		" on n.oid = c.relnamespace where n.nspname = current_schema() and c.relname = $1",
		ARGS(v_text(entity_table(e))));

	*same = rows_next(r) && !strcmp(rows_text(r, 0), mark_of(cx, e));
	return rows_end(r);
}

static bool drop_checks(struct ctx *cx, const char *table)
{
	struct buf sql;
	bool any = false;
	struct rows *r = db_query(cx,
		"select k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid"
		" join pg_namespace n on n.oid = c.relnamespace where k.contype = 'c'"
		" and n.nspname = current_schema() and c.relname = $1",
		ARGS(v_text(table)));

	buf_init(&sql, cx->mem);
	buf_addf(&sql, "alter table %s", table);
	for (; rows_next(r); any = true)
		buf_addf(&sql, "%s drop constraint \"%s\"", any ? "," : "", rows_text(r, 0));
	return rows_end(r) && (!any || db_run(cx, sql.s, NO_ARGS));
}

struct adding {
	struct ctx *cx;
	const char *table;
};

static bool add_check(void *arg, const char *check)
{
	const struct adding *a = arg;
	struct buf sql;

	buf_init(&sql, a->cx->mem);
	buf_addf(&sql, "alter table %s add %s", a->table, check);
	return db_run(a->cx, sql.s, NO_ARGS);
}

bool schema_checks_note(struct ctx *cx, const struct entity *e)
{
	return !db_is_postgres(cx->db) ||
	       db_run(cx, textf(cx, "comment on table %s is '%s'", entity_table(e), mark_of(cx, e)),
		       NO_ARGS);
}

static bool replace(struct ctx *cx, const struct entity *e)
{
	struct adding adding = { cx, entity_table(e) };

	return drop_checks(cx, adding.table) && each_check(cx->mem, e, add_check, &adding) &&
	       schema_checks_note(cx, e);
}

bool schema_checks_hold(struct ctx *cx, const struct entity *e)
{
	bool same;
	char *text;

	if (db_is_postgres(cx->db))
		return marked(cx, e, &same) && (same || replace(cx, e));
	return text_of(cx, e, &text) && (each_check(cx->mem, e, stands_in, text) || rebuild(cx, e));
}
