/* Groups as one user sees them: read, compared anew, parted where something
 * says that they are two. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "record/distinct.h"
#include "record/list.h"
#include "record/twins_parts.h"

enum { PAGE = 20, PAGES = 20 };

/* Two members that are alike, or that somebody said are not. */
struct tie {
	size_t a, b;
	struct alike alike;
	bool is_dismissed;
};

struct shown {
	int64_t id, score;
	const struct entity *of;
	struct record **members;
	struct sketch *sketches;
	size_t n;
	struct tie *ties; /* all pairs, likeliest first */
	size_t tie_n;
	size_t *part; /* of each member: the first of those it goes with */
};

static bool load_members(struct ctx *cx, struct shown *g)
{
	struct args args;
	struct page page;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(g->id));
	args_add(&args, v_text(g->of->name));
	buf_add(&sql, " where t.ws = $1 and t.removed_at is null and t.id in"
		      " (select w.record_id from twin w join twin_run x on x.ws = w.ws"
		      " and x.shown_id = w.run_id where w.ws = $1 and x.ws = $1"
		      " and w.group_id = $2 and x.entity = $3)");
	rights_where(cx, g->of, RIGHT_READ, &sql, &args);
	buf_add(&sql, " order by t.id");
	if (!list_select(cx, g->of, sql.s, &args, TWINS_GROUP, &page))
		return false;
	g->members = page.items;
	g->n = page.n;
	return true;
}

static int likeliest_first(const void *a, const void *b)
{
	const struct tie *x = a, *y = b;

	if (x->alike.score != y->alike.score)
		return x->alike.score > y->alike.score ? -1 : 1;
	return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->b < y->b ? -1 : x->b > y->b;
}

static size_t member_at(const struct shown *g, int64_t id)
{
	size_t i = 0;

	while (i < g->n && g->members[i]->id != id)
		i++;
	return i;
}

static struct tie *tie_between(struct shown *g, size_t a, size_t b)
{
	for (size_t i = 0; i < g->tie_n; i++)
		if ((g->ties[i].a == a && g->ties[i].b == b) ||
			(g->ties[i].a == b && g->ties[i].b == a))
			return &g->ties[i];
	return NULL;
}

static bool mark_dismissed(struct ctx *cx, struct shown *g)
{
	struct distinct_pair *pairs;
	size_t n;

	if (!distinct_among(cx, g->members, g->n, &pairs, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct tie *tie =
			tie_between(g, member_at(g, pairs[i].a), member_at(g, pairs[i].b));

		if (tie)
			tie->is_dismissed = true;
	}
	return true;
}

static bool compare_all(struct ctx *cx, struct shown *g)
{
	struct word_counts counts;

	rarity_of(cx, g->of, &counts);
	g->sketches = arena_alloc(cx->mem, g->n * sizeof(*g->sketches));
	g->ties = arena_alloc(cx->mem, (g->n * g->n / 2 + 1) * sizeof(*g->ties));
	for (size_t i = 0; i < g->n; i++)
		sketch_make(cx, g->members[i], &counts, &g->sketches[i]);
	for (size_t i = 0; i < g->n; i++)
		for (size_t k = i + 1; k < g->n; k++)
			g->ties[g->tie_n++] = (struct tie){ i, k,
				sketch_compare(&g->sketches[i], &g->sketches[k]), false };
	qsort(g->ties, g->tie_n, sizeof(*g->ties), likeliest_first);
	return mark_dismissed(cx, g);
}

/* Whether anything between two parts says that they are not the same. */
static bool are_apart(const struct shown *g, size_t one, size_t other)
{
	for (size_t i = 0; i < g->tie_n; i++) {
		const struct tie *t = &g->ties[i];
		size_t a = g->part[t->a], b = g->part[t->b];

		if (((a == one && b == other) || (a == other && b == one)) &&
			(t->is_dismissed || alike_is_contradicted(t->alike)))
			return true;
	}
	return false;
}

/* Likeliest first, so that who stands between two goes with the likelier. */
static void part(struct ctx *cx, struct shown *g)
{
	g->part = arena_alloc(cx->mem, (g->n + 1) * sizeof(*g->part));
	for (size_t i = 0; i < g->n; i++)
		g->part[i] = i;
	for (size_t i = 0; i < g->tie_n && g->ties[i].alike.score >= ALIKE_LIKELY; i++) {
		size_t a = g->part[g->ties[i].a], b = g->part[g->ties[i].b];
		size_t low = a < b ? a : b, high = a < b ? b : a;

		if (a == b || g->ties[i].is_dismissed || are_apart(g, a, b))
			continue;
		for (size_t k = 0; k < g->n; k++)
			if (g->part[k] == high)
				g->part[k] = low;
	}
}

static bool prepare(struct ctx *cx, struct shown *g)
{
	if (!load_members(cx, g))
		return false;
	if (g->n < 2)
		return true;
	if (!compare_all(cx, g))
		return false;
	part(cx, g);
	return true;
}

static size_t size_of(const struct shown *g, size_t part)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		n += g->part[i] == part;
	return n;
}

static void write_ties(struct ctx *cx, struct json_out *j, const struct shown *g, size_t part)
{
	json_key(j, "pairs");
	json_open(j, '[');
	for (size_t i = 0; i < g->tie_n; i++) {
		const struct tie *t = &g->ties[i];

		if (g->part[t->a] != part || g->part[t->b] != part)
			continue;
		json_open(j, '{');
		json_put_int(j, "a", g->members[t->a]->id);
		json_put_int(j, "b", g->members[t->b]->id);
		alike_write(cx, j, t->alike);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* The likeliest pair speaks for the group. */
static struct alike best_of(const struct shown *g, size_t part)
{
	for (size_t i = 0; i < g->tie_n; i++)
		if (g->part[g->ties[i].a] == part && g->part[g->ties[i].b] == part)
			return g->ties[i].alike;
	return (struct alike){ 0 };
}

static void write_part(
	struct ctx *cx, struct json_out *j, const struct shown *g, size_t part, struct names *names)
{
	json_open(j, '{');
	json_put_int(j, "id", g->id);
	json_put_text(j, "entity", g->of->name);
	alike_write(cx, j, best_of(g, part));
	json_key(j, "records");
	json_open(j, '[');
	for (size_t i = 0; i < g->n; i++) {
		if (g->part[i] != part)
			continue;
		record_write(cx, j, g->members[i]);
		names_want_links(names, g->members[i]);
	}
	json_close(j, ']');
	write_ties(cx, j, g, part);
	json_close(j, '}');
}

/* How many groups came out of it. */
static bool write_group(
	struct ctx *cx, struct json_out *j, struct shown *g, struct names *names, size_t *n)
{
	if (!prepare(cx, g))
		return false;
	for (size_t i = 0; i < g->n && g->n > 1; i++)
		if (g->part[i] == i && size_of(g, i) > 1) {
			write_part(cx, j, g, i, names);
			++*n;
		}
	return true;
}

struct place {
	int64_t score, id;
	bool is_last;
};

/* Groups below the cursor of which the user may see two at least. */
static bool read_page(struct ctx *cx, const struct entity *of, struct place *at,
	struct shown groups[PAGE], size_t *n)
{
	struct args args;
	struct rows *r;
	struct buf sql;

	*n = 0;
	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_text(of->name));
	args_add(&args, v_int(at->score));
	args_add(&args, v_int(at->id));
	buf_addf(&sql,
		"select w.score, w.group_id from twin_run x join twin w on w.ws = x.ws"
		" and w.run_id = x.shown_id join %s t on t.ws = w.ws and t.id = w.record_id"
		" where x.ws = $1 and w.ws = $1 and t.ws = $1 and x.entity = $2"
		" and (w.score, w.group_id) < ($3, $4) and t.removed_at is null",
		entity_table(of));
	rights_where(cx, of, RIGHT_READ, &sql, &args);
	buf_addf(&sql,
		" group by w.score, w.group_id having count(*) > 1"
		" order by w.score desc, w.group_id desc limit %d",
		PAGE);
	r = db_query(cx, sql.s, args.v, args.n);
	for (; *n < PAGE && rows_next(r); ++*n)
		groups[*n] =
			(struct shown){ .score = rows_int(r, 0), .id = rows_int(r, 1), .of = of };
	return rows_end(r);
}

static bool read_cursor(struct ctx *cx, const char *cursor, struct place *at)
{
	struct val key;

	*at = (struct place){ .score = 101, .id = INT64_MAX };
	if (!cursor || !*cursor)
		return true;
	if (!cursor_read(cx, cursor, &key, &at->id) || key.type != VAL_INT)
		return refuse_field(cx, "cursor", "query.cursor");
	at->score = key.i;
	return true;
}

/* Pages until there are enough, since some have nothing left to show. */
static bool write_items(struct ctx *cx, struct json_out *j, const struct twins_ask *ask,
	struct place *at, struct names *names)
{
	size_t told = 0, n = PAGE;

	for (int i = 0; i < PAGES && told < ask->limit && n == PAGE; i++) {
		struct shown groups[PAGE];
		size_t k = 0;

		if (!read_page(cx, ask->of, at, groups, &n))
			return false;
		for (; k < n && told < ask->limit; k++) {
			if (!write_group(cx, j, &groups[k], names, &told))
				return false;
			at->score = groups[k].score;
			at->id = groups[k].id;
		}
		at->is_last = n < PAGE && k == n;
	}
	return true;
}

bool twins_write(struct ctx *cx, struct json_out *j, const struct twins_ask *ask)
{
	struct names *names = names_new(cx);
	struct val score;
	struct place at;
	bool ok;

	if (!twins_knows(ask->of))
		return refuse_field(cx, "entity", "twins.entity");
	if (!rights_demand(cx, ask->of, RIGHT_READ) || !read_cursor(cx, ask->cursor, &at))
		return false;
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	ok = write_items(cx, j, ask, &at, names);
	json_close(j, ']');
	score = v_int(at.score);
	json_put_text(j, "next", at.is_last ? NULL : cursor_write(cx, &score, at.id));
	ok = ok && names_write(cx, names, j);
	json_close(j, '}');
	return ok;
}

static bool find_group(struct ctx *cx, int64_t group_id, struct shown *g)
{
	struct rows *r = db_query(cx,
		"select w.entity from twin w join twin_run x on x.ws = w.ws and x.shown_id = w.run_id"
		" where w.ws = $1 and x.ws = $1 and w.group_id = $2 limit 1",
		ARGS(v_int(cx->ws), v_int(group_id)));
	const char *name = rows_next(r) ? rows_text(r, 0) : "";

	*g = (struct shown){ .id = group_id };
	for (const struct entity *const *e = cx->entities; *e; e++)
		if (!strcmp((*e)->name, name))
			g->of = *e;
	return rows_end(r);
}

bool twins_members(struct ctx *cx, int64_t group_id, struct record ***members, size_t *n)
{
	struct shown g;

	if (!find_group(cx, group_id, &g) || (g.of && !load_members(cx, &g)))
		return false;
	if (g.n < 2)
		return refuse(cx, PROBLEM_NOT_FOUND, "twins.no_group");
	*members = g.members;
	*n = g.n;
	return true;
}
