/* A file looked at row by row before anything is written: what would be
 * refused, what looks like a record that is there, or like an earlier row. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "record/import_parts.h"
#include "record/search.h"

enum { SHOWN = 20, SLICE_ROWS = 200, FIRST_SEEN = 4096 };

/* What stands in the report, gathered over the slices. */
struct import_look {
	struct arena *mem;
	struct json_out refused_rows, duplicate_rows;
	size_t refused_shown, duplicates_shown;
	int64_t done, refused, duplicates, in_file;
	uint64_t *seen; /* keys of earlier rows, hashed; 0: free */
	size_t seen_n, seen_size;
};

static struct import_look *look_new(void)
{
	struct import_look *l = calloc(1, sizeof(*l));

	if (!l)
		abort();
	l->mem = arena_new();
	l->seen_size = FIRST_SEEN;
	l->seen = calloc(l->seen_size, sizeof(*l->seen));
	if (!l->seen)
		abort();
	json_init(&l->refused_rows, l->mem);
	json_open(&l->refused_rows, '[');
	json_init(&l->duplicate_rows, l->mem);
	json_open(&l->duplicate_rows, '[');
	return l;
}

void import_check_free(struct import_job *job)
{
	struct import_look *l = job->look;

	if (!l)
		return;
	arena_free(l->mem);
	free(l->seen);
	free(l);
}

static uint64_t hash_of(const char *s)
{
	uint64_t h = 1469598103934665603u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	h ^= h >> 29;
	return h ? h : 1;
}

static bool put_seen(uint64_t *table, size_t size, uint64_t h)
{
	size_t i = (size_t)h & (size - 1);

	for (; table[i]; i = (i + 1) & (size - 1))
		if (table[i] == h)
			return true;
	table[i] = h;
	return false;
}

static void grow(struct import_look *l)
{
	size_t size = l->seen_size * 2;
	uint64_t *table = calloc(size, sizeof(*table));

	if (!table)
		abort();
	for (size_t i = 0; i < l->seen_size; i++)
		if (l->seen[i])
			(void)put_seen(table, size, l->seen[i]);
	free(l->seen);
	l->seen = table;
	l->seen_size = size;
}

/* Whether an earlier row had it too. */
static bool was_seen(struct import_look *l, const char *key)
{
	bool before;

	if (l->seen_n * 2 > l->seen_size)
		grow(l);
	before = put_seen(l->seen, l->seen_size, hash_of(key));
	l->seen_n += !before;
	return before;
}

/* Names are many people's: the same name counts in the same place. */
static bool is_in_file(struct ctx *cx, struct import_look *l, const struct record *rec)
{
	const char *keys[KEYS_MAX];
	size_t n = keys_list(cx, rec, keys);
	const char *city =
		entity_find(rec->of, "city") >= 0 ? fold(cx->mem, record_text(rec, "city")) : "";
	bool before = false;

	for (size_t i = 0; i < n; i++) {
		bool is_name = keys[i][0] == 'n' || keys[i][0] == 'm';

		before = was_seen(l, is_name ? textf(cx, "%s|%.60s", keys[i], city) : keys[i]) ||
			 before;
	}
	return before;
}

static void note_refused(struct ctx *cx, struct import_look *l, const struct import_cells *from)
{
	const char *why = import_reasons(cx);

	l->refused++;
	if (l->refused_shown++ >= SHOWN)
		return;
	json_open(&l->refused_rows, '{');
	json_put_int(&l->refused_rows, "line", from->line);
	json_key(&l->refused_rows, "fields");
	json_raw(&l->refused_rows, why);
	json_close(&l->refused_rows, '}');
}

static void note_duplicate(struct ctx *cx, struct import_look *l, const struct record *rec,
	int64_t line, const struct likeness *found, size_t n)
{
	l->duplicates++;
	if (l->duplicates_shown++ >= SHOWN)
		return;
	json_open(&l->duplicate_rows, '{');
	json_put_int(&l->duplicate_rows, "line", line);
	json_put_text(&l->duplicate_rows, "title", record_title(cx, rec));
	json_key(&l->duplicate_rows, "matches");
	json_open(&l->duplicate_rows, '[');
	for (size_t i = 0; i < n && i < 5; i++)
		likeness_write(cx, &l->duplicate_rows, &found[i]);
	json_close(&l->duplicate_rows, ']');
	json_close(&l->duplicate_rows, '}');
}

/* Unique values that are taken would refuse the row. */
static bool check_unique(struct ctx *cx, const struct record *rec)
{
	for (size_t i = 0; i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];
		struct record *other;

		if (!f->unique || rec->v[i].type == VAL_NULL)
			continue;
		if (!record_find(cx, rec->of, f->name, rec->v[i], &other))
			return false;
		if (other && other->id != rec->id)
			return refuse_field(cx, f->name, "problem.taken");
	}
	return true;
}

/* A name alone, in another place, is another's. */
static bool is_elsewhere(
	struct ctx *cx, const struct record *rec, const struct likeness *l, bool *elsewhere)
{
	struct record *other;
	const char *here, *there;

	*elsewhere = false;
	if (strspn(l->why, "nm") != strlen(l->why) || entity_find(rec->of, "city") < 0 ||
		entity_find(l->of, "city") < 0)
		return true;
	if (!record_find(cx, l->of, "id", v_int(l->id), &other))
		return false;
	here = fold(cx->mem, record_text(rec, "city"));
	there = other ? fold(cx->mem, record_text(other, "city")) : "";
	*elsewhere = *here && *there && strcmp(here, there) != 0;
	return true;
}

static bool drop_those_elsewhere(
	struct ctx *cx, const struct record *rec, struct likeness *found, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		bool elsewhere;

		if (!is_elsewhere(cx, rec, &found[i], &elsewhere))
			return false;
		if (!elsewhere)
			found[kept++] = found[i];
	}
	*n = kept;
	return true;
}

/* The record that the row would make, or change. */
static bool make(struct ctx *cx, const struct import_plan *plan, const struct import_row *row,
	struct record **rec)
{
	int64_t known = 0;

	*rec = record_new(cx, plan->of);
	import_row_fill(cx, row, *rec);
	if (plan->mode == IMPORT_UPDATE) {
		if (!keys_known(cx, *rec, key_letters(plan->key), &known))
			return false;
		if (known && !record_load(cx, plan->of, known, RIGHT_WRITE, rec))
			return false;
		if (known)
			import_row_fill(cx, row, *rec);
	}
	if (plan->of->into) /* a sheet refuses nothing else */
		return cx->problem.kind == PROBLEM_NONE;
	return cx->problem.kind == PROBLEM_NONE &&
	       (!plan->of->check || plan->of->check(cx, *rec)) && record_check_required(cx, *rec) &&
	       check_unique(cx, *rec);
}

/* Others of the same kind of thing: all that have keys. */
static const struct entity *const *comparable(struct ctx *cx)
{
	const struct entity **list = arena_alloc(cx->mem, 64 * sizeof(*list));
	size_t n = 0;

	for (const struct entity *const *e = cx->entities; *e && n + 1 < 64; e++)
		if (!(*e)->setup)
			list[n++] = *e;
	return list;
}

static bool look_at(struct ctx *cx, struct import_look *l, const struct import_plan *plan,
	const struct import_row *row)
{
	struct likeness *found;
	struct record *rec;
	size_t n;

	if (!make(cx, plan, row, &rec)) {
		enum problem_kind kind = cx->problem.kind;

		if (kind != PROBLEM_INVALID && kind != PROBLEM_FORBIDDEN &&
			kind != PROBLEM_NOT_FOUND && kind != PROBLEM_CONFLICT)
			return false;
		note_refused(cx, l, &row->from);
		return true;
	}
	if (!keys_find(cx, rec, comparable(cx), &found, &n) ||
		!drop_those_elsewhere(cx, rec, found, &n))
		return false;
	if (n)
		note_duplicate(cx, l, rec, row->from.line, found, n);
	l->in_file += is_in_file(cx, l, rec);
	return true;
}

static const char *report_of(struct ctx *cx, struct import_look *l, const struct import_plan *plan)
{
	struct json_out j;

	json_close(&l->refused_rows, ']');
	json_close(&l->duplicate_rows, ']');
	json_init(&j, cx->mem);
	json_open(&j, '{');
	json_put_int(&j, "rows", plan->rows);
	json_put_int(&j, "good", l->done - l->refused);
	json_put_int(&j, "refused", l->refused);
	json_put_int(&j, "duplicates", l->duplicates);
	json_put_int(&j, "in_file", l->in_file);
	json_key(&j, "refused_rows");
	json_raw(&j, l->refused_rows.text.s);
	json_key(&j, "duplicate_rows");
	json_raw(&j, l->duplicate_rows.text.s);
	json_close(&j, '}');
	return j.text.s;
}

static bool finish(struct ctx *cx, struct import *im, struct import_look *l)
{
	bool ok = tx_begin(cx);

	im->report = report_of(cx, l, &im->plan);
	im->state = "checked";
	im->counts.done = 0;
	ok = ok && import_save(cx, im);
	return tx_end(cx, ok);
}

bool import_check_slice(struct ctx *cx, struct import_job *job, bool *more)
{
	struct import_cells cells;
	struct import_row row;
	bool ok;

	if (!import_job_load(cx, job))
		return false;
	*more = !strcmp(job->im.state, "checking");
	if (!job->look)
		job->look = look_new();
	if (!job->reader)
		job->reader = import_reader_new(job->id, 0);
	for (size_t i = 0; *more && i < SLICE_ROWS; i++) {
		if (!import_reader_next(cx, job->reader, &cells, more))
			return false;
		if (!*more)
			break;
		if (!import_row_read(cx, &job->im.plan, job->links, &cells, &row) ||
			!look_at(cx, job->look, &job->im.plan, &row))
			return false;
		job->look->done++;
	}
	job->im.counts.done = job->look->done;
	ok = *more || finish(cx, &job->im, job->look);
	if (ok)
		import_tell(cx, job);
	return ok;
}
