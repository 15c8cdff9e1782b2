/* crisalide check: is everything in the store as it should be? */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "crm/counts.h"
#include "crm/entities.h"

/* n of something that should not be. */
static bool tell(const char *what, int64_t n, int64_t *wrong)
{
	if (n)
		printf("wrong: %s: %" PRId64 "\n", what, n);
	*wrong += n != 0;
	return true;
}

static bool count(struct ctx *cx, const char *sql, const char *what, int64_t *wrong)
{
	int64_t n;

	return db_int(cx, &n, 0, sql, ARGS(v_int(cx->ws))) && tell(what, n, wrong);
}

static bool check_links(struct ctx *cx, const struct entity *e, int64_t *wrong)
{
	bool ok = true;

	for (size_t i = 0; ok && i < e->field_count; i++) {
		const struct field *f = &e->fields[i];

		if (f->type != FIELD_LINK || !f->to || f->derived)
			continue;
		ok = count(cx,
			textf(cx,
				"select count(*) from %s t where t.ws = $1 and t.%s is not null and not exists"
				" (select 1 from %s l where l.ws = t.ws and l.id = t.%s)",
				entity_table(e), f->name, entity_table(f->to), f->name),
			textf(cx, "%s.%s leads to nothing", e->name, f->name), wrong);
	}
	return ok;
}

static bool check_counts(struct ctx *cx, const struct entity *e, int64_t *wrong)
{
	int64_t all, kept = 0;
	bool ok = db_int(cx, &all, 0,
		textf(cx, "select count(*) from %s t where t.ws = $1 and t.removed_at is null",
			entity_table(e)),
		ARGS(v_int(cx->ws)));

	if (ok)
		printf("%-16s %" PRId64 "\n", e->plural, all);
	if (!ok || e->setup)
		return ok;
	ok = db_int(cx, &kept, 0,
		"select cast(coalesce(sum(n), 0) as bigint) from tally where ws = $1 and entity = $2",
		ARGS(v_int(cx->ws), v_text(e->name)));
	return ok && tell(textf(cx, "the kept count of %s is %" PRId64 ", off by", e->plural, kept),
			     all > kept ? all - kept : kept - all, wrong);
}

/* Words of records that are gone, and records without words. */
static bool check_search(struct ctx *cx, const struct entity *e, int64_t *wrong)
{
	const char *table = entity_table(e);
	bool pg = db_is_postgres(cx->db);
	const char *id = pg ? "id" : "rowid", *ws = pg ? "s.ws = $1 and " : "";

	return count(cx,
		       textf(cx,
			       "select count(*) from search s where %ss.entity = '%s' and not exists"
			       " (select 1 from %s t where t.ws = $1 and t.id = s.%s and t.removed_at is null)",
			       ws, e->name, table, id),
		       textf(cx, "%s found by words, but not there", e->plural), wrong) &&
	       count(cx,
		       textf(cx,
			       "select count(*) from %s t where t.ws = $1 and t.removed_at is null and not exists"
			       " (select 1 from search s where %ss.%s = t.id)",
			       table, ws, id),
		       textf(cx, "%s not found by words", e->plural), wrong) &&
	       count(cx,
		       textf(cx,
			       "select count(*) from likeness m where m.ws = $1 and m.entity = '%s' and not exists"
			       " (select 1 from %s t where t.ws = $1 and t.id = m.record_id and t.removed_at is null)",
			       e->name, table),
		       textf(cx, "keys of %s that are not there", e->plural), wrong);
}

/* Each that is wrong, by what it is kept of. */
static void sum_differs(void *arg, const struct counted *kept, const struct counted *found)
{
	int64_t *n = arg;

	if (++*n <= 20)
		printf("wrong: the figures' %s of %" PRId64 ", owner %" PRId64 ": %" PRId64
		       " are kept, %" PRId64 " found\n",
			count_kind_name(kept->kind), kept->period % COUNT_DAYS, kept->owner_id,
			kept->n, found->n);
}

/* What the figures are read from, beside the records. */
static bool check_sums(struct ctx *cx, int64_t *wrong)
{
	int64_t n = 0;
	bool due;

	if (!count_anew_is_due(cx, &due) || !count_compare(cx, sum_differs, &n))
		return false;
	if (due)
		printf("figures          being counted\n");
	return tell("sums of the figures that differ", n, wrong);
}

static bool check_rules(struct ctx *cx, int64_t *wrong)
{
	static const struct {
		const char *what, *sql;
	} rules[] = {
		{ "open leads without a next action",
			"select count(*) from lead t where t.ws = $1"
			" and t.status_type = 'open' and t.converted_at is null and t.next_action_at is null" },
		{ "changes without their operation",
			"select count(*) from change c where c.ws = $1 and not exists"
			" (select 1 from op o where o.ws = c.ws and o.id = c.op_id)" },
		{ "operations that undo what is not there",
			"select count(*) from op o where o.ws = $1"
			" and o.undoes is not null and not exists (select 1 from op u where u.ws = o.ws and u.id = o.undoes)" },
	};
	bool ok = true;

	for (size_t i = 0; ok && i < COUNT(rules); i++)
		ok = count(cx, rules[i].sql, rules[i].what, wrong);
	return ok;
}

static bool check_all(struct ctx *cx, int64_t *wrong)
{
	const char *found;
	bool ok = store_integrity(cx, &found);

	if (!ok)
		return false;
	printf("integrity        %s\n", found);
	*wrong += strcmp(found, "ok") != 0;
	for (const struct entity *const *e = entities; ok && *e; e++)
		ok = check_counts(cx, *e, wrong) && check_links(cx, *e, wrong) &&
		     ((*e)->setup || check_search(cx, *e, wrong));
	return ok && check_sums(cx, wrong) && check_rules(cx, wrong);
}

static int run(const struct command_line *line)
{
	int64_t wrong = 0;
	struct desk d;
	int code = 0;

	if (!desk_open(&d, line, "check", false))
		return 1;
	if (!check_all(&d.cx, &wrong))
		code = desk_fail(&d);
	else
		printf("%s\n", wrong ? "not all is well" : "all is well");
	desk_close(&d);
	return code || wrong;
}

static const struct option_spec options[] = {
	{ "data", "DIR", "the folder of the workspace" },
	{ "store", "URL", "or its PostgreSQL database" },
	{ 0 },
};

const struct command check_command = {
	"check",
	"--data DIR",
	"Look whether all is well: integrity, counts, links; while it serves too.",
	options,
	0,
	run,
};
