/* Who is alike that was removed for a reason: it is still known. */
#include "base/arena.h"
#include "record/list.h"
#include "record/parts.h"
#include "record/search.h"

enum { SHARERS = 200, SLOTS = 256 };

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

/* One key's part of the question: of a switchboard's number the newest, since
 * thousands may share it. */
static void ask_for(struct ctx *cx, const struct gone *gone, int64_t key, int64_t except,
	struct buf *sql, struct args *args)
{
	size_t at = args_add(args, v_int(key));

	buf_addf(sql,
		"select l%zu.key, max(l%zu.record_id) from (select l.key, l.record_id, l.entity"
		" from likeness l where l.ws = $1 and l.key = $%zu"
		" order by l.record_id desc limit %d) l%zu where l%zu.entity = $2"
		" and l%zu.record_id <> $%zu and exists (select 1 from %s t where t.ws = $1"
		" and t.id = l%zu.record_id and t.removed_reason is not null",
		at, at, at, SHARERS, at, at, at, args_add(args, v_int(except)),
		entity_table(gone->of), at);
	rights_where(cx, gone->of, RIGHT_READ, sql, args);
	buf_addf(sql, ") group by l%zu.key", at);
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
