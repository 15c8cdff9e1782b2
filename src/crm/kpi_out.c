/* Figures as JSON, one by one. */
#include "crm/kpi_out.h"

#include <inttypes.h>

void out_open(struct kpi_out *o)
{
	json_open(o->j, '{');
	json_init(&o->behind, o->cx->mem);
	json_open(&o->behind, '{');
}

void out_close(struct kpi_out *o)
{
	json_close(&o->behind, '}');
	json_key(o->j, "behind");
	json_raw(o->j, o->behind.text.s);
	json_close(o->j, '}');
}

/* Its name, and the list; false: null was written instead. */
static bool begin(struct kpi_out *o, const char *name, const char *behind)
{
	json_key(o->j, name);
	if (!kpi_shows(o->cx, name)) {
		json_none(o->j);
		return false;
	}
	if (behind)
		json_put_text(&o->behind, name, behind);
	return true;
}

void out_count(struct kpi_out *o, const char *name, int64_t n, const char *behind)
{
	if (begin(o, name, behind))
		json_int(o->j, n);
}

void out_money(struct kpi_out *o, const char *name, int64_t cents, const char *behind)
{
	if (begin(o, name, behind))
		json_money(o->j, cents);
}

void out_rate(struct kpi_out *o, const char *name, struct kpi_rate rate, const char *behind)
{
	int64_t n = rate.whole ? (rate.part * 10000 + rate.whole / 2) / rate.whole : 0;

	if (!begin(o, name, behind))
		return;
	if (rate.whole)
		json_raw(o->j, textf(o->cx, "%" PRId64 ".%04" PRId64, n / 10000, n % 10000));
	else
		json_none(o->j);
}

void out_days(struct kpi_out *o, const char *name, struct kpi_rate seconds, const char *behind)
{
	int64_t tenths = seconds.whole ? seconds.part / seconds.whole / 8640 : 0;

	if (!begin(o, name, behind))
		return;
	if (seconds.whole)
		json_raw(o->j, textf(o->cx, "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10));
	else
		json_none(o->j);
}

void out_deals(struct kpi_out *o, const struct kpi_deals *deals, const char *behind)
{
	out_count(o, "count", deals->count, behind);
	out_money(o, "amount", deals->amount, behind);
	out_money(o, "weighted_amount", deals->weighted, behind);
}
