/* Sections of today and of what ended: by status and stage with the time spent
 * there, reasons, the forecast. */
#include <inttypes.h>
#include <string.h>

#include "crm/entities.h"
#include "crm/kpi_out.h"

static const char *behind(const struct kpi_out *o, const char *plural, const char *what)
{
	return kpi_behind(o->cx, o->k, &(struct kpi_behind){ plural, what, NULL, 0 });
}

static void put_time(
	struct kpi_out *o, const struct kpi_line *l, const char *plural, const char *standing)
{
	int64_t stood = o->cx->now / 1000 * l->count - l->since;
	const char *left = behind(
		o, plural, textf(o->cx, "left=%" PRId64 ":%s:%s", l->id, o->k->first, o->k->end));

	out_days(
		o, "standing_days", (struct kpi_rate){ stood > 0 ? stood : 0, l->count }, standing);
	out_count(o, "left", l->left, left);
	out_days(o, "mean_days", (struct kpi_rate){ l->stayed, l->left }, left);
}

static void put_status(struct kpi_out *o, const struct record *status, const struct kpi_line *l)
{
	const char *standing = behind(
		o, "leads", textf(o->cx, "status_id=%" PRId64 "&converted_at[null]=true", l->id));

	json_put_text(o->j, "type", record_text(status, "type"));
	out_count(o, "count", l->count, standing);
	put_time(o, l, "leads", standing);
}

static void put_stage(struct kpi_out *o, const struct record *stage, const struct kpi_line *l)
{
	const char *standing =
		behind(o, "opportunities", textf(o->cx, "stage_id=%" PRId64 "&state=open", l->id));

	json_put_id(o->j, "pipeline_id", record_int(stage, "pipeline_id"));
	out_deals(o, &l->deals, standing);
	put_time(o, l, "opportunities", standing);
}

/* Every status or stage that is in use or may be used, in order. */
static bool put_steps(
	struct kpi_out *o, const char *key, const struct kpi_lines *lines, const struct entity *of)
{
	struct record **steps;
	size_t n;

	json_key(o->j, key);
	json_open(o->j, '[');
	if (!record_all(o->cx, of, &steps, &n))
		return false;
	for (size_t i = 0; i < n && kpi_shows(o->cx, key); i++) {
		const struct kpi_line *found = kpi_line_of(lines, steps[i]->id);
		const struct kpi_line none = { .id = steps[i]->id };
		const struct kpi_line *l = found ? found : &none;

		if (!l->count && !l->left && !record_int(steps[i], "active"))
			continue;
		out_open(o);
		json_put_int(o->j, "id", l->id);
		json_put_text(o->j, "name", record_title(o->cx, steps[i]));
		if (of == &stage_entity)
			put_stage(o, steps[i], l);
		else
			put_status(o, steps[i], l);
		out_close(o);
	}
	json_close(o->j, ']');
	return true;
}

bool out_steps(struct kpi_out *o)
{
	return put_steps(o, "by_status", &o->k->statuses, &lead_status_entity) &&
	       put_steps(o, "by_stage", &o->k->stages, &stage_entity);
}

/* In the caller's language; one that was removed since by its last name. */
static bool reason_name(struct kpi_out *o, int64_t id, const char **name)
{
	struct record *reason = NULL;

	*name = "";
	if (!id || !record_find(o->cx, &reason_entity, "id", v_int(id), &reason))
		return !id;
	if (reason)
		*name = record_title(o->cx, reason);
	return reason || record_title_of(o->cx, &reason_entity, id, name);
}

static const char *of_reason(
	const struct kpi_out *o, const char *plural, const char *field, const struct kpi_line *l)
{
	bool lead = *plural == 'l';
	const char *days =
		kpi_between(o->cx, lead ? "status_since" : "closed_at", o->k->first, o->k->end);
	const char *what = textf(o->cx, "%s&%s",
		lead ? "status_type=not_interested&converted_at[null]=true" : "state=lost", days);

	return kpi_behind(o->cx, o->k, &(struct kpi_behind){ plural, what, field, l->id });
}

static bool put_lost_leads(struct kpi_out *o)
{
	const char *name;

	json_key(o->j, "lost_leads");
	json_open(o->j, '[');
	for (size_t i = 0; i < o->k->lost_leads.n && kpi_shows(o->cx, "lost_leads"); i++) {
		const struct kpi_line *l = &o->k->lost_leads.all[i];

		if (!l->count)
			continue;
		if (!reason_name(o, l->id, &name))
			return false;
		out_open(o);
		json_put_id(o->j, "id", l->id);
		json_put_text(o->j, "name", *name ? name : NULL);
		out_count(o, "count", l->count, of_reason(o, "leads", "conclusion_reason_id", l));
		out_close(o);
	}
	json_close(o->j, ']');
	return true;
}

static bool put_lost_deals(struct kpi_out *o)
{
	const char *name, *list;

	json_key(o->j, "lost_opportunities");
	json_open(o->j, '[');
	for (size_t i = 0; i < o->k->lost_deals.n && kpi_shows(o->cx, "lost_opportunities"); i++) {
		const struct kpi_line *l = &o->k->lost_deals.all[i];

		if (!l->deals.count)
			continue;
		if (!reason_name(o, l->id, &name))
			return false;
		list = of_reason(o, "opportunities", "lost_reason_id", l);
		out_open(o);
		json_put_id(o->j, "id", l->id);
		json_put_text(o->j, "name", *name ? name : NULL);
		out_count(o, "count", l->deals.count, list);
		out_money(o, "amount", l->deals.amount, list);
		out_close(o);
	}
	json_close(o->j, ']');
	return true;
}

bool out_reasons(struct kpi_out *o)
{
	return put_lost_leads(o) && put_lost_deals(o);
}

/* From today, or from the month's first day. */
static const char *of_month(const struct kpi_out *o, int64_t period)
{
	char first[DATE_TEXT], after[DATE_TEXT];

	kpi_day(period, first);
	date_add(first, 31, after);
	memcpy(after + 8, "01", 2);
	return textf(o->cx, "state=open&%s",
		kpi_between(o->cx, "close_on", strcmp(first, o->k->today) < 0 ? o->k->today : first,
			after));
}

static void put_to_come(struct kpi_out *o)
{
	json_key(o->j, "months");
	json_open(o->j, '[');
	for (size_t i = 0; i < o->k->to_come.n; i++) {
		const struct kpi_line *l = &o->k->to_come.all[i];
		char day[DATE_TEXT];

		if (!l->deals.count)
			continue;
		kpi_day(l->id, day);
		out_open(o);
		json_put_text(o->j, "month", textf(o->cx, "%.7s", day));
		out_deals(o, &l->deals, behind(o, "opportunities", of_month(o, l->id)));
		out_close(o);
	}
	json_close(o->j, ']');
}

static void put_other(
	struct kpi_out *o, const char *key, const struct kpi_deals *deals, const char *what)
{
	json_key(o->j, key);
	out_open(o);
	out_deals(o, deals, behind(o, "opportunities", what));
	out_close(o);
}

void out_forecast(struct kpi_out *o)
{
	const char *late = textf(o->cx, "state=open&close_on[lt]=%s", o->k->today);

	json_key(o->j, "forecast");
	if (!kpi_shows(o->cx, "forecast")) {
		json_none(o->j);
		return;
	}
	json_open(o->j, '{');
	put_to_come(o);
	put_other(o, "overdue", &o->k->overdue, late);
	put_other(o, "undated", &o->k->undated, "state=open&close_on[null]=true");
	json_close(o->j, '}');
}
