/* Who is alike that was removed for a reason: it is still known. */
#include "base/arena.h"
#include "record/list.h"
#include "record/parts.h"
#include "record/search.h"

enum { SLOTS = 256 };

/* What was asked already, kept for all of a memo's work, in which nothing is
 * removed: thousands of rows may share a firm's name or its switchboard. */
struct gone {
	const struct entity *of;
	bool any;
	struct known {
		int64_t key, id; /* the newest that has the key, or 0 */
	} slot[SLOTS];		 /* the last key of each */
	struct record *newest;	 /* the last that was told */
};

static struct known *slot_of(struct gone *gone, int64_t key)
{
	return &gone->slot[(uint64_t)key % SLOTS];
}

/* A partial index answers: where nothing was removed for a reason nothing of
 * it can be known. */
static bool has_any_gone(struct ctx *cx, const struct entity *of, bool *any)
{
	int64_t found;

	if (!db_int(cx, &found, 0,
		    textf(cx,
			    "select 1 from %s where ws = $1 and removed_reason is not null limit 1",
			    entity_table(of)),
		    ARGS(v_int(cx->ws))))
		return false;
	*any = found != 0;
	return true;
}

static bool recall(struct ctx *cx, const struct entity *of, struct gone **gone)
{
	*gone = ctx_recall(cx, "gone");
	if (*gone && (*gone)->of == of)
		return true;
	*gone = arena_alloc(cx->mem, sizeof(**gone));
	(*gone)->of = of;
	if (!has_any_gone(cx, of, &(*gone)->any))
		return false;
	ctx_keep(cx, "gone", *gone);
	return true;
}

/* One key's part of the question: the newest that the caller may read. */
static void ask_for(struct ctx *cx, const struct gone *gone, int64_t key, int64_t except,
	struct buf *sql, struct args *args)
{
	size_t at = args_add(args, v_int(key));

	buf_addf(sql,
		"select g%zu.key, g%zu.record_id from (select g.key, g.record_id from gone_key g"
		" where g.ws = $1 and g.key = $%zu and g.entity = $2 and g.record_id <> $%zu"
		" and exists (select 1 from %s t where t.ws = $1 and t.id = g.record_id",
		at, at, at, args_add(args, v_int(except)), entity_table(gone->of));
	rights_where(cx, gone->of, RIGHT_READ, sql, args);
	buf_addf(sql, ") order by g.record_id desc limit 1) g%zu", at);
}

static bool take_answers(struct rows *r, const struct keys *keys, int64_t ids[KEYS_MAX])
{
	while (rows_next(r))
		for (size_t i = 0; i < keys->n; i++)
			if (keys->number[i] == rows_int(r, 0))
				ids[i] = rows_int(r, 1);
	return rows_end(r);
}

/* The newest that was removed for each of the keys, or 0; asked for where it
 * was not yet. */
static bool find(struct ctx *cx, struct gone *gone, const struct keys *keys, int64_t except,
	int64_t ids[KEYS_MAX])
{
	struct args args;
	struct buf sql;
	bool all = true;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_text(gone->of->name));
	for (size_t i = 0; i < keys->n; i++) {
		const struct known *slot = slot_of(gone, keys->number[i]);

		ids[i] = slot->key == keys->number[i] ? slot->id : 0;
		if (slot->key == keys->number[i])
			continue;
		buf_add(&sql, all ? "" : " union all ");
		ask_for(cx, gone, keys->number[i], except, &sql, &args);
		all = false;
	}
	if (!all && !take_answers(db_query(cx, sql.s, args.v, args.n), keys, ids))
		return false;
	for (size_t i = 0; i < keys->n; i++)
		*slot_of(gone, keys->number[i]) = (struct known){ keys->number[i], ids[i] };
	return true;
}

bool keys_gone(struct ctx *cx, const struct record *rec, const struct entity *of, int64_t *id)
{
	int64_t ids[KEYS_MAX];
	struct gone *gone;
	struct keys keys;

	*id = 0;
	if (!recall(cx, of, &gone))
		return false;
	if (!gone->any)
		return true;
	keys_of(cx, rec, rec->v, &keys);
	if (!find(cx, gone, &keys, rec->id, ids))
		return false;
	for (size_t i = 0; i < keys.n; i++)
		if (ids[i] > *id)
			*id = ids[i];
	if (!*id)
		return true;
	if ((!gone->newest || gone->newest->id != *id) &&
		!record_load(cx, of, *id, RIGHT_READ, &gone->newest))
		return false;
	if (!keys_share_one(cx, &keys, gone->newest))
		*id = 0;
	return true;
}

static bool is_gone(const struct record *rec, const struct val *v)
{
	return v && rec->of->keeps_keys && v[record_at(rec, "removed_at")].type != VAL_NULL &&
	       v[record_at(rec, "removed_reason")].type != VAL_NULL;
}

bool keys_gone_put(struct ctx *cx, const struct record *rec)
{
	bool is = is_gone(rec, rec->v), was = is_gone(rec, rec->was), ok = true;
	struct keys now, before;

	if (!is && !was)
		return true;
	keys_of(cx, rec, is ? rec->v : NULL, &now);
	keys_of(cx, rec, was ? rec->was : NULL, &before);
	for (size_t i = 0; ok && i < before.n; i++)
		if (!keys_has(&now, before.number[i]))
			ok = db_run(cx,
				"delete from gone_key where ws = $1 and key = $2 and record_id = $3",
				ARGS(v_int(cx->ws), v_int(before.number[i]), v_int(rec->id)));
	for (size_t i = 0; ok && i < now.n; i++)
		if (!keys_has(&before, now.number[i]))
			ok = db_run(cx,
				"insert into gone_key (ws, key, record_id, entity) values ($1, $2, $3, $4)"
				" on conflict (ws, key, record_id) do nothing",
				ARGS(v_int(cx->ws), v_int(now.number[i]), v_int(rec->id),
					v_text(rec->of->name)));
	return ok;
}

static void end_part(void *mem)
{
	arena_free(mem);
}

/* A page of them, in memory of its own. */
static bool fill_some(struct ctx *cx, const struct entity *of, int64_t *after)
{
	struct ctx part = *cx;
	struct args args;
	struct page page;
	bool ok;

	part.mem = arena_new();
	args_init(&args, part.mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(*after));
	ok = list_select(&part, of,
		" where t.ws = $1 and t.id > $2 and t.removed_reason is not null order by t.id",
		&args, LIST_MAX, &page);
	for (size_t i = 0; ok && i < page.n; i++) {
		page.items[i]->was = NULL;
		ok = keys_gone_put(&part, page.items[i]);
	}
	*after = ok && page.more ? page.items[page.n - 1]->id : 0;
	cx->problem = part.problem;
	if (ok)
		arena_free(part.mem);
	else /* the problem's words lie in it */
		arena_defer(cx->mem, end_part, part.mem);
	return ok;
}

bool keys_gone_fill(struct ctx *cx, const struct entity *const *entities)
{
	for (; *entities; entities++) {
		int64_t after = 0;

		if (!(*entities)->keeps_keys)
			continue;
		do {
			if (!fill_some(cx, *entities, &after))
				return false;
		} while (after);
	}
	return true;
}
