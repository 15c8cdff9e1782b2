/* The last ids of a store, so that new ones come after them. */
#include "base/arena.h"
#include "record/parts.h"
#include "record/schema.h"

/* SQLite would go through an index that begins with ws; the table's own order
 * is that of its ids. */
static bool see_last(struct ctx *cx, const char *table)
{
	const char *ws = db_is_postgres(cx->db) ? "ws" : "+ws";
	int64_t id;

	if (!db_int(cx, &id, 0,
		    textf(cx, "select id from %s where %s = $1 order by id desc limit 1", table,
			    ws),
		    ARGS(v_int(cx->ws))))
		return false;
	store_id_seen(db_store(cx->db), id);
	return true;
}

bool schema_seen_ids(struct ctx *cx, const struct entity *const *entities)
{
	static const char *const own[] = { "op", "change", "token", "import", "mail", "form_post",
		NULL };

	for (const char *const *t = own; *t; t++)
		if (!see_last(cx, *t))
			return false;
	for (const struct entity *const *e = entities; *e; e++)
		if (!see_last(cx, entity_table(*e)))
			return false;
	return true;
}
