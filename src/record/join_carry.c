/* Links carried from the records that go to the one that stays: of every
 * entity, whatever its table of fields says leads there. */
#include <string.h>

#include "base/arena.h"
#include "record/join_parts.h"
#include "record/list.h"

enum { STEPS = 50 };

static bool is_carried(const struct field *f, const struct entity *to)
{
	return f->type == FIELD_LINK && f->to && entity_is(f->to, to) && field_has_column(f) &&
	       strcmp(f->name, "merged_into_id") != 0;
}

bool join_has(const struct joining *j, int64_t id)
{
	if (j->survivor->id == id)
		return true;
	for (size_t i = 0; i < j->n; i++)
		if (j->others[i]->id == id)
			return true;
	return false;
}

/* "t.company_id in ($2, $3)": those of the others, but not links among the
 * records that become one. */
static void leads_there(
	const struct joining *j, const char *field, struct buf *sql, struct args *args)
{
	size_t first = args->n + 1;

	buf_addf(sql, " where t.ws = $1 and t.%s in (", field);
	for (size_t i = 0; i < j->n; i++)
		buf_addf(sql, "%s$%zu", i ? ", " : "", args_add(args, v_int(j->others[i]->id)));
	buf_addf(sql, ") and t.id <> $%zu", args_add(args, v_int(j->survivor->id)));
	for (size_t i = 0; i < j->n; i++)
		buf_addf(sql, " and t.id <> $%zu", first + i);
}

static bool carry_page(struct ctx *cx, const struct joining *j, const struct entity *of,
	const struct field *f, bool *more)
{
	struct args args;
	struct page page;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	leads_there(j, f->name, &sql, &args);
	buf_add(&sql, " order by t.id");
	if (!list_select(cx, of, sql.s, &args, LIST_MAX, &page))
		return false;
	for (size_t i = 0; i < page.n; i++) {
		record_set(page.items[i], f->name, v_int(j->survivor->id));
		if (!record_store(cx, page.items[i]))
			return false;
	}
	*more = page.more;
	return true;
}

bool join_carry(struct ctx *cx, const struct joining *j)
{
	for (const struct entity *const *e = cx->entities; *e; e++)
		for (size_t i = 0; i < entity_width(*e); i++) {
			const struct field *f = entity_field(*e, i);
			bool more = is_carried(f, j->survivor->of);

			while (more)
				if (!carry_page(cx, j, *e, f, &more))
					return false;
		}
	return true;
}

bool join_links(
	struct ctx *cx, const struct joining *j, struct join_link links[JOIN_LINKS], size_t *n)
{
	*n = 0;
	for (const struct entity *const *e = cx->entities; *e; e++)
		for (size_t i = 0; i < entity_width(*e) && *n < JOIN_LINKS; i++) {
			const struct field *f = entity_field(*e, i);
			struct args args;
			struct buf sql;

			if (!is_carried(f, j->survivor->of))
				continue;
			buf_init(&sql, cx->mem);
			args_init(&args, cx->mem);
			args_add(&args, v_int(cx->ws));
			buf_addf(&sql, "select count(*) from %s t", entity_table(*e));
			leads_there(j, f->name, &sql, &args);
			links[*n] = (struct join_link){ *e, f, 0 };
			if (!db_int(cx, &links[*n].n, 0, sql.s, args.v, args.n))
				return false;
			*n += links[*n].n > 0;
		}
	return true;
}

/* Whether one comes back to the survivor by going up from there: someone who
 * reports to one of the others will report to it. */
static bool comes_back(
	struct ctx *cx, const struct joining *j, const struct field *f, int64_t up, bool *back)
{
	*back = false;
	for (int i = 0; up && i < STEPS && !*back; i++) {
		*back = join_has(j, up);
		if (!*back && !db_int(cx, &up, 0,
				      textf(cx, "select %s from %s where ws = $1 and id = $2",
					      f->name, entity_table(j->survivor->of)),
				      ARGS(v_int(cx->ws), v_int(up))))
			return false;
	}
	return true;
}

bool join_own_links(struct ctx *cx, const struct joining *j)
{
	struct record *rec = j->survivor;

	for (size_t i = 0; i < entity_width(rec->of); i++) {
		const struct field *f = entity_field(rec->of, i);
		bool back;

		if (!is_carried(f, rec->of) || rec->v[i].type != VAL_INT)
			continue;
		if (!comes_back(cx, j, f, rec->v[i].i, &back))
			return false;
		if (back)
			rec->v[i] = v_null();
	}
	return true;
}
