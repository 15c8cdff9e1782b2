/* Languages, zone and base currency of the firm, and what follows from a change
 * of them. */
#include "crm/firm.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/words.h"
#include "crm/lead_renewal.h"
#include "record/count.h"

bool firm_speaks(const struct record *firm, const char *lang)
{
	return record_is(firm, "languages", "both") || record_is(firm, "languages", lang);
}

bool firm_speak(struct ctx *cx)
{
	struct record *firm;

	return firm_load(cx, &firm) &&
	       (firm_speaks(firm, lang_code(cx->lang)) ||
		       lang_read(record_text(firm, "languages"), &cx->lang));
}

/* Nobody is left with a language that he did not choose. */
static bool must_be_unused(struct ctx *cx, const char *lang)
{
	int64_t users;

	if (!db_int(cx, &users, 0,
		    "select count(*) from member where ws = $1 and lang = $2 and active = 1"
		    " and removed_at is null",
		    ARGS(v_int(cx->ws), v_text(lang))))
		return false;
	return !users ||
	       refuse_field(cx, "languages", "firm.language_used", textf(cx, "%" PRId64, users));
}

static bool languages_changed(struct ctx *cx, const struct record *firm)
{
	static const char *const all[] = { "it", "en" };

	for (size_t i = 0; firm->was && i < COUNT(all); i++)
		if (!firm_speaks(firm, all[i]) && !must_be_unused(cx, all[i]))
			return false;
	return true;
}

/* What compares days of the firm's with instants begins anew.  What is
 * counted by the firm's days is counted anew. */
static bool zone_changed(struct ctx *cx, const struct record *firm)
{
	return lead_renewal_ask(cx) && (!firm->was || count_anew_ask(cx));
}

/* Rates of before they said in what they are told were in the old one. */
static bool currency_changed(struct ctx *cx, const struct record *firm)
{
	const struct val *was = firm->was ? &firm->was[record_at(firm, "currency")] : NULL;

	return (!was || db_run(cx, "update rate set base = $2 where ws = $1 and base is null",
				ARGS(v_int(cx->ws), v_text(was->s)))) &&
	       lead_renewal_ask(cx);
}

bool firm_habits_check(struct ctx *cx, struct record *firm)
{
	if (record_has(firm, "time_zone") && !zone_is_known(record_text(firm, "time_zone")))
		return refuse_field(cx, "time_zone", "field.zone", record_text(firm, "time_zone"));
	if (record_has(firm, "lang") && !firm_speaks(firm, record_text(firm, "lang")))
		return refuse_field(cx, "lang", "firm.language_unused");
	return (!record_changed(firm, "languages") || languages_changed(cx, firm)) &&
	       (!record_changed(firm, "time_zone") || zone_changed(cx, firm)) &&
	       (!record_changed(firm, "currency") || currency_changed(cx, firm));
}
