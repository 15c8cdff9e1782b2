/* To do and Stand-by: two tables read as one list. */
#include "crm/agenda.h"

#include <string.h>

#include "base/arena.h"
#include "crm/entities.h"
#include "crm/open_leads.h"
#include "record/list.h"

static const struct entity *const planned[] = { &lead_entity, &opportunity_entity };

enum { PLANNED = COUNT(planned) };

struct agenda {
	const char *who;
	bool is_todo;
	size_t limit;
	int64_t after_at, after_id; /* the cursor; 0: from the start */
};

static bool add_team(struct ctx *cx, struct buf *sql, struct args *args)
{
	for (size_t i = 0; i < cx->who->team_n; i++)
		buf_addf(sql, "%s$%zu", i ? ", " : " and t.owner_id in (",
			args_add(args, v_int(cx->who->team[i])));
	buf_add(sql, ")");
	return true;
}

bool who_where(struct ctx *cx, const char *who, struct buf *sql, struct args *args)
{
	if (who && !strcmp(who, "all"))
		return true;
	if (who && !strcmp(who, "team") && cx->who->team_n)
		return add_team(cx, sql, args);
	if (who && *who && strcmp(who, "me") != 0 && strcmp(who, "team") != 0)
		return refuse_field(cx, "who", "query.who");
	buf_addf(sql, " and t.owner_id = $%zu", args_add(args, v_int(cx->who->id)));
	return true;
}

/* The condition on one of the tables. */
static bool add_where(struct ctx *cx, const struct entity *of, const struct agenda *a,
	struct buf *sql, struct args *args)
{
	args_add(args, v_int(cx->ws));
	buf_add(sql, " where t.ws = $1 and t.removed_at is null and t.next_action_at");
	buf_addf(sql, " %s $%zu", a->is_todo ? "<=" : ">", args_add(args, v_int(cx->now)));
	rights_where(cx, of, RIGHT_READ, sql, args);
	return who_where(cx, a->who, sql, args);
}

static bool select_page(
	struct ctx *cx, const struct entity *of, const struct agenda *a, struct page *page)
{
	struct args args;
	struct buf sql;

	args_init(&args, cx->mem);
	buf_init(&sql, cx->mem);
	if (!add_where(cx, of, a, &sql, &args))
		return false;
	if (a->after_id) {
		size_t at = args_add(&args, v_int(a->after_at));

		buf_addf(&sql, " and (t.next_action_at, t.id) > ($%zu, $%zu)", at,
			args_add(&args, v_int(a->after_id)));
	}
	buf_add(&sql, " order by t.next_action_at, t.id");
	return list_select(cx, of, sql.s, &args, a->limit, page);
}

static bool comes_first(const struct record *a, const struct record *b)
{
	int64_t x = record_int(a, "next_action_at"), y = record_int(b, "next_action_at");

	return x != y ? x < y : a->id < b->id;
}

/* The next of all tables by time; NULL when there is none. */
static struct record *take_next(struct page pages[PLANNED], size_t at[PLANNED])
{
	size_t best = PLANNED;

	for (size_t i = 0; i < PLANNED; i++)
		if (at[i] < pages[i].n && (best == PLANNED || comes_first(pages[i].items[at[i]],
								      pages[best].items[at[best]])))
			best = i;
	return best == PLANNED ? NULL : pages[best].items[at[best]++];
}

static bool is_more(const struct page pages[PLANNED], const size_t at[PLANNED])
{
	for (size_t i = 0; i < PLANNED; i++)
		if (at[i] < pages[i].n || pages[i].more)
			return true;
	return false;
}

static bool write_items(struct ctx *cx, struct json_out *j, const struct agenda *a)
{
	struct names *names = names_new(cx);
	struct page pages[PLANNED];
	size_t at[PLANNED] = { 0 };
	struct record *rec, *last = NULL;

	for (size_t i = 0; i < PLANNED; i++)
		if (!select_page(cx, planned[i], a, &pages[i]))
			return false;
	json_key(j, "items");
	json_open(j, '[');
	for (size_t n = 0; n < a->limit && (rec = take_next(pages, at)); n++) {
		record_write(cx, j, rec);
		names_want_links(names, rec);
		last = rec;
	}
	json_close(j, ']');
	json_put_text(j, "next",
		last && is_more(pages, at)
			? cursor_write(cx, &last->v[record_at(last, "next_action_at")], last->id)
			: NULL);
	return names_write(cx, names, j);
}

static bool write_count(
	struct ctx *cx, struct json_out *j, const struct agenda *a, const char *name)
{
	int64_t all = 0, n;

	for (size_t i = 0; i < PLANNED; i++) {
		struct args args;
		struct buf sql;

		args_init(&args, cx->mem);
		buf_init(&sql, cx->mem);
		buf_addf(&sql, "from %s t", entity_table(planned[i]));
		if (!add_where(cx, planned[i], a, &sql, &args) ||
			!count_capped(cx, sql.s, &args, &n))
			return false;
		all += n;
	}
	json_put_int(j, name, all > COUNT_CAP ? COUNT_CAP : all);
	json_put_text(j, textf(cx, "%s_is", name), all > COUNT_CAP ? "at_least" : "exact");
	return true;
}

static bool read_ask(struct ctx *cx, const struct agenda_ask *ask, struct agenda *a)
{
	struct val at = v_null();

	*a = (struct agenda){ .who = ask->who, .limit = ask->limit ? ask->limit : LIST_DEFAULT };
	a->is_todo = !ask->list || !strcmp(ask->list, "todo");
	if (!a->is_todo && strcmp(ask->list, "standby") != 0)
		refuse_field(cx, "list", "query.list");
	if (a->limit > LIST_MAX)
		refuse_field(cx, "limit", "query.limit", textf(cx, "%d", LIST_MAX));
	if (ask->cursor && *ask->cursor &&
		(!cursor_read(cx, ask->cursor, &at, &a->after_id) || at.type != VAL_INT))
		refuse_field(cx, "cursor", "query.cursor");
	a->after_at = at.i;
	return cx->problem.kind == PROBLEM_NONE;
}

/* One's own open leads, when they are more than one can look after (S5.18). */
static bool write_crowded(struct ctx *cx, struct json_out *j)
{
	bool ok;

	json_key(j, "warnings");
	json_open(j, '[');
	ok = !cx->who->id || open_leads_warn_owner(cx, j, cx->who->id);
	json_close(j, ']');
	return ok;
}

bool agenda_write(struct ctx *cx, struct json_out *j, const struct agenda_ask *ask)
{
	struct agenda a;

	if (!read_ask(cx, ask, &a))
		return false;
	json_open(j, '{');
	if (!write_items(cx, j, &a))
		return false;
	a.is_todo = true;
	if (!write_count(cx, j, &a, "todo"))
		return false;
	a.is_todo = false;
	if (!write_count(cx, j, &a, "standby") || !write_crowded(cx, j))
		return false;
	json_close(j, '}');
	return true;
}
