/* A fair the invented firm was at: the list of who was there, half called. */
#include "base/arena.h"
#include "crm/demo_parts.h"
#include "crm/entities.h"
#include "crm/prospect.h"
#include "record/op.h"

#define DAY (INT64_C(86400) * 1000)

enum { ROWS = DEMO_FAIR, CALLED = 70, HALLS = 6 };

static bool make_list(struct demo *d, struct record **list, int64_t *stand)
{
	struct ctx *cx = d->cx;
	struct record *column = record_new(cx, &prospect_column_entity);

	*list = record_new(cx, &prospect_list_entity);
	record_set_text(*list, "name", "Fiera Meccatronica del Po");
	record_set_text(*list, "description", demo_say(d, "Espositori e visitatori registrati"));
	record_set_text(*list, "script", demo_say(d, DEMO_SCRIPT));
	record_set(*list, "source_id", v_id(d->source_n > 1 ? d->sources[1] : 0));
	if (!record_store(cx, *list))
		return false;
	record_set(column, "list_id", v_int((*list)->id));
	record_set_text(column, "label", demo_say(d, "Padiglione"));
	if (!record_store(cx, column))
		return false;
	*stand = column->id;
	return true;
}

/* As sheets are: not all cells are filled, some are filled badly. */
static struct record *somebody(struct demo *d, const struct record *list, int64_t stand)
{
	struct record *row = record_new(d->cx, &prospect_entity);
	const struct demo_sector *sector;
	const char *name = demo_company_name(d, &sector);

	record_set(row, "list_id", v_int(list->id));
	demo_person(d, row);
	demo_firm(d, row, name, sector);
	record_set_text(
		row, "employees", textf(d->cx, "%lld", (long long)record_int(row, "employees")));
	record_set(row, "turnover", v_null());
	if (!demo_random(d, 3)) {
		record_set(row, "first_name", v_null());
		record_set(row, "last_name", v_null());
		record_set(row, "mobile", v_null());
	}
	if (demo_random(d, 2))
		record_set_text(row, "job_title", demo_pick(d, &demo_titles));
	if (!demo_random(d, 4))
		record_set(row, "email", v_null());
	if (!demo_random(d, 25))
		record_set_text(row, "email", demo_say(d, "in fiera non l'hanno lasciata"));
	record_set_text(row, "cells",
		textf(d->cx, "{\"c%lld\":\"%c %d\"}", (long long)stand, 'A' + demo_random(d, HALLS),
			1 + demo_random(d, 80)));
	return row;
}

static bool fill(struct demo *d, int64_t *ids)
{
	struct record *rows[ROWS], *list;
	int64_t stand;
	bool ok = op_begin(d->cx, "import") && make_list(d, &list, &stand);

	for (size_t i = 0; ok && i < ROWS; i++) {
		rows[i] = somebody(d, list, stand);
		ok = record_store(d->cx, rows[i]);
		ids[i] = rows[i]->id;
	}
	return op_end(d->cx, ok && op_about(d->cx, list));
}

static bool call(struct demo *d, int64_t id)
{
	static const char *const outcomes[] = { "no_answer", "no_answer", "no_answer", "talked",
		"talked", "not_interested", "not_interested", "call_back" };
	struct prospect_talk talk = { .outcome = outcomes[demo_random(d, COUNT(outcomes))],
		.note = "" };
	struct prospect_outcome made;

	if (talk.outcome == outcomes[3])
		talk.note = demo_pick(d, &demo_calls);
	if (talk.outcome == outcomes[5])
		talk.note = demo_pick(d, &demo_junk);
	if (talk.outcome == outcomes[7])
		talk.at = d->until + (demo_random(d, 20) - 3) * DAY / 2;
	return prospect_call(d->cx, id, &talk, &made);
}

/* The newest leads of the year are what came of it: the rows lead to them. */
static bool became_lead(struct demo *d, int64_t row_id, int64_t lead_id)
{
	struct record *row, *lead;
	static const char *const same[] = { "first_name", "last_name", "company_name", "email",
		"phone", "mobile", "city", "province" };
	bool ok = op_begin(d->cx, "prospect.lead") &&
		  record_load(d->cx, &prospect_entity, row_id, RIGHT_WRITE, &row) &&
		  record_load(d->cx, &lead_entity, lead_id, RIGHT_READ, &lead);

	for (size_t i = 0; ok && i < COUNT(same); i++)
		record_copy(row, lead, same[i]);
	if (ok) {
		record_set(row, "lead_id", v_int(lead->id));
		record_set_text(row, "state", "lead");
		record_set_text(row, "last_outcome", "lead");
		record_set(row, "calls", v_int(1));
		ok = record_store(d->cx, row) && op_about(d->cx, row);
	}
	return op_end(d->cx, ok);
}

bool demo_fair(struct demo *d)
{
	const struct who *seller = &d->users[DEMO_FIRST_SELLER + DEMO_SELLERS - 1];
	int64_t ids[ROWS], now = d->cx->now;
	bool ok;

	d->cx->who = seller;
	d->cx->now = d->until - 9 * DAY;
	ok = fill(d, ids);
	for (size_t i = 0; ok && i < CALLED; i++) {
		d->cx->now = d->until - 8 * DAY + (int64_t)i * DAY / 10;
		if (i % 14 == 5 && d->leads[DEMO_LEADS - 1 - i].id)
			ok = became_lead(d, ids[i], d->leads[DEMO_LEADS - 1 - i].id);
		else
			ok = call(d, ids[i]);
	}
	d->cx->now = now;
	return ok;
}
