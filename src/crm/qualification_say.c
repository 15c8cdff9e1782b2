/* The rules of the profile in words. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"
#include "base/words.h"
#include "crm/qualification_parts.h"

/* "20000000.50" as "20.000.000,50", or "20,000,000.50" in English. */
static const char *say_number(struct ctx *cx, const char *decimal)
{
	const char *point = strchr(decimal, '.');
	size_t whole = point ? (size_t)(point - decimal) : strlen(decimal);
	bool is_round = !point || !strcmp(point, ".00");
	char group = cx->lang == LANG_IT ? '.' : ',';
	struct buf b;

	buf_init(&b, cx->mem);
	for (size_t i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0 && decimal[i - 1] != '-')
			buf_addn(&b, &group, 1);
		buf_addn(&b, &decimal[i], 1);
	}
	if (!is_round)
		buf_addf(&b, "%c%s", cx->lang == LANG_IT ? ',' : '.', point + 1);
	return b.s;
}

static const char *say_money(struct ctx *cx, int64_t cents, const char *currency)
{
	char text[MONEY_TEXT];

	money_write(cents, text);
	return textf(cx, "%s%s%s", say_number(cx, text), *currency ? " " : "", currency);
}

/* "2026-01-31" as "31/01/2026" in Italian. */
static const char *say_day(struct ctx *cx, const char *day)
{
	if (cx->lang != LANG_IT || strlen(day) != 10)
		return day;
	return textf(cx, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
}

static const char *say_value(
	struct ctx *cx, const struct field *f, const struct val *v, const char *currency)
{
	if (v->type == VAL_NULL)
		return "";
	if (f->type == FIELD_MONEY)
		return say_money(cx, v->i, currency);
	if (v->type == VAL_INT && (f->type == FIELD_INT || f->type == FIELD_PERCENT))
		return say_number(cx, textf(cx, "%" PRId64, v->i));
	if (v->type == VAL_TEXT && (f->type == FIELD_DATE || f->type == FIELD_TIME))
		return say_day(cx, v->s);
	return field_show(cx, f, v);
}

/* Of a list each: "costruzioni, impianti". */
static const char *say_list(struct ctx *cx, const struct rule *rule)
{
	struct buf b;

	buf_init(&b, cx->mem);
	for (const char *at = rule->value; *at;) {
		size_t n = strcspn(at, ";");

		buf_add(&b, b.len ? ", " : "");
		buf_addn(&b, at, n);
		at += n;
		at += strspn(at, "; ");
	}
	return b.s;
}

static bool is_word(const struct field *f)
{
	return !field_is_number(f) && f->type != FIELD_CHOICE && f->type != FIELD_DATE;
}

/* The first value, or all of a list; text as it was written, not folded. */
static const char *say_values(struct ctx *cx, const struct rule *rule)
{
	const struct field *f = rule->field;
	struct buf b;

	if (is_word(f))
		return rule->test == TEST_IS_ONE_OF ? say_list(cx, rule) : rule->value;
	buf_init(&b, cx->mem);
	for (size_t i = 0; i < rule->n && !(i && rule->test == TEST_BETWEEN); i++)
		buf_addf(&b, "%s%s", i ? ", " : "",
			say_value(cx, f, &rule->values[i],
				rule->test == TEST_BETWEEN ? "" : rule->currency));
	return b.s;
}

static const char *const sentences[TEST_COUNT] = {
	[TEST_IS] = "qualification.is",
	[TEST_IS_NOT] = "qualification.is_not",
	[TEST_IS_ONE_OF] = "qualification.is_one_of",
	[TEST_CONTAINS] = "qualification.contains",
	[TEST_AT_LEAST] = "qualification.at_least",
	[TEST_AT_MOST] = "qualification.at_most",
	[TEST_BETWEEN] = "qualification.between",
	[TEST_IS_FILLED] = "qualification.is_filled",
	[TEST_IS_EMPTY] = "qualification.is_empty",
	[TEST_IS_ANY] = "qualification.is_any",
};

const char *rule_sentence(struct ctx *cx, const struct rule *rule)
{
	struct saying say = { 0 };

	if (!rule->field || rule->test == TEST_COUNT)
		return "";
	say.key = sentences[rule->test];
	say.args[0] = field_label(rule->field, cx->lang);
	say.args[1] = say_values(cx, rule);
	if (rule->test == TEST_BETWEEN)
		say.args[2] = say_value(cx, rule->field, &rule->values[1], rule->currency);
	return words_say(cx->words, cx->mem, cx->lang, &say);
}

const char *rule_question(struct ctx *cx, const struct rule *rule)
{
	const char *own = cx->lang == LANG_IT ? rule->question_it : rule->question_en;
	struct saying say = { .key = "qualification.ask" };

	if (!rule->field || rule->test == TEST_IS_ANY || rule->test == TEST_IS_EMPTY)
		return ""; /* never unknown */
	if (*own)
		return own;
	say.args[0] = field_label(rule->field, cx->lang);
	return words_say(cx->words, cx->mem, cx->lang, &say);
}

const char *rule_seen(struct ctx *cx, const struct field *f, const struct record *lead)
{
	const struct val *v = &lead->v[record_at(lead, f->name)];
	int at = entity_find(lead->of, textf(cx, "%s_currency", f->name));

	return say_value(cx, f, v, at >= 0 && lead->v[at].type == VAL_TEXT ? lead->v[at].s : "");
}
