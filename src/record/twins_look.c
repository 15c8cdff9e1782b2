/* The reading phases: words counted, records put under what they say, those
 * that meet compared. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "record/parts.h"
#include "record/twins_parts.h"

enum {
	SLICE = 400,
	COLUMNS = 40,
	PAIRS = 6000,
	TOGETHER = 400,
	SLOTS = 2048,
	WORDS_MAX = 20000,
	FOUND_MAX = 8 << 20,
};

static void add_columns(struct buf *sql, const struct entity *of, size_t at[COLUMNS], size_t *n)
{
	*n = sketch_fields(of, at, COLUMNS);
	buf_add(sql, "select t.id");
	for (size_t i = 0; i < *n; i++)
		buf_addf(sql, ", t.%s", entity_field(of, at[i])->name);
	buf_addf(sql, " from %s t where t.removed_at is null and ", entity_table(of));
}

bool twins_read(struct ctx *cx, const struct entity *of, const struct twins_read *what,
	struct record **records, size_t *n)
{
	size_t at[COLUMNS], columns;
	struct args args;
	struct rows *r;
	struct buf sql;

	*n = 0;
	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	add_columns(&sql, of, at, &columns);
	/* SQLite's order of ids is the table's own */
	buf_addf(&sql, "%s = $1 and t.id ", db_is_postgres(cx->db) ? "t.ws" : "+t.ws");
	if (what->ids)
		for (size_t i = 0; i < what->n; i++)
			buf_addf(&sql, "%s$%zu", i ? ", " : "in (",
				args_add(&args, v_int(what->ids[i])));
	else
		buf_addf(&sql, "> $%zu", args_add(&args, v_int(what->after)));
	buf_addf(&sql, "%s order by t.id limit %zu", what->ids ? ")" : "", what->n);
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		struct record *rec = arena_alloc(cx->mem, sizeof(*rec));

		rec->of = of;
		rec->id = rows_int(r, 0);
		rec->v = arena_alloc(cx->mem, entity_width(of) * sizeof(*rec->v));
		for (size_t i = 0; i < columns; i++)
			rec->v[at[i]] = rows_val(r, i + 1);
		records[(*n)++] = rec;
	}
	return rows_end(r);
}

static bool read_on(struct ctx *cx, struct twins_job *job, struct record **records, size_t *n)
{
	const struct twins_read what = { .after = job->after, .n = SLICE };

	if (!twins_read(cx, job->of, &what, records, n))
		return false;
	if (*n)
		job->after = records[*n - 1]->id;
	job->done += (int64_t)*n;
	return true;
}

static void count_words(struct ctx *cx, struct twins_job *job, const char *name)
{
	struct company_name cut;

	company_name_cut(cx->mem, name, &cut);
	job->names++;
	for (size_t i = 0; i < cut.n; i++) {
		size_t k = 0;

		while (k < i && strcmp(cut.word[k], cut.word[i]) != 0)
			k++;
		if (k == i)
			tallies_add(job->words, cut.word[i]);
	}
}

bool twins_count(struct ctx *cx, struct twins_job *job, bool *more)
{
	struct record *records[SLICE];
	size_t n;

	if (!job->all && !tally_sum(cx, job->of, RIGHT_READ, &job->all))
		return false;
	if (!read_on(cx, job, records, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < job->of->field_count; k++)
			if (job->of->fields[k].match == 'n' && records[i]->v[k].type == VAL_TEXT)
				count_words(cx, job, records[i]->v[k].s);
	*more = n == SLICE;
	return true;
}

static size_t count_of(const void *arg, const char *word)
{
	const struct twins_job *job = arg;

	return tallies_of(job->words, word) + rarity_before(word);
}

void twins_rarity(const struct twins_job *job, struct word_counts *counts)
{
	*counts = (struct word_counts){ count_of, job, (size_t)job->names + RARITY_NAMES };
}

/* Words that are worth keeping for comparisons to come. */
static void keep_common(struct twins_job *job, const struct company_name *name)
{
	int64_t least = job->names / 5000 < 3 ? 3 : job->names / 5000;

	if (!job->common)
		job->common = arena_alloc(job->mem, WORDS_MAX * sizeof(*job->common));
	for (size_t i = 0; i < name->n; i++)
		if (job->common_n < WORDS_MAX && tallies_of(job->words, name->word[i]) >= least &&
			tallies_first(job->words, name->word[i]))
			job->common[job->common_n++] = arena_dup(job->mem, name->word[i]);
}

static uint64_t hash_of(char kind, const char *s)
{
	uint64_t h = (1469598103934665603u ^ (unsigned char)kind) * 1099511628211u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h ^ h >> 29;
}

static bool put_sketch(struct twins_job *job, const struct sketch *s, uint32_t who)
{
	uint64_t meets[COMPANY_MEETS];
	size_t n = s->has_firm ? company_meets(&s->firm, meets) : 0;
	bool ok = true;

	for (size_t i = 0; ok && i < n; i++)
		ok = meets_put(job->meets, who, meets[i], false);
	for (size_t i = 0; ok && i < s->keys; i++)
		if (s->key[i][0] != 'n')
			ok = meets_put(job->meets, who, hash_of('k', s->key[i]), false);
	/* the mail domain brings together those that it may be decisive for */
	for (size_t i = 0; ok && i < s->domains && s->persons; i++)
		ok = meets_put(job->meets, who,
			hash_of('d', s->domain[i]) ^ hash_of('p', s->person[0]), true);
	for (size_t i = 0; ok && i < s->domains && *s->city; i++)
		ok = meets_put(
			job->meets, who, hash_of('d', s->domain[i]) ^ hash_of('c', s->city), true);
	return ok;
}

static uint32_t ordinal(struct twins_job *job, int64_t id)
{
	if (job->id_n == job->id_size) {
		job->id_size = job->id_size ? job->id_size * 2 : 4096;
		job->ids = realloc(job->ids, job->id_size * sizeof(*job->ids));
		if (!job->ids)
			abort();
	}
	job->ids[job->id_n] = id;
	return (uint32_t)job->id_n++;
}

bool twins_put(struct ctx *cx, struct twins_job *job, bool *more)
{
	struct record *records[SLICE];
	struct word_counts counts;
	size_t n;

	twins_rarity(job, &counts);
	if (!read_on(cx, job, records, &n))
		return false;
	for (size_t i = 0; i < n && job->id_n < MEETS_MAX; i++) {
		struct sketch s;

		sketch_make(cx, records[i], &counts, &s);
		if (s.has_firm)
			keep_common(job, &s.firm.name);
		if (!put_sketch(job, &s, ordinal(job, records[i]->id)))
			return refuse(cx, PROBLEM_UNAVAILABLE, "twins.disk");
	}
	*more = n == SLICE && job->id_n < MEETS_MAX;
	return true;
}

/* The sketches of a slice, by ordinal: a small table by hash. */
struct few {
	uint32_t who[SLOTS]; /* ordinal + 1; 0: free */
	struct sketch *sketch[SLOTS];
	size_t n;
};

static size_t slot_of(const struct few *few, uint32_t who)
{
	size_t at = (who * 2654435761u >> 8) % SLOTS;

	while (few->who[at] && few->who[at] != who + 1)
		at = (at + 1) % SLOTS;
	return at;
}

static void want(struct few *few, uint32_t who)
{
	size_t at = slot_of(few, who);

	few->n += !few->who[at];
	few->who[at] = who + 1;
}

/* As many of the next pairs as have their records in one question; returns
 * where they end. */
static size_t choose(const struct twins_job *job, struct few *few)
{
	size_t i = job->pair_at;

	for (; i < job->pair_n && i < job->pair_at + PAIRS && few->n + 2 <= TOGETHER; i++) {
		want(few, job->pairs[i].a);
		want(few, job->pairs[i].b);
	}
	return i;
}

/* Ordinals rise with ids, so that each is found by halving. */
static uint32_t ordinal_of(const struct twins_job *job, int64_t id)
{
	size_t low = 0, high = job->id_n;

	while (low + 1 < high) {
		size_t middle = (low + high) / 2;

		if (job->ids[middle] <= id)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}

static bool fetch(struct ctx *cx, const struct twins_job *job, struct few *few)
{
	struct record *records[TOGETHER];
	int64_t ids[TOGETHER];
	struct twins_read what = { .ids = ids };
	struct word_counts counts;
	size_t n;

	for (size_t i = 0; i < SLOTS; i++)
		if (few->who[i])
			ids[what.n++] = job->ids[few->who[i] - 1];
	twins_rarity(job, &counts);
	if (!twins_read(cx, job->of, &what, records, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct sketch *s = arena_alloc(cx->mem, sizeof(*s));

		sketch_make(cx, records[i], &counts, s);
		few->sketch[slot_of(few, ordinal_of(job, s->id))] = s;
	}
	return true;
}

static void note(struct twins_job *job, const struct meets_pair *pair, int score)
{
	uint64_t found = (uint64_t)score << 48 | (uint64_t)pair->a << 24 | (uint64_t)pair->b;

	/* the same pair, of another hash */
	if (job->found_n && job->found[job->found_n - 1] == found)
		return;
	if (job->found_n == job->found_size) {
		job->found_size = job->found_size ? job->found_size * 2 : 1024;
		job->found = realloc(job->found, job->found_size * sizeof(*job->found));
		if (!job->found)
			abort();
	}
	job->found[job->found_n++] = found;
}

static bool compare_some(struct ctx *cx, struct twins_job *job)
{
	struct few *few = arena_alloc(cx->mem, sizeof(*few));
	size_t to = choose(job, few);

	if (!fetch(cx, job, few))
		return false;
	for (; job->pair_at < to; job->pair_at++) {
		const struct meets_pair *pair = &job->pairs[job->pair_at];
		const struct sketch *a = few->sketch[slot_of(few, pair->a)];
		const struct sketch *b = few->sketch[slot_of(few, pair->b)];
		/* one of them may be gone meanwhile */
		int score = a && b ? sketch_compare(a, b).score : 0;

		if (score >= ALIKE_LIKELY && job->found_n < FOUND_MAX)
			note(job, pair, score);
	}
	return true;
}

bool twins_compare(struct ctx *cx, struct twins_job *job, bool *more)
{
	job->all = 1000;
	if (job->pair_at < job->pair_n)
		return compare_some(cx, job);
	if (!meets_next(job->meets, &job->pairs, &job->pair_n))
		return refuse(cx, PROBLEM_UNAVAILABLE, "twins.disk");
	job->done = meets_progress(job->meets);
	job->pair_at = 0;
	*more = job->pair_n > 0;
	return true;
}
