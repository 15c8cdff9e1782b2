/* Lines of figures: by phase, source, campaign, owner, team, month, and who
 * contributed. */
#include <inttypes.h>
#include <string.h>

#include "base/words.h"
#include "crm/entities.h"
#include "crm/kpi_out.h"

static const char *say(const struct kpi_out *o, const char *key)
{
	struct saying s = { .key = key };

	return words_say(o->cx->words, o->cx->mem, o->cx->lang, &s);
}

static const char *behind(
	const struct kpi_out *o, const char *plural, const char *what, const struct kpi_behind *by)
{
	struct kpi_behind b = { plural, what, by ? by->by : NULL, by ? by->id : 0 };

	return kpi_behind(o->cx, o->k, &b);
}

static void put_phase(struct kpi_out *o, const char *phase)
{
	json_put_text(o->j, "phase", phase);
	json_put_text(o->j, "name", say(o, textf(o->cx, "kpi.phase.%s", phase)));
}

/* Prospects have neither source nor campaign: with such a filter nobody knows. */
static void put_suspects(struct kpi_out *o)
{
	out_open(o);
	put_phase(o, "suspect");
	if (kpi_is_plain(o->k)) {
		out_count(o, "count", o->k->suspects,
			behind(o, "prospects", "lead_id[null]=true", NULL));
	} else {
		json_key(o->j, "count");
		json_none(o->j);
	}
	out_close(o);
}

void out_phases(struct kpi_out *o)
{
	const struct kpi *k = o->k;
	const struct {
		const char *phase, *plural, *what;
		int64_t n;
	} phases[] = {
		{ "lead", "leads", "phase=lead", k->leads },
		{ "hot_lead", "leads", "phase=hot_lead", k->hot_leads },
		{ "opportunity", "opportunities", "state=open", k->open.count },
		{ "won", "opportunities", "state=won", k->ever_won.count },
	};

	json_key(o->j, "by_phase");
	json_open(o->j, '[');
	if (kpi_shows(o->cx, "by_phase")) {
		put_suspects(o);
		for (size_t i = 0; i < COUNT(phases); i++) {
			out_open(o);
			put_phase(o, phases[i].phase);
			out_count(o, "count", phases[i].n,
				behind(o, phases[i].plural, phases[i].what, NULL));
			out_close(o);
		}
	}
	json_close(o->j, ']');
}

/* Leads made in the period, what became of them, and what was won. */
static void put_line(struct kpi_out *o, const struct kpi_line *l, const char *by)
{
	struct ctx *cx = o->cx;
	const struct kpi_behind narrowed = { NULL, NULL, by, l->id };
	const char *made = kpi_between(cx, "created_at", o->k->first, o->k->end);
	const char *closed = kpi_between(cx, "closed_at", o->k->first, o->k->end);
	const char *converted =
		behind(o, "leads", textf(cx, "%s&converted_at[null]=false", made), &narrowed);
	const char *customers =
		behind(o, "leads", textf(cx, "%s&customer_at[null]=false", made), &narrowed);
	const char *won = behind(o, "opportunities", textf(cx, "state=won&%s", closed), &narrowed);

	out_count(o, "generated", l->generated, behind(o, "leads", made, &narrowed));
	out_count(o, "converted", l->converted, converted);
	out_rate(o, "rate", (struct kpi_rate){ l->converted, l->generated }, converted);
	out_count(o, "customers", l->customers, customers);
	out_rate(o, "rate_customers", (struct kpi_rate){ l->customers, l->generated }, customers);
	out_count(o, "won", l->won, won);
	out_money(o, "won_amount", l->won_amount, won);
}

struct section {
	const char *key, *by;
	const struct kpi_lines *lines;
	const struct entity *of;
};

static bool is_empty(const struct kpi_line *l)
{
	return !l->generated && !l->won && !l->won_amount;
}

static bool put_section(struct kpi_out *o, const struct section *s)
{
	const char *name;

	json_key(o->j, s->key);
	json_open(o->j, '[');
	for (size_t i = 0; i < s->lines->n && kpi_shows(o->cx, s->key); i++) {
		const struct kpi_line *l = &s->lines->all[i];

		if (is_empty(l))
			continue;
		if (!record_title_of(o->cx, s->of, l->id, &name))
			return false;
		out_open(o);
		json_put_id(o->j, "id", l->id);
		json_put_text(o->j, "name", *name ? name : NULL);
		put_line(o, l, s->by);
		out_close(o);
	}
	json_close(o->j, ']');
	return true;
}

bool out_lines(struct kpi_out *o)
{
	const struct section sections[] = {
		{ "by_source", "source_id", &o->k->sources, &source_entity },
		{ "by_campaign", "campaign_id", &o->k->campaigns, &campaign_entity },
		{ "by_owner", "owner_id", &o->k->owners, &user_entity },
		{ "by_team", "team_id", &o->k->teams, &team_entity },
	};

	for (size_t i = 0; i < COUNT(sections); i++)
		if (!put_section(o, &sections[i]))
			return false;
	return true;
}

static void put_month(struct kpi_out *o, const struct kpi_month *m)
{
	struct ctx *cx = o->cx;
	const char *made = kpi_between(cx, "created_at", m->first, m->end);
	const char *closed = kpi_between(cx, "closed_at", m->first, m->end);
	const char *cohort =
		behind(o, "leads", textf(cx, "%s&converted_at[null]=false", made), NULL);
	const char *won = behind(o, "opportunities", textf(cx, "state=won&%s", closed), NULL);

	out_count(o, "generated", m->generated, behind(o, "leads", made, NULL));
	out_count(o, "converted_cohort", m->converted_cohort, cohort);
	out_rate(o, "rate_cohort", (struct kpi_rate){ m->converted_cohort, m->generated }, cohort);
	out_count(o, "customers", m->customers,
		behind(o, "leads", textf(cx, "%s&customer_at[null]=false", made), NULL));
	out_count(o, "converted", m->converted,
		behind(o, "leads", kpi_between(cx, "converted_at", m->first, m->end), NULL));
	out_count(o, "won", m->won, won);
	out_money(o, "won_amount", m->won_amount, won);
	out_count(o, "lost", m->lost,
		behind(o, "opportunities", textf(cx, "state=lost&%s", closed), NULL));
}

void out_months(struct kpi_out *o)
{
	json_key(o->j, "by_month");
	json_open(o->j, '[');
	for (size_t i = 0; i < o->k->month_n; i++) {
		out_open(o);
		json_put_text(o->j, "month", o->k->months[i].name);
		put_month(o, &o->k->months[i]);
		out_close(o);
	}
	json_close(o->j, ']');
}

bool out_contributors(struct kpi_out *o)
{
	const char *name;

	json_key(o->j, "contributors");
	json_open(o->j, '[');
	for (size_t i = 0; i < o->k->person_n; i++) {
		const struct kpi_person *p = &o->k->people[i];
		const char *made = textf(o->cx, "%s&created_by=%" PRId64,
			kpi_between(o->cx, "created_at", o->k->first, o->k->end), p->id);
		const char *did = textf(o->cx, "operations?user_id=%" PRId64, p->id);

		if (!record_title_of(o->cx, &user_entity, p->id, &name))
			return false;
		out_open(o);
		json_put_int(o->j, "user_id", p->id);
		json_put_text(o->j, "name", name);
		out_count(o, "created", p->created, behind(o, "leads", made, NULL));
		out_count(o, "worked", p->worked, did);
		out_count(o, "converted", p->converted, did);
		out_count(o, "won", p->won, did);
		out_close(o);
	}
	json_close(o->j, ']');
	return true;
}
