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

static void put_if(struct kpi_out *o, bool told, const char *name, int64_t n, const char *list)
{
	if (told) {
		out_count(o, name, n, list);
		return;
	}
	json_key(o->j, name);
	json_none(o->j);
}

/* Owner and team narrow the people whose work is told, and so does the reach. */
static bool is_asked(const struct kpi_out *o, int64_t user_id)
{
	const struct kpi_ask *ask = &o->k->ask;

	return rights_covers(o->cx->who, &lead_entity, RIGHT_READ, user_id) &&
	       (!ask->owner_id || ask->owner_id == user_id) &&
	       (!ask->team_id || ask->team_id == kpi_team_of(o->k, user_id));
}

static const char *work_of(const struct kpi_out *o, int64_t user_id)
{
	const struct kpi_ask *ask = &o->k->ask;
	struct buf b;

	buf_init(&b, o->cx->mem);
	buf_addf(&b, "operations?user_id=%" PRId64 "&work=true&%s", user_id,
		kpi_between(o->cx, "at", o->k->first, o->k->end));
	if (ask->source_id)
		buf_addf(&b, "&source_id=%" PRId64, ask->source_id);
	if (ask->campaign_id)
		buf_addf(&b, "&campaign_id=%" PRId64, ask->campaign_id);
	return b.s;
}

static void put_person(struct kpi_out *o, const struct kpi_person *p)
{
	const char *made = kpi_between(o->cx, "created_at", o->k->first, o->k->end);
	const char *converted = kpi_between(o->cx, "converted_at", o->k->first, o->k->end);
	const char *closed = textf(
		o->cx, "state=won&%s", kpi_between(o->cx, "closed_at", o->k->first, o->k->end));
	const struct kpi_behind lists[] = { { NULL, NULL, "created_by", p->id },
		{ NULL, NULL, "converted_by", p->id }, { NULL, NULL, "closed_by", p->id } };
	const char *work = work_of(o, p->id);
	bool asked = is_asked(o, p->id);

	out_count(o, "created", p->created, behind(o, "leads", made, &lists[0]));
	put_if(o, asked, "worked", p->worked, work);
	put_if(o, asked, "steps", p->steps, work);
	put_if(o, kpi_shows(o->cx, "contributors.converted"), "converted", p->converted,
		behind(o, "leads", converted, &lists[1]));
	put_if(o, kpi_shows(o->cx, "contributors.won"), "won", p->won,
		behind(o, "opportunities", closed, &lists[2]));
}

static bool did_nothing(const struct kpi_person *p)
{
	return !p->created && !p->steps && !p->converted && !p->won;
}

bool out_contributors(struct kpi_out *o)
{
	const char *name;

	json_key(o->j, "contributors");
	json_open(o->j, '[');
	for (size_t i = 0; i < o->k->person_n; i++) {
		const struct kpi_person *p = &o->k->people[i];

		if (did_nothing(p))
			continue;
		if (!record_title_of(o->cx, &user_entity, p->id, &name))
			return false;
		out_open(o);
		json_put_int(o->j, "user_id", p->id);
		json_put_text(o->j, "name", name);
		put_person(o, p);
		out_close(o);
	}
	json_close(o->j, ']');
	return true;
}
