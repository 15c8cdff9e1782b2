/* Judging a lead by the rules of the profile. */
#include "crm/qualification.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "crm/firm.h"
#include "crm/qualification_parts.h"
#include "crm/rates.h"
#include "record/import_parts.h"

const struct choice verdicts[] = {
	[VERDICT_UNKNOWN] = { "unknown", "Da capire", "Unknown" },
	[VERDICT_MET] = { "met", "In profilo", "Qualified profile" },
	[VERDICT_NOT_MET] = { "not_met", "Fuori profilo", "Not matching" },
	{ NULL },
};

const char *verdict_word(enum verdict verdict)
{
	return verdicts[verdict].value;
}

static enum verdict met_if(bool met)
{
	return met ? VERDICT_MET : VERDICT_NOT_MET;
}

/* -1, 0, 1: the lead's value beside the rule's. */
static int beside(const struct val *a, const struct val *b)
{
	if (a->type == VAL_INT)
		return a->i < b->i ? -1 : a->i > b->i;
	return strcmp(a->s, b->s);
}

static bool is_among(const struct rule *rule, const struct val *v)
{
	for (size_t i = 0; i < rule->n; i++)
		if (!beside(v, &rule->values[i]))
			return true;
	return false;
}

static bool holds(const struct rule *rule, const struct val *v)
{
	const struct val *values = rule->values;

	switch (rule->test) {
	case TEST_IS:
		return !beside(v, &values[0]);
	case TEST_IS_NOT:
		return beside(v, &values[0]) != 0;
	case TEST_IS_ONE_OF:
		return is_among(rule, v);
	case TEST_CONTAINS:
		return strstr(v->s, values[0].s) != NULL;
	case TEST_AT_LEAST:
		return beside(v, &values[0]) >= 0;
	case TEST_AT_MOST:
		return beside(v, &values[0]) <= 0;
	case TEST_BETWEEN:
		return beside(v, &values[0]) >= 0 && beside(v, &values[1]) <= 0;
	default:
		return true;
	}
}

/* The currency beside a sum: its own field, or the firm's. */
static bool currency_of(
	struct ctx *cx, const struct record *lead, const struct field *f, const char **currency)
{
	int at = entity_find(lead->of, textf(cx, "%s_currency", f->name));

	*currency = at >= 0 && lead->v[at].type == VAL_TEXT ? lead->v[at].s : "";
	return **currency || firm_currency(cx, currency);
}

/* All sums of a rule and the lead's, in the firm's currency. */
static bool in_one_currency(struct ctx *cx, struct qualification *q, struct rule *rule,
	const char *currency, struct val *sum, bool *known)
{
	struct val *values = arena_alloc(cx->mem, (rule->n + 1) * sizeof(*values));
	char today[DATE_TEXT];

	if (!q->rates && !rates_load(cx, &q->rates))
		return false;
	date_of(cx->now, cx->zone, today);
	*known = rates_know(q->rates, currency) && rates_know(q->rates, rule->currency);
	*sum = v_int(rates_convert(q->rates, sum->i, currency, today));
	for (size_t i = 0; i < rule->n; i++)
		values[i] =
			v_int(rates_convert(q->rates, rule->values[i].i, rule->currency, today));
	rule->values = values;
	return true;
}

static bool judge_money(
	struct ctx *cx, struct qualification *q, struct rule *rule, const struct record *lead)
{
	struct val sum = lead->v[rule->at];
	struct rule converted = *rule;
	const char *currency;
	bool known = true;

	if (!currency_of(cx, lead, rule->field, &currency))
		return false;
	if (strcmp(currency, rule->currency) != 0 &&
		!in_one_currency(cx, q, &converted, currency, &sum, &known))
		return false;
	rule->verdict = known ? met_if(holds(&converted, &sum)) : VERDICT_UNKNOWN;
	rule->lacks_rate = !known;
	return true;
}

/* The lead's value as rules are kept: text folded, instants as days. */
static struct val value_of(struct ctx *cx, const struct rule *rule, const struct record *lead)
{
	const struct val *v = &lead->v[rule->at];
	char day[DATE_TEXT];

	if (rule->field->type == FIELD_TIME && v->type == VAL_INT) {
		date_of(v->i, cx->zone, day);
		return v_text(arena_dup(cx->mem, day));
	}
	if (v->type != VAL_TEXT || rule->field->type == FIELD_CHOICE ||
		rule->field->type == FIELD_DATE)
		return *v;
	return v_text(fold(cx->mem, v->s));
}

/* A budget of nothing is none (S5.7). */
static enum verdict judge_filled(const struct rule *rule, const struct val *v, bool empty)
{
	if (empty)
		return VERDICT_UNKNOWN;
	return met_if(rule->field->type != FIELD_MONEY || v->i > 0);
}

static bool judge_one(
	struct ctx *cx, struct qualification *q, struct rule *rule, const struct record *lead)
{
	const struct val *v = &lead->v[rule->at];
	bool empty = v->type == VAL_NULL || (v->type == VAL_TEXT && !*v->s);
	struct val value;

	rule->verdict = VERDICT_UNKNOWN;
	rule->lacks_rate = false;
	if (!rule->field || rule->test == TEST_COUNT)
		return true;
	if (rule->test == TEST_IS_ANY)
		rule->verdict = VERDICT_MET;
	else if (rule->test == TEST_IS_EMPTY)
		rule->verdict = met_if(empty);
	else if (rule->test == TEST_IS_FILLED)
		rule->verdict = judge_filled(rule, v, empty);
	else if (!empty && rule->field->type == FIELD_MONEY)
		return judge_money(cx, q, rule, lead);
	else if (!empty) {
		value = value_of(cx, rule, lead);
		rule->verdict = met_if(holds(rule, &value));
	}
	return true;
}

/* S1.6: more than an address, a number or a profile on a network. */
static bool is_someone(const struct record *lead)
{
	return record_has(lead, "last_name") || record_has(lead, "first_name") ||
	       record_has(lead, "company_name") || record_has(lead, "vat_number");
}

/* Of alternatives the best stands for all; it is told at the first of them. */
static enum verdict best_of(const struct qualification *q, const struct rule *rule)
{
	enum verdict best = VERDICT_NOT_MET;

	if (!*rule->alternative)
		return rule->verdict;
	for (const struct rule *r = q->first; r; r = r->next) {
		if (strcmp(r->alternative, rule->alternative) != 0)
			continue;
		if (r->verdict == VERDICT_MET)
			return VERDICT_MET;
		if (r->verdict == VERDICT_UNKNOWN)
			best = VERDICT_UNKNOWN;
	}
	return best;
}

static enum verdict of_all(const struct qualification *q)
{
	enum verdict all = q->first && q->is_someone ? VERDICT_MET : VERDICT_UNKNOWN;

	for (const struct rule *r = q->first; r; r = r->next) {
		enum verdict one = best_of(q, r);

		if (one == VERDICT_NOT_MET)
			return VERDICT_NOT_MET;
		if (one == VERDICT_UNKNOWN)
			all = VERDICT_UNKNOWN;
	}
	return all;
}

bool qualification_judge(
	struct ctx *cx, struct qualification *q, const struct record *lead, enum verdict *verdict)
{
	for (struct rule *r = q->first; r; r = r->next)
		if (!judge_one(cx, q, r, lead))
			return false;
	q->is_someone = is_someone(lead);
	*verdict = of_all(q);
	return true;
}

static void free_links(void *links)
{
	import_links_free(links);
}

/* One record for all that are judged: there may be thousands in a request. */
static struct record *blank(struct ctx *cx, struct qualification *q)
{
	if (!q->typed) {
		q->typed = record_new(cx, &lead_entity);
		q->links = import_links_new();
		arena_defer(cx->mem, free_links, q->links);
	}
	for (size_t i = 0; i < entity_width(q->typed->of); i++)
		q->typed->v[i] = v_null();
	return q->typed;
}

bool qualification_judge_typed(struct ctx *cx, struct qualification *q, const struct typed *values,
	size_t n, enum verdict *verdict)
{
	struct record *lead = blank(cx, q);

	for (size_t i = 0; i < n; i++) {
		int at = entity_find(lead->of, values[i].field);
		struct import_cell cell = {
			.of = lead->of, .text = values[i].text, .links = q->links
		};
		bool lost;

		if (at < 0 || !*cell.text)
			continue;
		cell.f = entity_field(lead->of, (size_t)at);
		if (rule_may_ask(cell.f) && !import_cell_read(cx, &cell, &lead->v[at], &lost))
			return false;
	}
	return qualification_judge(cx, q, lead, verdict);
}

static struct rule *rule_of(struct ctx *cx, const struct rows *r)
{
	struct rule *rule = arena_alloc(cx->mem, sizeof(*rule));

	*rule = (struct rule){ .id = rows_int(r, 0),
		.value = rows_text(r, 3),
		.value_to = rows_text(r, 4),
		.currency = rows_text(r, 5),
		.alternative = rows_text(r, 6),
		.question_it = rows_text(r, 7),
		.question_en = rows_text(r, 8) };
	rule_read(cx, rule, rows_text(r, 1), rows_text(r, 2));
	return rule;
}

bool qualification_load(struct ctx *cx, struct qualification **q)
{
	struct rule **end;
	struct rows *r;

	*q = arena_alloc(cx->mem, sizeof(**q));
	end = &(*q)->first;
	r = db_query(cx,
		"select id, field, operator, value, value_to, currency, alternative, question_it,"
		" question_en from qualification_rule where ws = $1 and active = 1"
		" and removed_at is null order by position, id",
		ARGS(v_int(cx->ws)));
	while (rows_next(r)) {
		*end = rule_of(cx, r);
		end = &(*end)->next;
	}
	return rows_end(r);
}

bool qualification_asks(const struct qualification *q)
{
	return q->first != NULL;
}

bool qualification_settle(struct ctx *cx, struct qualification *q, struct record *lead)
{
	enum verdict verdict;

	if (!qualification_judge(cx, q, lead, &verdict))
		return false;
	record_set_text(lead, "qualification", verdict_word(verdict));
	return true;
}
