/* How long a lead stood in each status, read from its history. */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "crm/lead.h"
#include "crm/lead_status.h"
#include "record/op.h"

struct stay {
	int64_t status_id, days;
};

struct stays {
	struct stay *all;
	size_t n;
};

/* Calendar days of the firm's zone between two instants (C24). */
static int64_t days_between(struct ctx *cx, int64_t from, int64_t to)
{
	char a[DATE_TEXT], b[DATE_TEXT];

	date_of(from, cx->zone, a);
	date_of(to, cx->zone, b);
	return date_days(a, b);
}

static void add_stay(struct stays *s, int64_t status_id, int64_t days)
{
	size_t i = 0;

	while (i < s->n && s->all[i].status_id != status_id)
		i++;
	if (i == s->n)
		s->all[s->n++] = (struct stay){ .status_id = status_id };
	s->all[i].days += days;
}

static int64_t status_before(const struct change *c)
{
	json_t *tree = c->old ? json_loads(c->old, 0, NULL) : NULL;
	int64_t id = json_integer_value(json_object_get(tree, "status_id"));

	json_decref(tree);
	return id;
}

/* From the present backwards: each change of status ends one stay. */
static bool read_stays(struct ctx *cx, const struct record *lead, struct stays *s)
{
	int64_t status = record_int(lead, "status_id");
	int64_t until =
		record_has(lead, "converted_at") ? record_int(lead, "converted_at") : cx->now;
	struct change *changes;
	size_t n;

	if (!history_of(cx, lead->of, lead->id, &changes, &n))
		return false;
	s->all = arena_alloc(cx->mem, (n + 1) * sizeof(*s->all));
	for (size_t i = 0; i < n; i++) {
		int64_t before = status_before(&changes[i]);

		if (!before)
			continue;
		add_stay(s, status, days_between(cx, changes[i].at, until));
		until = changes[i].at;
		status = before;
	}
	add_stay(s, status, days_between(cx, lead->created_at, until));
	return true;
}

static const struct stay *find_stay(const struct stays *s, int64_t status_id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->all[i].status_id == status_id)
			return &s->all[i];
	return NULL;
}

static void write_step(struct ctx *cx, struct json_out *j, const struct record *status,
	const struct stay *stay, const char *state)
{
	json_open(j, '{');
	json_put_int(j, "status_id", status->id);
	json_put_text(j, "name", lead_status_name(cx, status));
	json_put_text(j, "type", record_text(status, "type"));
	json_put_text(j, "state", state);
	json_key(j, "days");
	if (stay)
		json_int(j, stay->days);
	else
		json_none(j);
	json_put_int(j, "expiry_days", record_int(status, "expiry_days"));
	json_close(j, '}');
}

bool lead_progress_write(struct ctx *cx, struct json_out *j, int64_t id)
{
	struct record *lead, **statuses;
	struct stays stays = { 0 };
	bool is_past = true;
	size_t n;

	if (!record_load(cx, &lead_entity, id, RIGHT_READ, &lead) ||
		!read_stays(cx, lead, &stays) ||
		!record_all(cx, &lead_status_entity, &statuses, &n))
		return false;
	json_open(j, '{');
	json_key(j, "items");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		const struct stay *stay = find_stay(&stays, statuses[i]->id);
		bool is_current = statuses[i]->id == record_int(lead, "status_id");
		const char *unvisited = is_past ? "skipped" : "ahead";

		if (is_current)
			is_past = false;
		if (stay || record_int(statuses[i], "active"))
			write_step(cx, j, statuses[i], stay,
				is_current ? "current"
				: stay	   ? "done"
					   : unvisited);
	}
	json_close(j, ']');
	json_close(j, '}');
	return true;
}
