/* Keys of an import that has the store for itself: of many slices they are put
 * together, sorted.  Else each row of a large store would change as many pages
 * of their index as it has keys. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "record/import_parts.h"
#include "record/op.h"

/* Words wait for the commit too, in memory. */
enum { AT_ONCE = 400000, ROWS_AT_ONCE = 100000, FIRST_SIZE = 4096 };

bool import_keys_wait(const struct import_job *job)
{
	return job->host.alone && !store_is_postgres(job->host.store) && !job->is_check &&
	       job->im.plan.mode == IMPORT_CREATE && !import_is_careful(job);
}

/* From the operation in hand, whose memory ends with its slice. */
void import_keys_keep(struct ctx *cx, struct import_keys *k, size_t rows)
{
	const struct op *op = cx->op;

	if (k->n + op->gathered_n > k->size) {
		while (k->n + op->gathered_n > k->size)
			k->size = k->size ? k->size * 2 : FIRST_SIZE;
		k->all = realloc(k->all, k->size * sizeof(*k->all));
		if (!k->all)
			abort();
	}
	if (op->gathered_n)
		memcpy(k->all + k->n, op->gathered, op->gathered_n * sizeof(*k->all));
	k->n += op->gathered_n;
	k->rows += rows;
	cx->op->gathered_n = 0;
}

bool import_keys_full(const struct import_keys *k)
{
	return k->n >= AT_ONCE || k->rows >= ROWS_AT_ONCE;
}

bool import_keys_put(struct ctx *cx, struct import_keys *k, const struct entity *of, int64_t *alike)
{
	struct op *outer = cx->op;
	struct op op = { .looks = true, .gathered = k->all, .gathered_n = k->n, .gathered_of = of };
	bool ok;

	cx->op = &op;
	ok = gathered_put(cx);
	cx->op = outer;
	*alike += op.alike;
	k->n = k->rows = 0;
	return ok;
}
