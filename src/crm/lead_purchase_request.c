/* Somebody asks to buy: the explicit request that makes a lead hot (S3.11). */
#include "base/fold.h"
#include "base/words.h"
#include "crm/lead.h"
#include "record/op.h"

enum { NOTE_MAX = 20000 };

static bool must_be_short(struct ctx *cx, const char *note)
{
	return utf8_length(note) <= NOTE_MAX ||
	       refuse_field(cx, "note", "field.too_long", textf(cx, "%d", NOTE_MAX));
}

/* It is kept as what happened: an activity of theirs. */
static bool note_down(struct ctx *cx, const struct record *lead, const char *note)
{
	struct record *activity = record_new(cx, &activity_entity);
	struct saying asked = { .key = "lead.purchase_request" };

	activity->unasked = true;
	record_set_text(activity, "kind", "comment");
	record_set_text(activity, "subject", words_say(cx->words, cx->mem, cx->lang, &asked));
	record_set_text(activity, "body", note);
	record_set_text(activity, "direction", "in");
	record_set(activity, "purchase_request", v_int(1));
	record_set(activity, "done_at", v_int(cx->now));
	record_set(activity, "lead_id", v_int(lead->id));
	return record_store(cx, activity);
}

bool lead_purchase_request(struct ctx *cx, int64_t id, const char *note, struct record **lead)
{
	bool ok = op_begin(cx, "lead.purchase_request") && lead_load(cx, id, lead) &&
		  must_be_short(cx, note) && note_down(cx, *lead, note) &&
		  record_load(cx, &lead_entity, id, RIGHT_READ, lead) && op_about(cx, *lead);

	return op_end(cx, ok);
}
