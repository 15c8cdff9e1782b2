/* How a lead, or all of them, stand to the profile, as JSON. */
#include <string.h>

#include "base/words.h"
#include "crm/entities.h"
#include "crm/lead_renewal.h"
#include "crm/qualification_parts.h"
#include "record/list.h"

static const char *say(struct ctx *cx, const char *key)
{
	struct saying saying = { .key = key };

	return words_say(cx->words, cx->mem, cx->lang, &saying);
}

static bool is_hidden(struct ctx *cx, const char *field)
{
	return rights_field(cx->who, &lead_entity, field) == FIELD_HIDDEN;
}

/* What one may ask and write down at once. */
static bool may_answer(struct ctx *cx, const struct field *f)
{
	return !f->readonly && rights_field(cx->who, &lead_entity, f->name) == FIELD_OPEN;
}

/* S1.6 stands first: it is not a rule one may take away. */
static void write_someone(struct json_out *j, struct ctx *cx, const struct qualification *q)
{
	json_open(j, '{');
	json_put_id(j, "id", 0);
	json_put_text(j, "sentence", say(cx, "qualification.someone"));
	json_put_text(j, "verdict", verdict_word(q->is_someone ? VERDICT_MET : VERDICT_UNKNOWN));
	json_put_text(j, "field", "company_name");
	json_put_text(j, "label",
		field_label(entity_field(&lead_entity,
				    (size_t)entity_find(&lead_entity, "company_name")),
			cx->lang));
	json_put_text(j, "value", NULL);
	json_put_text(j, "question", q->is_someone ? NULL : say(cx, "qualification.who"));
	json_put_text(j, "alternative", NULL);
	json_close(j, '}');
}

/* Nobody is asked again for a sum that is known: the firm lacks a rate. */
static const char *seen(struct ctx *cx, const struct rule *rule, const struct record *lead)
{
	struct saying lacking = { .key = "qualification.no_rate",
		.args = { rule_seen(cx, rule->field, lead) } };

	return rule->lacks_rate ? words_say(cx->words, cx->mem, cx->lang, &lacking)
				: lacking.args[0];
}

static void write_rule(
	struct ctx *cx, struct json_out *j, const struct rule *rule, const struct record *lead)
{
	const struct field *f = rule->field;
	bool asks = rule->verdict == VERDICT_UNKNOWN && !rule->lacks_rate && may_answer(cx, f);

	json_open(j, '{');
	json_put_id(j, "id", rule->id);
	json_put_text(j, "sentence", rule_sentence(cx, rule));
	json_put_text(j, "verdict", verdict_word(rule->verdict));
	json_put_text(j, "field", f->name);
	json_put_text(j, "label", field_label(f, cx->lang));
	json_put_text(j, "value", is_hidden(cx, f->name) ? NULL : seen(cx, rule, lead));
	json_put_text(j, "question", asks ? rule_question(cx, rule) : NULL);
	json_put_text(j, "alternative", *rule->alternative ? rule->alternative : NULL);
	json_close(j, '}');
}

static void write_rules(struct ctx *cx, struct json_out *j, const struct qualification *q,
	const struct record *lead)
{
	json_key(j, "rules");
	json_open(j, '[');
	write_someone(j, cx, q);
	for (const struct rule *r = q->first; r; r = r->next)
		if (r->field)
			write_rule(cx, j, r, lead);
	json_close(j, ']');
}

static bool write_running(struct ctx *cx, struct json_out *j)
{
	bool due;

	if (!lead_renewal_is_due(cx, &due))
		return false;
	json_put_bool(j, "running", due);
	return true;
}

static bool write_judged(struct ctx *cx, struct json_out *j, const struct qualification *q,
	const struct record *lead, enum verdict verdict)
{
	json_open(j, '{');
	json_put_text(j, "qualification", verdict_word(verdict));
	json_put_text(j, "text", cx->lang == LANG_IT ? verdicts[verdict].it : verdicts[verdict].en);
	if (!write_running(cx, j))
		return false;
	write_rules(cx, j, q, lead);
	json_close(j, '}');
	return true;
}

bool qualification_write(struct ctx *cx, struct json_out *j, int64_t lead_id)
{
	struct qualification *q;
	enum verdict verdict;
	struct record *lead;

	return record_load(cx, &lead_entity, lead_id, RIGHT_READ, &lead) &&
	       qualification_load(cx, &q) && qualification_judge(cx, q, lead, &verdict) &&
	       write_judged(cx, j, q, lead, verdict);
}

bool qualification_write_typed(
	struct ctx *cx, struct json_out *j, const struct typed *values, size_t n)
{
	struct qualification *q;
	enum verdict verdict;

	return qualification_load(cx, &q) &&
	       qualification_judge_typed(cx, q, values, n, &verdict) &&
	       write_judged(cx, j, q, q->typed, verdict);
}

/* Those that no slice has come to yet are unknown. */
static bool count(struct ctx *cx, int64_t counts[3])
{
	struct args args;
	struct rows *r;
	struct buf sql;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	buf_add(&sql,
		"select t.qualification, count(*) from lead t where t.ws = $1 and t.removed_at is null");
	rights_where(cx, &lead_entity, RIGHT_READ, &sql, &args);
	buf_add(&sql, " group by t.qualification");
	r = db_query(cx, sql.s, args.v, args.n);
	while (rows_next(r)) {
		enum verdict v = VERDICT_NOT_MET;

		while (v && strcmp(verdicts[v].value, rows_text(r, 0)) != 0)
			v--;
		counts[v] += rows_int(r, 1);
	}
	return rows_end(r);
}

static void write_tests(struct ctx *cx, struct json_out *j, const struct field *f)
{
	json_key(j, "operators");
	json_open(j, '[');
	for (const struct choice *c = rule_tests; c->value; c++) {
		if (!rule_fits(f, (enum test)(c - rule_tests)))
			continue;
		json_open(j, '{');
		json_put_text(j, "value", c->value);
		json_put_text(j, "label", cx->lang == LANG_IT ? c->it : c->en);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* What rules may ask, and how. */
static void write_fields(struct ctx *cx, struct json_out *j)
{
	const struct entity *leads = entity_of(cx, &lead_entity);

	json_key(j, "fields");
	json_open(j, '[');
	for (size_t i = 0; i < entity_width(leads); i++) {
		const struct field *f = entity_field(leads, i);

		if (!rule_may_ask(f) || is_hidden(cx, f->name))
			continue;
		json_open(j, '{');
		json_put_text(j, "name", f->name);
		json_put_text(j, "label", field_label(f, cx->lang));
		write_tests(cx, j, f);
		json_close(j, '}');
	}
	json_close(j, ']');
}

bool qualification_write_all(struct ctx *cx, struct json_out *j)
{
	int64_t counts[3] = { 0 };

	if (!rights_demand(cx, &lead_entity, RIGHT_READ))
		return false;
	json_open(j, '{');
	/* first: what ends while one counts is told the next time */
	if (!write_running(cx, j) || !count(cx, counts))
		return false;
	json_put_int(j, "leads", counts[0] + counts[1] + counts[2]);
	for (enum verdict v = 0; v < COUNT(counts); v++)
		json_put_int(j, verdict_word(v), counts[v]);
	write_fields(cx, j);
	json_close(j, '}');
	return true;
}
