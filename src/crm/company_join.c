/* Companies that are the same: the customer's code and standing win. */
#include <string.h>

#include "crm/company.h"
#include "record/join.h"

/* The one whose code it will be; NULL when none has one. */
static bool find_code(struct ctx *cx, const struct joining *j, struct record **holder)
{
	*holder = record_has(j->survivor, "customer_code") ? j->survivor : NULL;
	for (size_t i = 0; i < j->n; i++) {
		struct record *other = j->others[i];

		if (!record_has(other, "customer_code"))
			continue;
		if (*holder &&
			!record_is(*holder, "customer_code", record_text(other, "customer_code")))
			return refuse(cx, PROBLEM_CONFLICT, "company.two_codes",
				record_text(*holder, "customer_code"),
				record_text(other, "customer_code"));
		*holder = other;
	}
	return true;
}

/* Customer since the first of them was. */
static void become_customer(struct record *survivor, const struct record *other)
{
	int64_t since = record_int(other, "became_customer_at");

	if (!record_is(other, "type", "customer"))
		return;
	record_set_text(survivor, "type", "customer");
	if (since && (!record_has(survivor, "became_customer_at") ||
			     since < record_int(survivor, "became_customer_at")))
		record_set(survivor, "became_customer_at", v_int(since));
}

/* A code is unique: the one that goes gives it up. */
static void hand_over(struct record *to, struct record *from)
{
	record_copy(to, from, "customer_code");
	record_copy(to, from, "code_generated");
	record_set(from, "customer_code", v_null());
}

static void keep_former_code(struct record *survivor, const struct record *other)
{
	if (!record_has(survivor, "former_customer_code"))
		record_copy(survivor, other, "former_customer_code");
}

bool company_join(struct ctx *cx, struct joining *j)
{
	struct record *holder;

	if (!find_code(cx, j, &holder))
		return false;
	for (size_t i = 0; i < j->n; i++) {
		become_customer(j->survivor, j->others[i]);
		keep_former_code(j->survivor, j->others[i]);
	}
	if (holder && holder != j->survivor)
		hand_over(j->survivor, holder);
	return true;
}
