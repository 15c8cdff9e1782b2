/* The preview of a merge: what would stand, what differs, what goes along. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/words.h"
#include "record/alike.h"
#include "record/join_parts.h"

static struct record *nth(const struct joining *j, size_t i)
{
	return i ? j->others[i - 1] : j->survivor;
}

/* As they stand in the store: the survivor in hand is filled already. */
static const struct val *stored(const struct joining *j, size_t i, size_t at)
{
	return &nth(j, i)->was[at];
}

static bool says_something(const struct val *v)
{
	return v->type == VAL_INT || (v->type == VAL_TEXT && *v->s);
}

static bool reads_the_same(struct ctx *cx, const struct val *a, const struct val *b)
{
	if (a->type != VAL_TEXT || b->type != VAL_TEXT)
		return val_same(a, b);
	return !strcmp(a->s, b->s) || !strcmp(fold(cx->mem, a->s), fold(cx->mem, b->s));
}

/* Whether two of them say different things. */
static bool differs(struct ctx *cx, const struct joining *j, size_t at)
{
	const struct val *first = NULL;

	for (size_t i = 0; i <= j->n; i++) {
		const struct val *v = stored(j, i, at);

		if (says_something(v) && first && !reads_the_same(cx, first, v))
			return true;
		if (says_something(v) && !first)
			first = v;
	}
	return false;
}

static bool is_said(const struct joining *j, size_t at)
{
	for (size_t i = 0; i <= j->n; i++)
		if (says_something(stored(j, i, at)))
			return true;
	return false;
}

/* Whose value the survivor has; 0: nobody's, or several people's. */
static int64_t taken_from(const struct joining *j, size_t at)
{
	for (size_t i = 0; i <= j->n; i++)
		if (says_something(stored(j, i, at)) &&
			val_same(&j->survivor->v[at], stored(j, i, at)))
			return nth(j, i)->id;
	return 0;
}

static void write_field(struct ctx *cx, struct json_out *out, const struct joining *j, size_t at)
{
	const struct field *f = entity_field(j->survivor->of, at);

	json_open(out, '{');
	json_put_text(out, "field", f->name);
	json_put_text(out, "label", field_label(f, cx->lang));
	json_put_bool(out, "differs", differs(cx, j, at));
	json_put_id(out, "chosen", taken_from(j, at));
	json_put_bool(out, "may_choose",
		!j->keeps && join_may_choose(f) &&
			rights_field(cx->who, j->survivor->of, f->name) == FIELD_OPEN);
	json_put_bool(out, "may_join", !j->keeps && f->type == FIELD_LONGTEXT);
	json_key(out, "texts");
	json_open(out, '{');
	for (size_t i = 0; i <= j->n; i++)
		json_put_text(out, textf(cx, "%" PRId64, nth(j, i)->id),
			field_show(cx, f, stored(j, i, at)));
	json_close(out, '}');
	json_put_text(out, "result", field_show(cx, f, &j->survivor->v[at]));
	json_close(out, '}');
}

/* Those that differ first. */
static void write_fields(struct ctx *cx, struct json_out *out, const struct joining *j)
{
	const struct entity *of = j->survivor->of;

	json_key(out, "fields");
	json_open(out, '[');
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < of->field_count; i++) {
			const struct field *f = &of->fields[i];

			if (f->derived || f->secret || !is_said(j, i) ||
				rights_field(cx->who, of, f->name) == FIELD_HIDDEN ||
				differs(cx, j, i) != (turn == 0))
				continue;
			write_field(cx, out, j, i);
		}
	json_close(out, ']');
}

static bool write_links(struct ctx *cx, struct json_out *out, const struct joining *j)
{
	struct join_link *links = arena_alloc(cx->mem, JOIN_LINKS * sizeof(*links));
	size_t n;

	if (!join_links(cx, j, links, &n))
		return false;
	json_key(out, "links");
	json_open(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (rights_reach(cx->who, links[i].of, RIGHT_READ) == REACH_NONE)
			continue;
		json_open(out, '{');
		json_put_text(out, "entity", links[i].of->name);
		json_put_text(out, "label", entity_label(links[i].of, cx->lang, links[i].n > 1));
		json_put_text(out, "field", links[i].field->name);
		json_put_int(out, "count", links[i].n);
		json_close(out, '}');
	}
	json_close(out, ']');
	return true;
}

static void write_records(
	struct ctx *cx, struct json_out *out, const struct joining *j, struct names *names)
{
	json_key(out, "records");
	json_open(out, '[');
	for (size_t i = 0; i <= j->n; i++) {
		/* the survivor as it stands in the store */
		struct record rec = *nth(j, i);

		rec.v = rec.was;
		json_open(out, '{');
		json_put_int(out, "id", rec.id);
		json_put_int(out, "version", rec.version);
		json_put_text(out, "title", record_title(cx, &rec));
		json_put_text(out, "subtitle", record_subtitle(cx, &rec));
		json_put_time(out, "created_at", rec.created_at);
		json_put_time(out, "updated_at", rec.updated_at);
		json_close(out, '}');
		names_want_links(names, &rec);
	}
	json_close(out, ']');
	json_key(out, "versions");
	json_open(out, '{');
	for (size_t i = 0; i <= j->n; i++)
		json_put_int(out, textf(cx, "%" PRId64, nth(j, i)->id), nth(j, i)->version);
	json_close(out, '}');
}

static void write_alike(struct ctx *cx, struct json_out *out, const struct joining *j)
{
	json_key(out, "pairs");
	json_open(out, '[');
	for (size_t i = 0; i < j->n; i++) {
		struct record survivor = *j->survivor;

		survivor.v = survivor.was;
		json_open(out, '{');
		json_put_int(out, "a", survivor.id);
		json_put_int(out, "b", j->others[i]->id);
		alike_write(cx, out, record_alike(cx, &survivor, j->others[i]));
		json_close(out, '}');
	}
	json_close(out, ']');
}

/* Why it cannot be, as the verb itself would say it. */
static const char *obstacle(struct ctx *cx, struct joining *j)
{
	const char *why;

	if (j->survivor->of->join(cx, j) && join_fill(cx, j, NULL))
		return NULL;
	if (cx->problem.kind != PROBLEM_CONFLICT)
		return "";
	why = words_say(cx->words, cx->mem, cx->lang, &cx->problem.text);
	ctx_clear(cx);
	return why;
}

bool join_write_preview(struct ctx *cx, struct json_out *out, const struct join_ask *ask)
{
	struct names *names = names_new(cx);
	struct joining j;
	const char *why;
	bool ok;

	if (!join_load(cx, ask, false, &j))
		return false;
	why = obstacle(cx, &j);
	if (cx->problem.kind != PROBLEM_NONE)
		return false;
	json_open(out, '{');
	json_put_bool(out, "possible", !why);
	json_put_text(out, "why", why);
	json_put_text(out, "entity", ask->of->name);
	json_put_int(out, "survivor", ask->id);
	write_records(cx, out, &j, names);
	json_key(out, "result");
	record_write(cx, out, j.survivor);
	names_want_links(names, j.survivor);
	write_fields(cx, out, &j);
	write_alike(cx, out, &j);
	ok = write_links(cx, out, &j) && names_write(cx, names, out);
	json_close(out, '}');
	return ok;
}
