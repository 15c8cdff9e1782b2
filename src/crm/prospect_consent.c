/* What the people of a list allowed, or withdrew: said of many rows at once, as
 * a bought list says it of all. */
#include <stdlib.h>

#include "base/arena.h"
#include "crm/prospect_parts.h"
#include "record/op.h"

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Each once, as they stand by id. */
static int64_t *in_order(struct ctx *cx, const struct prospect_word *word, size_t *n)
{
	int64_t *ids = arena_alloc(cx->mem, word->n * sizeof(*ids));

	for (size_t i = 0; i < word->n; i++)
		ids[i] = word->ids[i];
	qsort(ids, word->n, sizeof(*ids), by_number);
	*n = 0;
	for (size_t i = 0; i < word->n; i++)
		if (!*n || ids[*n - 1] != ids[i])
			ids[(*n)++] = ids[i];
	return ids;
}

static bool say(struct ctx *cx, const struct prospect_word *word, struct record *const *rows,
	size_t n, struct record **said)
{
	for (size_t i = 0; i < n; i++) {
		struct record *consent = said[i] = record_new(cx, &consent_entity);

		if (!record_fill(cx, consent, word->fields))
			return false;
		record_set(consent, "prospect_id", v_int(rows[i]->id));
		record_copy(consent, rows[i], "lead_id");
	}
	return record_store_all(cx, said, n);
}

bool prospect_consent(struct ctx *cx, const struct prospect_word *word, size_t *n)
{
	int64_t *ids = in_order(cx, word, n);
	struct record **rows = arena_alloc(cx->mem, *n * sizeof(*rows));
	struct record **said = arena_alloc(cx->mem, *n * sizeof(*said));
	struct record *list;

	bool ok = op_begin(cx, "prospect.consent") &&
		  rights_demand(cx, &consent_entity, RIGHT_WRITE) &&
		  prospect_list_load(cx, word->list_id, RIGHT_READ, &list) &&
		  prospect_load_rows(cx, word->list_id, "ids", ids, *n, rows) &&
		  say(cx, word, rows, *n, said) && op_about(cx, list);

	return op_end(cx, ok);
}
