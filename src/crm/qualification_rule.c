/* A rule of the customer profile: a field of the lead, a test, values. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/money.h"
#include "crm/entities.h"
#include "crm/firm.h"
#include "crm/lead_renewal.h"
#include "crm/qualification_parts.h"
#include "record/import_parts.h"

const struct choice rule_tests[] = {
	[TEST_IS] = { "is", "è", "is" },
	[TEST_IS_NOT] = { "is_not", "non è", "is not" },
	[TEST_IS_ONE_OF] = { "is_one_of", "è tra", "is one of" },
	[TEST_CONTAINS] = { "contains", "contiene", "contains" },
	[TEST_AT_LEAST] = { "at_least", "almeno", "at least" },
	[TEST_AT_MOST] = { "at_most", "al massimo", "at most" },
	[TEST_BETWEEN] = { "between", "tra … e …", "between … and …" },
	[TEST_IS_FILLED] = { "is_filled", "è noto", "is known" },
	[TEST_IS_EMPTY] = { "is_empty", "è vuoto", "is empty" },
	[TEST_IS_ANY] = { "is_any", "qualsiasi", "any" },
	[TEST_COUNT] = { NULL },
};

static const struct field fields[] = {
	{ "field", FIELD_TEXT, "Campo del lead", "Lead field", "sales", .max = 60,
		.required = true },
	{ "operator", FIELD_CHOICE, "Confronto", "Test", "sales", .choices = rule_tests,
		.required = true, .initial = "is_filled" },
	{ "value", FIELD_TEXT, "Valore (più d'uno: con punto e virgola)",
		"Value (several: with semicolons)", "sales", .max = 1000 },
	{ "value_to", FIELD_TEXT, "Fino a", "Up to", "sales", .max = 60 },
	{ "currency", FIELD_CURRENCY, "Valuta", "Currency", "sales", .max = 3 },
	{ "alternative", FIELD_TEXT, "In alternativa (le regole con la stessa parola)",
		"Alternatives (rules of the same word)", "sales", .max = 60 },
	{ "question_it", FIELD_TEXT, "Domanda da fare (italiano)", "Question to ask (Italian)",
		"sales", .max = 250 },
	{ "question_en", FIELD_TEXT, "Domanda da fare (inglese)", "Question to ask (English)",
		"sales", .max = 250 },
	{ "position", FIELD_INT, "Ordine", "Order", "sales", .list = true },
	{ "active", FIELD_BOOL, "Attiva", "Active", "sales", .required = true, .initial = "1",
		.list = true },
	{ "sentence", FIELD_TEXT, "Regola", "Rule", "sales", .readonly = true, .derived = true,
		.list = true },
	{ "question", FIELD_TEXT, "Domanda", "Question", "sales", .readonly = true, .derived = true,
		.list = true },
};

/* What kinds of field have in common, for tests. */
enum family { FAMILY_NONE, FAMILY_TEXT, FAMILY_NUMBER, FAMILY_DAY, FAMILY_EXACT };

static enum family family_of(const struct field *f)
{
	switch (f->type) {
	case FIELD_LIST:
	case FIELD_JSON:
		return FAMILY_NONE;
	case FIELD_MONEY:
	case FIELD_INT:
	case FIELD_PERCENT:
		return FAMILY_NUMBER;
	case FIELD_DATE:
	case FIELD_TIME:
		return FAMILY_DAY;
	case FIELD_CHOICE:
	case FIELD_LINK:
	case FIELD_BOOL:
		return FAMILY_EXACT;
	default:
		return FAMILY_TEXT;
	}
}

bool rule_may_ask(const struct field *f)
{
	return !f->derived && !f->secret && !f->follows && strncmp(f->name, "removed_", 8) != 0 &&
	       (f->type != FIELD_LINK || f->to) && family_of(f) != FAMILY_NONE;
}

bool rule_fits(const struct field *f, enum test test)
{
	enum family family = family_of(f);

	switch (test) {
	case TEST_CONTAINS:
		return family == FAMILY_TEXT;
	case TEST_IS_ONE_OF:
		return family != FAMILY_DAY;
	case TEST_AT_LEAST:
	case TEST_AT_MOST:
	case TEST_BETWEEN:
		return family == FAMILY_NUMBER || family == FAMILY_DAY;
	default:
		return true;
	}
}

static enum test test_named(const char *name)
{
	enum test test = 0;

	while (test < TEST_COUNT && strcmp(rule_tests[test].value, name) != 0)
		test++;
	return test;
}

static bool takes_value(enum test test)
{
	return test < TEST_IS_FILLED;
}

/* The values of a list, without blanks around them. */
static char **cut(struct ctx *cx, const char *list, size_t *n)
{
	char **values = arena_alloc(cx->mem, RULE_VALUES * sizeof(*values));
	char *rest = arena_dup(cx->mem, list), *one;

	*n = 0;
	while (*n < RULE_VALUES && (one = strsep(&rest, ";\n"))) {
		one += strspn(one, " \t\r");
		for (size_t end = strlen(one); end && strchr(" \t\r", one[end - 1]); end--)
			one[end - 1] = '\0';
		if (*one)
			values[(*n)++] = one;
	}
	return values;
}

static struct val stored_value(struct ctx *cx, const struct field *f, const char *text)
{
	int64_t cents = 0;

	if (f->type == FIELD_MONEY) {
		(void)money_read(text, &cents);
		return v_int(cents);
	}
	if (f->type == FIELD_TIME)
		return v_text(text);
	if (field_is_number(f))
		return v_int(strtoll(text, NULL, 10));
	return v_text(family_of(f) == FAMILY_TEXT ? fold(cx->mem, text) : text);
}

void rule_read(struct ctx *cx, struct rule *rule, const char *field, const char *test)
{
	const struct entity *leads = entity_of(cx, &lead_entity);
	int at = entity_find(leads, field);
	char **texts;

	rule->test = test_named(test);
	rule->at = at < 0 ? 0 : (size_t)at;
	rule->field = at < 0 ? NULL : entity_field(leads, rule->at);
	if (!rule->field)
		return;
	if (rule->test == TEST_IS_ONE_OF) {
		texts = cut(cx, rule->value, &rule->n);
	} else {
		texts = arena_alloc(cx->mem, 2 * sizeof(*texts));
		texts[0] = arena_dup(cx->mem, rule->value);
		texts[1] = arena_dup(cx->mem, rule->value_to);
		rule->n = rule->test == TEST_BETWEEN ? 2 : takes_value(rule->test);
	}
	rule->values = arena_alloc(cx->mem, (rule->n + 1) * sizeof(*rule->values));
	for (size_t i = 0; i < rule->n; i++)
		rule->values[i] = stored_value(cx, rule->field, texts[i]);
}

/* A value as it is kept in a rule: exact, the same in every language. */
static const char *canonical(struct ctx *cx, const struct field *f, const struct val *v)
{
	char text[MONEY_TEXT];

	if (f->type == FIELD_MONEY) {
		money_write(v->i, text);
		return arena_dup(cx->mem, text);
	}
	return v->type == VAL_INT ? textf(cx, "%" PRId64, v->i) : v->s;
}

static void free_links(void *links)
{
	import_links_free(links);
}

static bool is_number(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s) && strlen(s) < 17;
}

/* By name, as in a file; or by number, as programs know it. */
static bool take_link(struct ctx *cx, const struct import_cell *cell, struct val *v)
{
	struct record *there = NULL;
	bool lost;

	if (!is_number(cell->text))
		return import_cell_read(cx, cell, v, &lost);
	if (!record_find(cx, cell->f->to, "id", v_int(strtoll(cell->text, NULL, 10)), &there))
		return false;
	*v = v_id(there ? there->id : 0);
	return true;
}

/* A day, whatever the hour. */
static bool take_day(struct ctx *cx, const char *text, struct val *v)
{
	char day[DATE_TEXT];

	*v = date_read(text, day) ? v_text(arena_dup(cx->mem, day)) : v_null();
	return true;
}

/* One value as typed, for the rule's field; refused under name. */
static bool read_value(struct ctx *cx, const struct field *f, const char *name, const char **text)
{
	struct import_cell cell = { entity_of(cx, &lead_entity), f, *text, import_links_new() };
	struct val v = v_null();
	bool lost, ok;

	arena_defer(cx->mem, free_links, cell.links);
	if (f->type == FIELD_LINK)
		ok = take_link(cx, &cell, &v);
	else if (f->type == FIELD_TIME)
		ok = take_day(cx, *text, &v);
	else
		ok = import_cell_read(cx, &cell, &v, &lost);
	if (!ok)
		return false;
	if (v.type == VAL_NULL)
		return refuse_field(
			cx, name, "qualification.value", *text, field_label(f, cx->lang));
	*text = canonical(cx, f, &v);
	return true;
}

static bool read_list(struct ctx *cx, struct record *rule, const struct field *f)
{
	struct buf list;
	char **texts;
	size_t n;

	buf_init(&list, cx->mem);
	texts = cut(cx, record_text(rule, "value"), &n);
	for (size_t i = 0; i < n; i++) {
		const char *text = texts[i];

		if (!read_value(cx, f, "value", &text))
			return false;
		buf_addf(&list, "%s%s", i ? "; " : "", text);
	}
	record_set_text(rule, "value", list.s);
	return n || refuse_field(cx, "value", "field.required");
}

static bool read_one(struct ctx *cx, struct record *rule, const struct field *f, const char *name)
{
	const char *text = record_text(rule, name);

	if (!*text)
		return refuse_field(cx, name, "field.required");
	if (!read_value(cx, f, name, &text))
		return false;
	record_set_text(rule, name, text);
	return true;
}

static bool must_ascend(struct ctx *cx, struct record *rule, const struct field *f)
{
	struct val low = stored_value(cx, f, record_text(rule, "value"));
	struct val high = stored_value(cx, f, record_text(rule, "value_to"));
	bool up = low.type == VAL_INT ? low.i <= high.i : strcmp(low.s, high.s) <= 0;

	return up || refuse_field(cx, "value_to", "qualification.descends");
}

/* What the test does not ask for is not kept. */
static bool must_have_values(
	struct ctx *cx, struct record *rule, const struct field *f, enum test test)
{
	if (!takes_value(test))
		record_set(rule, "value", v_null());
	if (test != TEST_BETWEEN)
		record_set(rule, "value_to", v_null());
	if (f->type != FIELD_MONEY || !takes_value(test))
		record_set(rule, "currency", v_null());
	else if (!currency_beside(cx, rule, "value", "currency"))
		return false;
	if (!takes_value(test))
		return true;
	if (test == TEST_IS_ONE_OF)
		return read_list(cx, rule, f);
	return read_one(cx, rule, f, "value") &&
	       (test != TEST_BETWEEN ||
		       (read_one(cx, rule, f, "value_to") && must_ascend(cx, rule, f)));
}

static bool must_make_sense(struct ctx *cx, struct record *rule)
{
	const struct entity *leads = entity_of(cx, &lead_entity);
	int at = entity_find(leads, record_text(rule, "field"));
	const struct field *f = at < 0 ? NULL : entity_field(leads, (size_t)at);
	enum test test = test_named(record_text(rule, "operator"));

	if (!record_has(rule, "field") || !record_has(rule, "operator"))
		return true; /* told as required */
	if (!f || !rule_may_ask(f))
		return refuse_field(cx, "field", "qualification.field");
	if (!rule_fits(f, test))
		return refuse_field(cx, "operator", "qualification.test", field_label(f, cx->lang));
	return must_have_values(cx, rule, f, test);
}

static bool must_be_few(struct ctx *cx, const struct record *rule)
{
	int64_t n;

	return rule->was ||
	       (db_int(cx, &n, 0,
			"select count(*) from qualification_rule where ws = $1 and removed_at is null",
			ARGS(v_int(cx->ws))) &&
		       (n < RULES_MAX || refuse(cx, PROBLEM_CONFLICT, "qualification.many")));
}

/* A new one without a position comes last. */
static bool take_position(struct ctx *cx, struct record *rule)
{
	int64_t last;

	if (record_has(rule, "position"))
		return true;
	if (!db_int(cx, &last, 0, "select max(position) from qualification_rule where ws = $1",
		    ARGS(v_int(cx->ws))))
		return false;
	record_set(rule, "position", v_int(last + 1));
	return true;
}

static bool judges_otherwise(const struct record *rule)
{
	static const char *const judging[] = { "field", "operator", "value", "value_to", "currency",
		"alternative", "active", "removed_at" };

	for (size_t i = 0; i < COUNT(judging); i++)
		if (record_changed(rule, judging[i]))
			return true;
	return false;
}

/* Every lead is judged anew by what the rules say now. */
static bool check(struct ctx *cx, struct record *rule)
{
	return (record_has(rule, "removed_at") || must_make_sense(cx, rule)) &&
	       must_be_few(cx, rule) && take_position(cx, rule) &&
	       (!judges_otherwise(rule) || lead_renewal_ask(cx));
}

static void derive(struct ctx *cx, struct record *rec)
{
	struct rule rule = { .value = record_text(rec, "value"),
		.value_to = record_text(rec, "value_to"),
		.currency = record_text(rec, "currency"),
		.question_it = record_text(rec, "question_it"),
		.question_en = record_text(rec, "question_en") };

	rule_read(cx, &rule, record_text(rec, "field"), record_text(rec, "operator"));
	record_set_text(rec, "sentence", rule_sentence(cx, &rule));
	record_set_text(rec, "question", rule_question(cx, &rule));
}

/* Under that name it is found in the history: in the words of who wrote it. */
static const char *title(struct ctx *cx, const struct record *rec)
{
	struct record said = *rec;

	said.v = arena_alloc(cx->mem, entity_width(rec->of) * sizeof(*said.v));
	memcpy(said.v, rec->v, entity_width(rec->of) * sizeof(*said.v));
	derive(cx, &said);
	return record_text(&said, "sentence");
}

static const char *const indexes[] = { "position, id", NULL };

const struct entity qualification_rule_entity = {
	.name = "qualification_rule",
	.plural = "qualification-rules",
	.it = "Regola di qualificazione",
	.en = "Qualification rule",
	.its = "Regole di qualificazione",
	.ens = "Qualification rules",
	.fields = fields,
	.field_count = COUNT(fields),
	.setup = true,
	.indexes = indexes,
	.check = check,
	.title = title,
	.derive = derive,
};

static const struct {
	const char *field, *it, *en;
} founding[] = {
	{ "need", "Di che cosa ha bisogno?", "What do they need?" },
	{ "budget", "Quanto può spendere?", "How much can they spend?" },
};

bool qualification_found(struct ctx *cx)
{
	int64_t rules;

	if (!db_int(cx, &rules, 0, "select count(*) from qualification_rule where ws = $1",
		    ARGS(v_int(cx->ws))))
		return false;
	for (size_t i = 0; !rules && i < COUNT(founding); i++) {
		struct record *rule = record_new(cx, &qualification_rule_entity);

		record_set_text(rule, "field", founding[i].field);
		record_set_text(rule, "operator", "is_filled");
		record_set_text(rule, "question_it", founding[i].it);
		record_set_text(rule, "question_en", founding[i].en);
		if (!record_store(cx, rule))
			return false;
	}
	return true;
}
