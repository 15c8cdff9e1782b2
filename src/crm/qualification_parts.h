/* qualification_parts - a rule of the profile while it is read, judged, said. */
#pragma once

#include "crm/qualification.h"

enum test {
	TEST_IS,
	TEST_IS_NOT,
	TEST_IS_ONE_OF,
	TEST_CONTAINS,
	TEST_AT_LEAST,
	TEST_AT_MOST,
	TEST_BETWEEN,
	TEST_IS_FILLED,
	TEST_IS_EMPTY,
	TEST_IS_ANY, /* always met: "country: any" */
	TEST_COUNT
};

/* By enum test. */
extern const struct choice rule_tests[];

enum { RULE_VALUES = 50, RULES_MAX = 200 };

struct rule {
	struct rule *next;
	int64_t id;
	const struct field *field; /* NULL: there is no such field */
	size_t at;
	enum test test;
	const char *value, *value_to; /* as stored: "20000000", "Edilizia; Impianti" */
	const char *currency;	      /* "" but for money */
	const char *alternative;      /* "" for none */
	const char *question_it, *question_en;
	struct val *values; /* as the field keeps them; texts folded */
	size_t n;
	enum verdict verdict; /* of the lead judged last */
	bool lacks_rate;      /* ... unknown for want of a rate alone */
};

struct qualification {
	struct rule *first;
	struct rates *rates;  /* NULL until a sum is in another currency */
	bool is_someone;      /* the lead judged last has a name */
	struct record *typed; /* for what is judged as typed; NULL until then */
	struct import_links *links;
};

/* qualification_rule.c: whether a rule may ask this field, by this test. */
bool rule_may_ask(const struct field *f);
bool rule_fits(const struct field *f, enum test test);
/* Field, test and values out of their texts, as they are stored. */
void rule_read(struct ctx *cx, struct rule *rule, const char *field, const char *test);

/* qualification_say.c: in the caller's language, "Turnover at least 20,000,000
 * USD"; what to ask when the field is empty; a value of the lead. */
const char *rule_sentence(struct ctx *cx, const struct rule *rule);
const char *rule_question(struct ctx *cx, const struct rule *rule);
const char *rule_seen(struct ctx *cx, const struct field *f, const struct record *lead);
