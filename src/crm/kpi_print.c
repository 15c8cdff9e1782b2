/* The figures as JSON. */
#include <inttypes.h>

#include "base/words.h"
#include "crm/entities.h"
#include "crm/kpi_parts.h"

/* A fraction of four digits, or null where there is nothing to divide by. */
static void put_rate(
	struct ctx *cx, struct json_out *j, const char *key, int64_t part, int64_t whole)
{
	int64_t n = whole ? (part * 10000 + whole / 2) / whole : 0;

	json_key(j, key);
	if (whole)
		json_raw(j, textf(cx, "%" PRId64 ".%04" PRId64, n / 10000, n % 10000));
	else
		json_none(j);
}

static void put_money(struct json_out *j, const char *key, int64_t cents)
{
	json_key(j, key);
	json_money(j, cents);
}

static void put_leads(struct ctx *cx, struct json_out *j, const struct kpi *k)
{
	json_key(j, "leads");
	json_open(j, '{');
	json_put_int(j, "generated", k->generated);
	json_put_int(j, "converted_cohort", k->converted_cohort);
	put_rate(cx, j, "rate_cohort", k->converted_cohort, k->generated);
	json_put_int(j, "converted_flow", k->converted_flow);
	put_rate(cx, j, "rate_flow", k->converted_flow, k->generated);
	json_put_int(j, "customers", k->customers);
	put_rate(cx, j, "rate_customers", k->customers, k->generated);
	json_close(j, '}');
}

static void put_opportunities(struct json_out *j, const struct kpi *k)
{
	json_key(j, "opportunities");
	json_open(j, '{');
	json_put_int(j, "open", k->open);
	put_money(j, "open_amount", k->open_amount);
	put_money(j, "weighted_amount", k->weighted_amount);
	json_put_int(j, "won", k->won);
	put_money(j, "won_amount", k->won_amount);
	json_put_int(j, "lost", k->lost);
	put_money(j, "lost_amount", k->lost_amount);
	json_close(j, '}');
}

static bool put_lines(
	struct ctx *cx, struct json_out *j, const struct kpi_lines *lines, const struct entity *of)
{
	const char *name;

	json_open(j, '[');
	for (size_t i = 0; i < lines->n; i++) {
		const struct kpi_line *l = &lines->all[i];

		if (!record_title_of(cx, of, l->id, &name))
			return false;
		json_open(j, '{');
		json_put_id(j, "id", l->id);
		json_put_text(j, "name", *name ? name : NULL);
		json_put_int(j, "generated", l->generated);
		json_put_int(j, "converted", l->converted);
		put_rate(cx, j, "rate", l->converted, l->generated);
		put_money(j, "won_amount", l->amount);
		json_close(j, '}');
	}
	json_close(j, ']');
	return true;
}

static void put_months(struct json_out *j, const struct kpi *k)
{
	json_key(j, "by_month");
	json_open(j, '[');
	for (size_t i = 0; i < k->month_n; i++) {
		const struct kpi_month *m = &k->months[i];

		json_open(j, '{');
		json_put_text(j, "month", m->name);
		json_put_int(j, "generated", m->generated);
		json_put_int(j, "converted", m->converted);
		json_put_int(j, "won", m->won);
		json_put_int(j, "lost", m->lost);
		put_money(j, "won_amount", m->won_amount);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static const struct kpi_line *line_of(const struct kpi_lines *lines, int64_t id)
{
	static const struct kpi_line none;

	for (size_t i = 0; i < lines->n; i++)
		if (lines->all[i].id == id)
			return &lines->all[i];
	return &none;
}

/* Every status or stage that is in use or may be used, in order. */
static bool put_steps(
	struct ctx *cx, struct json_out *j, const struct kpi_lines *lines, const struct entity *of)
{
	struct record **steps;
	size_t n;

	if (!record_all(cx, of, &steps, &n))
		return false;
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		const struct kpi_line *l = line_of(lines, steps[i]->id);

		if (!l->count && !record_int(steps[i], "active"))
			continue;
		json_open(j, '{');
		json_put_int(j, "id", steps[i]->id);
		json_put_text(j, "name", record_title(cx, steps[i]));
		if (of == &lead_status_entity)
			json_put_text(j, "type", record_text(steps[i], "type"));
		json_put_int(j, "count", l->count);
		if (of == &stage_entity)
			put_money(j, "amount", l->amount);
		json_close(j, '}');
	}
	json_close(j, ']');
	return true;
}

static bool put_contributors(struct ctx *cx, struct json_out *j, const struct kpi *k)
{
	const char *name;

	json_key(j, "contributors");
	json_open(j, '[');
	for (size_t i = 0; i < k->person_n; i++) {
		const struct kpi_person *p = &k->people[i];

		if (!record_title_of(cx, &user_entity, p->id, &name))
			return false;
		json_open(j, '{');
		json_put_int(j, "user_id", p->id);
		json_put_text(j, "name", name);
		json_put_int(j, "created", p->created);
		json_put_int(j, "worked", p->worked);
		json_put_int(j, "converted", p->converted);
		json_put_int(j, "won", p->won);
		json_close(j, '}');
	}
	json_close(j, ']');
	return true;
}

/* What each number means, in the caller's language. */
static void put_definitions(struct ctx *cx, struct json_out *j)
{
	static const char *const defined[] = {
		"generated",
		"converted_cohort",
		"rate_cohort",
		"converted_flow",
		"rate_flow",
		"customers",
		"rate_customers",
		"weighted_amount",
		"won_amount",
		"by_status",
		"contributors",
	};

	json_key(j, "definitions");
	json_open(j, '{');
	for (size_t i = 0; i < COUNT(defined); i++) {
		struct saying s = { .key = textf(cx, "kpi.define.%s", defined[i]) };

		json_put_text(j, defined[i], words_say(cx->words, cx->mem, cx->lang, &s));
	}
	json_close(j, '}');
}

static bool put_groups(struct ctx *cx, struct json_out *j, const struct kpi *k)
{
	json_key(j, "by_source");
	if (!put_lines(cx, j, &k->sources, &source_entity))
		return false;
	json_key(j, "by_owner");
	if (!put_lines(cx, j, &k->owners, &user_entity))
		return false;
	put_months(j, k);
	json_key(j, "by_status");
	if (!put_steps(cx, j, &k->statuses, &lead_status_entity))
		return false;
	json_key(j, "by_stage");
	return put_steps(cx, j, &k->stages, &stage_entity) && put_contributors(cx, j, k);
}

bool kpi_print(struct ctx *cx, struct json_out *j, const struct kpi *k)
{
	json_open(j, '{');
	json_put_text(j, "from", k->first);
	json_put_text(j, "to", k->last);
	json_put_text(j, "currency", rates_base(k->rates));
	put_leads(cx, j, k);
	put_opportunities(j, k);
	if (!put_groups(cx, j, k))
		return false;
	put_definitions(cx, j);
	json_key(j, "currencies_without_rate");
	rates_write_lacking(k->rates, j);
	json_close(j, '}');
	return true;
}
