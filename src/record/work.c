/* What an operation worked on: of those kinds that an entity calls work, the
 * record itself or one that it leads to. */
#include <string.h>

#include "base/arena.h"
#include "record/op.h"
#include "record/parts.h"

static bool is_named(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

void work_note(struct op *op, const struct record *rec)
{
	const char *const *link = rec->of->work_for;

	op->work_on = 0;
	if (!is_named(rec->of->work, op->kind))
		return;
	while (link && *link && !record_has(rec, *link))
		link++;
	op->worked = link && *link ? entity_field(rec->of, record_at(rec, *link))->to : rec->of;
	if (!link)
		op->work_on = rec->id;
	else if (*link)
		op->work_on = record_int(rec, *link);
}

bool work_of(struct ctx *cx, const struct op *op, struct op_work *w)
{
	struct rows *r;

	if (!op->work_on)
		return true;
	w->on = op->work_on;
	r = db_query(cx,
		textf(cx, "select source_id, campaign_id from %s where ws = $1 and id = $2",
			entity_table(op->worked)),
		ARGS(v_int(cx->ws), v_int(op->work_on)));
	if (rows_next(r)) {
		w->source_id = rows_int(r, 0);
		w->campaign_id = rows_int(r, 1);
	}
	return rows_end(r);
}

/* " where entity = 'lead' and kind in ('lead.move')" */
static void where_work(struct buf *sql, const struct entity *e)
{
	buf_addf(sql, " where entity = '%s' and user_id is not null and kind in (", e->name);
	for (const char *const *kind = e->work; *kind; kind++)
		buf_addf(sql, "%s'%s'", kind == e->work ? "" : ", ", *kind);
	buf_add(sql, ")");
}

static bool carry_work(struct ctx *cx, const struct entity *e)
{
	struct buf sql;

	buf_init(&sql, cx->mem);
	buf_add(&sql, "update op set work_on = ");
	if (!e->work_for)
		buf_add(&sql, "record_id");
	for (const char *const *link = e->work_for; link && *link; link++)
		buf_addf(&sql, "%st.%s", link == e->work_for ? "(select coalesce(" : ", ", *link);
	if (e->work_for)
		buf_addf(&sql, ") from %s t where t.ws = op.ws and t.id = op.record_id)",
			entity_table(e));
	where_work(&sql, e);
	return db_run(cx, sql.s, NO_ARGS);
}

static bool carry_origin(struct ctx *cx, const struct entity *e)
{
	const char *of = textf(cx, "from %s t where t.ws = op.ws and t.id = op.work_on", e->name);

	return db_run(cx,
		textf(cx,
			"update op set source_id = (select t.source_id %s),"
			" campaign_id = (select t.campaign_id %s)"
			" where work_on is not null and exists (select 1 %s)",
			of, of, of),
		NO_ARGS);
}

static bool carry_columns(struct ctx *cx)
{
	static const char *const columns[] = { "work_on", "source_id", "campaign_id" };

	for (size_t i = 0; i < COUNT(columns); i++)
		if (!db_run(cx,
			    textf(cx, "alter table op add column %s %s", columns[i],
				    db_is_postgres(cx->db) ? "bigint" : "integer"),
			    NO_ARGS))
			return false;
	return true;
}

bool work_carry(struct ctx *cx, const struct entity *const *entities)
{
	bool ok = carry_columns(cx);

	for (const struct entity *const *e = entities; ok && *e; e++)
		ok = !(*e)->work || carry_work(cx, *e);
	for (const struct entity *const *e = entities; ok && *e; e++)
		ok = !(*e)->work || (*e)->work_for || carry_origin(cx, *e);
	return ok;
}
