/* Rows as the sheet wants them: one array a row, its keys said once. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/codes.h"
#include "base/words.h"
#include "crm/lead.h"
#include "crm/prospect_parts.h"
#include "record/import.h"

static const char *const heads[] = { "id", "version", "position", "state", "lead_id",
	"lead_status_id", "lead_type", "call_at", "calls", "last_outcome", "owner_id",
	"removed_reason", "qualification" };

/* What the rows of a list lead to, by id. */
struct found {
	int64_t id, status_id;
	const char *text, *list;
};

struct lookup {
	struct found *f;
	size_t n;
};

static int by_id(const void *a, const void *b)
{
	int64_t x = ((const struct found *)a)->id, y = ((const struct found *)b)->id;

	return (x > y) - (x < y);
}

static const struct found *find(const struct lookup *l, int64_t id)
{
	const struct found key = { .id = id };

	return id && l->n ? bsearch(&key, l->f, l->n, sizeof(key), by_id) : NULL;
}

/* sql: "select t.id, number, text, text from ... where ... in (select ...)". */
static bool look(
	struct ctx *cx, const char *sql, const struct entity *of, int64_t list_id, struct lookup *l)
{
	size_t room = 64;
	struct args args;
	struct rows *r;
	struct buf b;

	buf_init(&b, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(list_id));
	buf_add(&b, sql);
	rights_where(cx, of, RIGHT_READ, &b, &args);
	buf_add(&b, " order by t.id");
	*l = (struct lookup){ .f = arena_alloc(cx->mem, room * sizeof(*l->f)) };
	r = db_query(cx, b.s, args.v, args.n);
	while (rows_next(r)) {
		if (l->n == room) {
			struct found *more = arena_alloc(cx->mem, 2 * room * sizeof(*more));

			memcpy(more, l->f, room * sizeof(*more));
			l->f = more;
			room *= 2;
		}
		l->f[l->n++] = (struct found){ rows_int(r, 0), rows_int(r, 1), rows_text(r, 2),
			rows_text(r, 3) };
	}
	return rows_end(r);
}

static bool look_for_leads(struct ctx *cx, int64_t list_id, struct lookup *leads)
{
	return look(cx,
		"select t.id, t.status_id, t.status_type, '' from lead t where t.ws = $1"
		" and t.removed_at is null and t.id in (select p.lead_id from prospect p"
		" where p.ws = $1 and p.list_id = $2 and p.lead_id is not null)",
		&lead_entity, list_id, leads);
}

static bool look_for_discarded(struct ctx *cx, int64_t list_id, struct lookup *discarded)
{
	return look(cx,
		"select t.id, 0, t.removed_reason, (select l.name from prospect_list l"
		" where l.ws = t.ws and l.id = t.list_id) from prospect t where t.ws = $1"
		" and t.removed_reason is not null and t.id in (select p.flagged_by from prospect p"
		" where p.ws = $1 and p.list_id = $2 and p.flagged_by is not null)",
		&prospect_entity, list_id, discarded);
}

static void write_keys(struct json_out *j, const struct prospect_columns *columns)
{
	json_key(j, "keys");
	json_open(j, '[');
	for (size_t i = 0; i < COUNT(heads); i++)
		json_text(j, heads[i]);
	for (size_t i = 0; i < columns->n; i++)
		json_text(j, columns->c[i].key);
	json_text(j, "wrong");
	json_close(j, ']');
}

static void number(struct json_out *j, int64_t n)
{
	if (n)
		json_int(j, n);
	else
		json_none(j);
}

static void text(struct json_out *j, const char *s)
{
	json_text(j, *s ? s : NULL);
}

static void write_head(struct json_out *j, const struct record *row, const struct found *lead)
{
	json_int(j, row->id);
	json_int(j, row->version);
	json_int(j, record_int(row, "position"));
	text(j, record_text(row, "state"));
	number(j, record_int(row, "lead_id"));
	number(j, lead ? lead->status_id : 0);
	text(j, lead ? lead->text : "");
	if (record_has(row, "call_at"))
		json_time(j, record_int(row, "call_at"));
	else
		json_none(j);
	json_int(j, record_int(row, "calls"));
	text(j, record_text(row, "last_outcome"));
	number(j, record_int(row, "owner_id"));
	text(j, record_text(row, "removed_reason"));
}

const char *prospect_say_discarded(struct ctx *cx, const char *reason, const char *list)
{
	const struct saying s = { .key = *reason ? "prospect.discarded" : "prospect.discarded_only",
		.args = { list, reason } };

	return words_say(cx->words, cx->mem, cx->lang, &s);
}

/* What the lead's field would say of the cell; NULL when nothing. */
static const char *wrong_with(struct ctx *cx, const struct prospect_column *c, const char *s)
{
	struct import_taken taken;
	struct saying why = { 0 };
	char proposal[CODE_TEXT] = "";

	if (!import_cell_take(cx, &lead_entity, c->lead, s, &taken))
		return NULL;
	why.key = taken.why;
	why.args[0] = c->lead->max ? textf(cx, "%u", c->lead->max) : "200";
	if (!why.key && taken.v.type == VAL_TEXT) {
		why.key = field_doubt(c->lead, taken.v.s, proposal);
		why.args[0] = proposal;
	}
	return why.key ? words_say(cx->words, cx->mem, cx->lang, &why) : NULL;
}

static void tell(struct json_out *j, bool *any, const char *key, const char *why)
{
	if (!*any)
		json_open(j, '{');
	*any = true;
	json_put_text(j, key, why);
}

/* The cell by which somebody who was discarded is called. */
static const char *flagged_cell(const struct record *row)
{
	static const char *const cells[] = { "company_name", "last_name", "first_name", "email",
		"phone", "mobile", "pec", "vat_number" };

	for (size_t i = 0; i < COUNT(cells); i++)
		if (record_has(row, cells[i]))
			return cells[i];
	return "company_name";
}

/* A row's columns, and what it holds in the list's own. */
struct cells {
	const struct prospect_columns *of;
	const json_t *own;
};

/* {"email":"..."}, or null. */
static void write_wrong(struct ctx *cx, struct json_out *j, const struct record *row,
	const struct cells *cells, const struct found *discarded)
{
	const char *flagged = discarded ? flagged_cell(row) : "";
	bool any = false;

	for (size_t i = 0; i < cells->of->n; i++) {
		const struct prospect_column *c = &cells->of->c[i];
		const char *s = prospect_cell(row, c, cells->own);
		const char *why = *s && c->lead ? wrong_with(cx, c, s) : NULL;

		if (!strcmp(c->key, flagged))
			why = prospect_say_discarded(cx, discarded->text, discarded->list);
		if (why)
			tell(j, &any, c->key, why);
	}
	if (any)
		json_close(j, '}');
	else
		json_none(j);
}

/* As the lead it would make would be judged (S5.5, S5.6). */
static bool write_qualification(struct ctx *cx, struct json_out *j, struct qualification *q,
	const struct record *row, const struct cells *cells)
{
	enum verdict verdict;
	struct typed *typed;
	size_t n = prospect_typed(cx, row, cells->of, cells->own, &typed);

	if (!qualification_judge_typed(cx, q, typed, n, &verdict))
		return false;
	json_text(j, verdict_word(verdict));
	return true;
}

bool prospect_write_rows(
	struct ctx *cx, struct json_out *j, int64_t list_id, struct record *const *rows, size_t n)
{
	const struct prospect_columns *columns;
	struct lookup leads, discarded;
	struct qualification *q;

	if (!qualification_load(cx, &q) || !prospect_columns_of(cx, list_id, &columns) ||
		!look_for_leads(cx, list_id, &leads) ||
		!look_for_discarded(cx, list_id, &discarded))
		return false;
	write_keys(j, columns);
	json_key(j, "rows");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		const struct record *row = rows[i];
		const struct cells cells = { columns,
			record_has(row, "cells") ? prospect_own_cells(cx, row) : NULL };

		json_open(j, '[');
		write_head(j, row, find(&leads, record_int(row, "lead_id")));
		if (!write_qualification(cx, j, q, row, &cells))
			return false;
		for (size_t k = 0; k < columns->n; k++)
			text(j, prospect_cell(row, &columns->c[k], cells.own));
		write_wrong(cx, j, row, &cells, find(&discarded, record_int(row, "flagged_by")));
		json_close(j, ']');
	}
	json_close(j, ']');
	return true;
}
