/* What was found becomes groups, and they are written in place of those of the
 * search before. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "record/twins_parts.h"

enum { SLICE = 300, ORDINAL = (1 << 24) - 1 };

/* Groups as they grow: who leads to whom, and how many follow. */
struct union_of {
	uint32_t *up;
	uint8_t *size, *score;
};

static uint32_t root(struct union_of *u, uint32_t who)
{
	while (u->up[who] != who) {
		u->up[who] = u->up[u->up[who]];
		who = u->up[who];
	}
	return who;
}

static int likeliest_first(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? 1 : x > y ? -1 : 0;
}

static void join(struct union_of *u, uint64_t pair)
{
	uint32_t a = root(u, (uint32_t)(pair >> 24) & ORDINAL);
	uint32_t b = root(u, (uint32_t)pair & ORDINAL);
	uint8_t score = (uint8_t)(pair >> 48);

	if (a == b || u->size[a] + u->size[b] > TWINS_GROUP)
		return;
	u->up[b] = a;
	u->size[a] = (uint8_t)(u->size[a] + u->size[b]);
	u->score[a] = score > u->score[a] ? score : u->score[a];
	u->score[a] = u->score[b] > u->score[a] ? u->score[b] : u->score[a];
}

static int by_group(const void *a, const void *b)
{
	const struct twins_member *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return x->who < y->who ? -1 : x->who > y->who;
}

static void *must(void *p)
{
	if (!p)
		abort();
	return p;
}

static void list_members(struct twins_job *job, struct union_of *u)
{
	size_t n = 0;

	for (uint32_t i = 0; i < job->id_n; i++)
		n += u->size[root(u, i)] > 1;
	job->groups = must(malloc((n + 1) * sizeof(*job->groups)));
	for (uint32_t i = 0; i < job->id_n; i++) {
		uint32_t top = root(u, i);

		if (u->size[top] > 1)
			job->groups[job->member_n++] =
				(struct twins_member){ top, i, u->score[top] };
		job->group_n += u->size[top] > 1 && top == i;
	}
	qsort(job->groups, job->member_n, sizeof(*job->groups), by_group);
}

void twins_group(struct twins_job *job)
{
	struct union_of u = { .up = must(malloc((job->id_n + 1) * sizeof(*u.up))),
		.size = must(malloc(job->id_n + 1)),
		.score = must(calloc(job->id_n + 1, 1)) };

	meets_free(job->meets);
	job->meets = NULL;
	for (uint32_t i = 0; i < job->id_n; i++)
		u.up[i] = i;
	memset(u.size, 1, job->id_n + 1);
	if (job->found_n)
		qsort(job->found, job->found_n, sizeof(*job->found), likeliest_first);
	for (size_t i = 0; i < job->found_n; i++)
		join(&u, job->found[i]);
	list_members(job, &u);
	free(u.up);
	free(u.size);
	free(u.score);
}

/* Groups bear the id of one of theirs, so that they keep it from search to
 * search. */
static bool put_member(struct ctx *cx, const struct twins_job *job, const struct twins_member *m)
{
	return db_run(cx,
		"insert into twin (ws, group_id, record_id, entity, run_id, score)"
		" values ($1, $2, $3, $4, $5, $6)",
		ARGS(v_int(cx->ws), v_int(job->ids[m->group]), v_int(job->ids[m->who]),
			v_text(job->of->name), v_int(job->id), v_int(m->score)));
}

static bool put_word(struct ctx *cx, const struct twins_job *job, const char *word, int64_t n)
{
	return db_run(cx,
		"insert into twin_word (ws, entity, word, n) values ($1, $2, $3, $4)"
		" on conflict (ws, entity, word) do update set n = excluded.n",
		ARGS(v_int(cx->ws), v_text(job->of->name), v_text(word), v_int(n)));
}

static bool forget_words(struct ctx *cx, const struct twins_job *job)
{
	if (job->member_at || job->word_at)
		return true;
	return db_run(cx, "delete from twin_word where ws = $1 and entity = $2",
		ARGS(v_int(cx->ws), v_text(job->of->name)));
}

/* From now on these are shown. */
static bool turn_over(struct ctx *cx, const struct twins_job *job)
{
	return put_word(cx, job, "", job->names) &&
	       db_run(cx,
		       "update twin_run set shown_id = id where ws = $1 and entity = $2 and id = $3",
		       ARGS(v_int(cx->ws), v_text(job->of->name), v_int(job->id)));
}

static bool write_some(struct ctx *cx, struct twins_job *job)
{
	bool ok = forget_words(cx, job);
	size_t n = 0;

	for (; ok && n < SLICE && job->member_at < job->member_n; n++)
		ok = put_member(cx, job, &job->groups[job->member_at++]);
	for (; ok && n < SLICE && job->word_at < job->common_n; n++, job->word_at++)
		ok = put_word(cx, job, job->common[job->word_at],
			tallies_of(job->words, job->common[job->word_at]));
	return ok && (n == SLICE || turn_over(cx, job));
}

/* What earlier searches left, also those that came to no end. */
static bool clear_some(struct ctx *cx, const struct twins_job *job, bool *more)
{
	bool ok = db_run(cx,
		"delete from twin where ws = $1 and entity = $2 and run_id <> $3"
		" and (run_id, group_id, record_id) in (select w.run_id, w.group_id, w.record_id"
		" from twin w where w.ws = $1 and w.entity = $2 and w.run_id <> $3 limit 1000)",
		ARGS(v_int(cx->ws), v_text(job->of->name), v_int(job->id)));

	*more = ok && db_touched(cx) > 0;
	return ok;
}

static bool is_written(const struct twins_job *job)
{
	return job->is_written && job->member_at == job->member_n && job->word_at == job->common_n;
}

bool twins_store(struct ctx *cx, struct twins_job *job, bool *more)
{
	size_t member_at = job->member_at, word_at = job->word_at;
	bool ok, clears = is_written(job);

	if (!job->groups)
		twins_group(job);
	job->all = (int64_t)job->member_n;
	*more = true;
	ok = tx_begin(cx) && (clears ? clear_some(cx, job, more) : write_some(cx, job));
	if (!tx_end(cx, ok)) {
		job->member_at = member_at;
		job->word_at = word_at;
		return false;
	}
	job->is_written = true;
	job->done = (int64_t)job->member_at;
	return true;
}
