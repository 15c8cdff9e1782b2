/* A lead's phase: from its conversion, its status and its heat. */
#include "crm/lead_phase.h"

#include <string.h>

const struct choice lead_phases[] = {
	{ "lead", "Lead", "Lead" },
	{ "hot_lead", "Hot lead", "Hot lead" },
	{ "converted", "Convertito", "Converted" },
	{ "out", "Fuori", "Out" },
	{ NULL },
};

const char *lead_phase(struct ctx *cx, const struct record *lead)
{
	if (record_has(lead, "converted_at"))
		return "converted";
	if (record_is(lead, "status_type", "not_interested") ||
		record_is(lead, "status_type", "abandoned"))
		return "out";
	return record_int(lead, "hot_until") > cx->now ? "hot_lead" : "lead";
}

bool lead_phase_asked(struct ctx *cx, const struct by_clock *by, struct buf *sql, struct args *args)
{
	static const struct {
		const char *word, *sql;
	} ways[] = {
		{ "lead", " and t.converted_at is null"
			  " and t.status_type in ('open', 'frozen', 'qualified')"
			  " and (t.hot_until is null or t.hot_until <= " },
		{ "hot_lead", " and t.converted_at is null"
			      " and t.status_type in ('open', 'frozen', 'qualified')"
			      " and (t.hot_until > " },
		{ "converted", " and t.converted_at is not null" },
		{ "out", " and t.converted_at is null"
			 " and t.status_type in ('not_interested', 'abandoned')" },
	};
	size_t i = 0;

	while (i < COUNT(ways) && strcmp(ways[i].word, by->value) != 0)
		i++;
	if (i == COUNT(ways))
		return refuse_field(
			cx, by->field->name, "query.value", textf(cx, "%.60s", by->value));
	buf_add(sql, ways[i].sql);
	if (i < 2)
		buf_addf(sql, "$%zu)", args_add(args, v_int(cx->now)));
	return true;
}
