/* A record in hand: its values, and how it comes out of the store. */
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "record/custom.h"

size_t record_at(const struct record *rec, const char *field)
{
	int at = entity_find(rec->of, field);

	if (at < 0) {
		fprintf(stderr, "%s has no field %s\n", rec->of->name, field);
		abort();
	}
	return (size_t)at;
}

bool record_has(const struct record *rec, const char *field)
{
	const struct val *v = &rec->v[record_at(rec, field)];

	return v->type == VAL_INT || (v->type == VAL_TEXT && *v->s);
}

const char *record_text(const struct record *rec, const char *field)
{
	const struct val *v = &rec->v[record_at(rec, field)];

	return v->type == VAL_TEXT ? v->s : "";
}

int64_t record_int(const struct record *rec, const char *field)
{
	return rec->v[record_at(rec, field)].i;
}

bool record_is(const struct record *rec, const char *field, const char *value)
{
	return !strcmp(record_text(rec, field), value);
}

void record_set(struct record *rec, const char *field, struct val v)
{
	rec->v[record_at(rec, field)] = v;
}

void record_set_text(struct record *rec, const char *field, const char *s)
{
	record_set(rec, field, s && *s ? v_text(s) : v_null());
}

void record_copy(struct record *to, const struct record *from, const char *field)
{
	to->v[record_at(to, field)] = from->v[record_at(from, field)];
}

bool val_same(const struct val *a, const struct val *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == VAL_TEXT)
		return !strcmp(a->s, b->s);
	return a->type == VAL_NULL || a->i == b->i;
}

bool record_changed(const struct record *rec, const char *field)
{
	size_t at = record_at(rec, field);

	return !rec->was || !val_same(&rec->v[at], &rec->was[at]);
}

static struct val initial_of(const struct field *f)
{
	if (!f->initial)
		return v_null();
	if (field_is_number(f))
		return v_int(strtoll(f->initial, NULL, 10));
	return v_text(f->initial);
}

static struct record *blank(struct ctx *cx, const struct entity *of)
{
	struct record *rec = arena_alloc(cx->mem, sizeof(*rec));

	rec->of = of;
	rec->v = arena_alloc(cx->mem, entity_width(of) * sizeof(*rec->v));
	return rec;
}

struct record *record_new(struct ctx *cx, const struct entity *of)
{
	struct record *rec;

	of = entity_of(cx, of);
	rec = blank(cx, of);
	for (size_t i = 0; i < entity_width(of); i++)
		rec->v[i] = initial_of(entity_field(of, i));
	return rec;
}

static bool is_read(const struct field *f)
{
	return field_has_column(f) || f->select;
}

void record_columns(struct buf *sql, const struct entity *of)
{
	buf_add(sql, "t.id, t.version, t.created_at, t.updated_at");
	for (size_t i = 0; i < entity_width(of); i++) {
		const struct field *f = entity_field(of, i);

		if (!is_read(f))
			continue;
		buf_addn(sql, ", ", 2);
		if (!f->derived)
			buf_addn(sql, "t.", 2);
		buf_add(sql, f->derived ? f->select : f->name);
	}
	if (of->custom_count)
		buf_add(sql, ", t.custom_values");
}

struct record *record_from_row(struct ctx *cx, const struct entity *of, const struct rows *r)
{
	struct record *rec = blank(cx, of);
	size_t width = entity_width(of), column = 4;

	rec->id = rows_int(r, 0);
	rec->version = rows_int(r, 1);
	rec->created_at = rows_int(r, 2);
	rec->updated_at = rows_int(r, 3);
	for (size_t i = 0; i < width; i++)
		if (is_read(entity_field(of, i)))
			rec->v[i] = rows_val(r, column++);
	if (of->custom_count)
		custom_unpack(cx, rec, rows_text(r, column));
	if (of->derive)
		of->derive(cx, rec);
	rec->was = arena_raw(cx->mem, width * sizeof(*rec->was));
	memcpy(rec->was, rec->v, width * sizeof(*rec->was));
	return rec;
}

static void select_from(struct buf *sql, const struct entity *of)
{
	buf_add(sql, "select ");
	record_columns(sql, of);
	buf_addf(sql, " from %s t where t.ws = $1", entity_table(of));
}

static bool take_one(struct ctx *cx, const struct entity *of, struct rows *r, struct record **found)
{
	*found = rows_next(r) ? record_from_row(cx, of, r) : NULL;
	return rows_end(r);
}

bool record_find(struct ctx *cx, const struct entity *of, const char *field, struct val value,
	struct record **found)
{
	struct buf sql;

	of = entity_of(cx, of);
	buf_init(&sql, cx->mem);
	select_from(&sql, of);
	buf_addf(&sql, " and t.%s = $2 and t.removed_at is null order by t.id limit 1", field);
	return take_one(cx, of, db_query(cx, sql.s, ARGS(v_int(cx->ws), value)), found);
}

bool record_all(struct ctx *cx, const struct entity *of, struct record ***all, size_t *n)
{
	bool has_position = entity_find(of, "position") >= 0;
	struct record **list = arena_raw(cx->mem, 1000 * sizeof(*list));
	struct rows *r;
	struct buf sql;

	of = entity_of(cx, of);
	buf_init(&sql, cx->mem);
	select_from(&sql, of);
	buf_addf(&sql, " and t.removed_at is null order by %st.id limit 1000",
		has_position ? "t.position, " : "");
	*n = 0;
	r = db_query(cx, sql.s, ARGS(v_int(cx->ws)));
	while (rows_next(r))
		list[(*n)++] = record_from_row(cx, of, r);
	*all = list;
	return rows_end(r);
}

static bool none_such(struct ctx *cx, const struct entity *of)
{
	return refuse(
		cx, PROBLEM_NOT_FOUND, "problem.not_found", entity_label(of, cx->lang, false));
}

/* What may not be read is not there; what may be read but not written is
 * there, and forbidden. */
bool record_load(struct ctx *cx, const struct entity *of, int64_t id, enum right right,
	struct record **found)
{
	struct args args;
	struct buf sql;
	int64_t owner;

	of = entity_of(cx, of);
	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	select_from(&sql, of);
	args_add(&args, v_int(cx->ws));
	buf_addf(&sql, " and t.id = $%zu", args_add(&args, v_int(id)));
	rights_where(cx, of, RIGHT_READ, &sql, &args);
	if (!take_one(cx, of, db_query(cx, sql.s, args.v, args.n), found))
		return false;
	if (!*found || (right != RIGHT_READ && record_has(*found, "removed_at")))
		return none_such(cx, of);
	owner = of->owned ? record_int(*found, "owner_id") : 0;
	if (right != RIGHT_READ && !rights_covers(cx->who, of, right, owner))
		return refuse(cx, PROBLEM_FORBIDDEN, "problem.forbidden");
	return true;
}

const char *record_title(struct ctx *cx, const struct record *rec)
{
	const char *title = rec->of->title ? rec->of->title(cx, rec) : "";

	if (*title)
		return title;
	return textf(cx, "%s %lld", entity_label(rec->of, cx->lang, false), (long long)rec->id);
}

const char *record_subtitle(struct ctx *cx, const struct record *rec)
{
	return rec->of->subtitle ? rec->of->subtitle(cx, rec) : "";
}

bool record_title_of(struct ctx *cx, const struct entity *of, int64_t id, const char **title)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(id));
	buf_addf(&sql, "select t.title from %s t where t.ws = $1 and t.id = $2", entity_table(of));
	rights_where(cx, of, RIGHT_READ, &sql, &args);
	r = db_query(cx, sql.s, args.v, args.n);
	*title = rows_next(r) ? rows_text(r, 0) : "";
	return rows_end(r);
}
