/* The firm's own settings and people, as records need them. */
#include "crm/firm.h"

#include "base/arena.h"
#include "record/schema.h"

bool firm_currency(struct ctx *cx, const char **code)
{
	return setting_get(cx, "currency", "EUR", code);
}

bool currency_beside(struct ctx *cx, struct record *rec, const char *money, const char *currency)
{
	const char *code;

	if (!record_has(rec, money) || record_has(rec, currency))
		return true;
	if (!firm_currency(cx, &code))
		return false;
	record_set_text(rec, currency, code);
	return true;
}

/* Without a user, the first there is. */
static bool first_user(struct ctx *cx, int64_t **id)
{
	*id = ctx_recall(cx, "the first user");
	if (*id)
		return true;
	*id = arena_alloc(cx->mem, sizeof(**id));
	if (!db_int(cx, *id, 0,
		    "select min(id) from member where ws = $1 and active = 1"
		    " and removed_at is null",
		    ARGS(v_int(cx->ws))))
		return false;
	ctx_keep(cx, "the first user", *id);
	return true;
}

bool owner_complete(struct ctx *cx, struct record *rec)
{
	int64_t own = cx->who ? cx->who->id : 0;
	int64_t *id = &own;

	if (record_has(rec, "owner_id"))
		return true;
	if (!own && !first_user(cx, &id))
		return false;
	record_set(rec, "owner_id", v_id(*id));
	return true;
}
