/* A record as others see it: JSON, and values in people's words. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/codes.h"
#include "base/money.h"
#include "base/phone.h"
#include "base/words.h"
#include "record/record.h"

void field_write(struct json_out *j, const struct field *f, const struct val *v)
{
	if (v->type == VAL_NULL) {
		if (f->type == FIELD_JSON)
			json_raw(j, "{}");
		else if (f->type == FIELD_LIST)
			json_raw(j, "[]");
		else
			json_none(j);
		return;
	}
	switch (f->type) {
	case FIELD_MONEY:
		json_money(j, v->i);
		break;
	case FIELD_TIME:
		json_time(j, v->i);
		break;
	case FIELD_BOOL:
		json_bool(j, v->i != 0);
		break;
	case FIELD_LIST:
	case FIELD_JSON:
		json_raw(j, v->s);
		break;
	default:
		if (v->type == VAL_INT)
			json_int(j, v->i);
		else
			json_text(j, v->s);
	}
}

static void write_e164(struct ctx *cx, struct json_out *j, const struct record *rec, size_t i)
{
	const struct field *f = entity_field(rec->of, i);
	int country = entity_find(rec->of, "country");
	char e164[PHONE_TEXT];
	bool good;

	good = rec->v[i].type == VAL_TEXT &&
	       phone_read(rec->v[i].s,
		       country >= 0 && rec->v[country].type == VAL_TEXT ? rec->v[country].s : "",
		       e164);
	json_put_text(j, textf(cx, "%s_e164", f->name), good ? e164 : NULL);
}

static void write_fields(struct ctx *cx, struct json_out *j, const struct record *rec)
{
	for (size_t i = 0; i < entity_width(rec->of); i++) {
		const struct field *f = entity_field(rec->of, i);

		if (f->secret || rights_field(cx->who, rec->of, f->name) == FIELD_HIDDEN)
			continue;
		json_key(j, f->name);
		field_write(j, f, &rec->v[i]);
		if (f->type == FIELD_PHONE)
			write_e164(cx, j, rec, i);
	}
}

static void write_head(struct ctx *cx, struct json_out *j, const struct record *rec)
{
	json_put_int(j, "id", rec->id);
	json_put_text(j, "entity", rec->of->name);
	json_put_text(j, "title", record_title(cx, rec));
	json_put_int(j, "version", rec->version);
	json_put_time(j, "created_at", rec->created_at);
	json_put_time(j, "updated_at", rec->updated_at);
}

void record_write(struct ctx *cx, struct json_out *j, const struct record *rec)
{
	json_open(j, '{');
	write_head(cx, j, rec);
	write_fields(cx, j, rec);
	json_close(j, '}');
}

bool record_write_whole(struct ctx *cx, struct json_out *j, const struct record *rec)
{
	struct names *names = names_new(cx);
	bool ok;

	json_open(j, '{');
	write_head(cx, j, rec);
	write_fields(cx, j, rec);
	names_want_links(names, rec);
	ok = names_write(cx, names, j);
	json_key(j, "warnings");
	ok = record_write_warnings(cx, j, rec) && ok;
	json_close(j, '}');
	return ok;
}

static const char *code_words[] = {
	[CODE_LENGTH] = "warning.code_length",
	[CODE_CHECK] = "warning.code_check",
	[CODE_ZERO_LOST] = "warning.zero_lost",
};

const char *field_doubt(const struct field *f, const char *s, char *proposal)
{
	enum code_state state = CODE_GOOD;
	char e164[PHONE_TEXT];

	*proposal = '\0';
	if (f->type == FIELD_VAT)
		state = vat_number_check(s, proposal);
	else if (f->type == FIELD_TAX_CODE)
		state = tax_code_check(s, proposal);
	else if (f->type == FIELD_PHONE && !phone_read(s, "", e164))
		return phone_mend(s, proposal) ? "warning.phone_zero" : "warning.phone";
	return state == CODE_GOOD ? NULL : code_words[state];
}

static void write_warning(
	struct json_out *j, const char *field, const char *text, const char *proposal)
{
	json_open(j, '{');
	json_put_text(j, "field", field);
	json_put_text(j, "text", text);
	json_put_text(j, "proposal", proposal);
	json_close(j, '}');
}

static bool write_entity_warning(struct ctx *cx, struct json_out *j, const struct record *rec)
{
	const char *field = "", *text = NULL;

	if (rec->of->warn && !rec->of->warn(cx, rec, &field, &text))
		return false;
	if (text)
		write_warning(j, field, text, NULL);
	return true;
}

bool record_write_warnings(struct ctx *cx, struct json_out *j, const struct record *rec)
{
	bool ok;

	json_open(j, '[');
	for (size_t i = 0; i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];
		const struct val *v = &rec->v[i];
		struct saying text = { 0 };
		char proposal[CODE_TEXT];

		if (v->type != VAL_TEXT || !*v->s ||
			rights_field(cx->who, rec->of, f->name) == FIELD_HIDDEN)
			continue;
		text.key = field_doubt(f, v->s, proposal);
		if (!text.key)
			continue;
		text.args[0] = proposal;
		write_warning(j, f->name, words_say(cx->words, cx->mem, cx->lang, &text),
			*proposal ? proposal : NULL);
	}
	ok = write_entity_warning(cx, j, rec);
	json_close(j, ']');
	return ok;
}

static const char *show_money(struct ctx *cx, int64_t cents)
{
	char text[MONEY_TEXT];

	money_write(cents, text);
	if (cx->lang == LANG_IT)
		for (char *p = text; *p; p++)
			if (*p == '.')
				*p = ',';
	return arena_dup(cx->mem, text);
}

static const char *show_time(struct ctx *cx, int64_t ms)
{
	char text[CLOCK_TEXT];

	clock_write(ms, text);
	return arena_dup(cx->mem, text);
}

/* created_by is of every entity; users have their table rooms above. */
static const char *show_link(struct ctx *cx, const struct field *f, int64_t id)
{
	const struct entity *const *e = cx->entities;
	const char *title;

	while (!f->to && *e && strcmp((*e)->name, "user") != 0)
		e++;
	if (!f->to && !*e)
		return "";
	return record_title_of(cx, f->to ? f->to : *e, id, &title) ? title : "";
}

const char *field_show(struct ctx *cx, const struct field *f, const struct val *v)
{
	const struct choice *c;

	if (v->type == VAL_NULL)
		return "";
	switch (f->type) {
	case FIELD_MONEY:
		return show_money(cx, v->i);
	case FIELD_TIME:
		return show_time(cx, v->i);
	case FIELD_BOOL:
		return v->i ? (cx->lang == LANG_IT ? "sì" : "yes") : "no";
	case FIELD_LINK:
		return show_link(cx, f, v->i);
	case FIELD_CHOICE:
		c = field_choice(f, v->s);
		return !c ? v->s : cx->lang == LANG_IT ? c->it : c->en;
	default:
		return v->type == VAL_INT ? textf(cx, "%" PRId64, v->i) : v->s;
	}
}
