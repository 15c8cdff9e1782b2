/* Why a lead is hot, warm or cold, in words. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/words.h"
#include "crm/entities.h"
#include "crm/lead_temperature.h"

static const char *day_of(struct ctx *cx, int64_t ms)
{
	char day[DATE_TEXT];

	date_of(ms, cx->zone, day);
	if (cx->lang != LANG_IT)
		return textf(cx, "%s", day);
	return textf(cx, "%.2s/%.2s/%.4s", day + 8, day + 5, day);
}

static void say(struct ctx *cx, struct json_out *j, const char *key, const char *arg)
{
	struct saying saying = { .key = key, .args = { arg } };

	json_text(j, words_say(cx->words, cx->mem, cx->lang, &saying));
}

static void say_when(struct ctx *cx, struct json_out *j, const char *key, const struct record *lead,
	const char *fact)
{
	if (record_has(lead, fact))
		say(cx, j, key, day_of(cx, record_int(lead, fact)));
}

/* Whole days without a sign of life. */
static void say_silence(struct ctx *cx, struct json_out *j, const struct record *lead)
{
	int64_t seen = record_int(lead, "last_activity_at");
	int64_t since = record_int(lead, "status_since");
	char from[DATE_TEXT], today[DATE_TEXT];

	date_of(seen > since ? seen : since, cx->zone, from);
	date_of(cx->now, cx->zone, today);
	say(cx, j, "temperature.silence", textf(cx, "%" PRId64, date_days(from, today)));
}

static bool is_overruled(const struct record *lead)
{
	return record_has(lead, "temperature_override");
}

static void write_why(struct ctx *cx, struct json_out *j, const struct record *lead)
{
	const char *type = record_text(lead, "status_type");

	json_key(j, "why");
	json_open(j, '[');
	if (is_overruled(lead))
		say(cx, j, "temperature.overruled", record_text(lead, "temperature_reason"));
	if (!strcmp(type, "qualified"))
		say(cx, j, "temperature.qualified", NULL);
	else if (strcmp(type, "open") != 0)
		say(cx, j, "temperature.not_worked", NULL);
	say_when(cx, j, "temperature.asked", lead, "purchase_request_at");
	say_when(cx, j, "temperature.answered", lead, "last_answer_at");
	if (!strcmp(type, "open"))
		say_silence(cx, j, lead);
	json_close(j, ']');
}

/* When it cools by itself, if nothing happens; none when that is never. */
static void write_until(struct ctx *cx, struct json_out *j, const struct record *lead)
{
	int64_t hot = record_int(lead, "hot_until"), warm = record_int(lead, "warm_until");
	int64_t until = hot > cx->now ? hot : warm;

	json_key(j, "until");
	if (until > cx->now && until < INT64_C(4000000000000))
		json_time(j, until);
	else
		json_none(j);
}

bool temperature_write(struct ctx *cx, struct json_out *j, int64_t lead_id)
{
	const struct choice *c = temperatures;
	struct record *lead;

	if (!record_load(cx, &lead_entity, lead_id, RIGHT_READ, &lead))
		return false;
	while (strcmp(c->value, temperature_now(cx, lead)) != 0)
		c++;
	json_open(j, '{');
	json_put_text(j, "temperature", c->value);
	json_put_text(j, "text", cx->lang == LANG_IT ? c->it : c->en);
	json_put_bool(j, "overruled", is_overruled(lead));
	write_why(cx, j, lead);
	write_until(cx, j, lead);
	json_close(j, '}');
	return true;
}
