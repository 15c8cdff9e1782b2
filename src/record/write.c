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
	char text[MONEY_TEXT];

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
	case FIELD_DECIMAL:
		decimal_write(v->i, field_places(f), text);
		json_number(j, text);
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

static void write_e164(struct json_out *j, const char *s, const char *country)
{
	char e164[PHONE_TEXT];

	json_text(j, phone_read(s, country, e164) ? e164 : NULL);
}

/* A field as it is written: text is all of it when there is no value; its
 * beginning stands before a value, and e164 before a phone's companion. */
struct column {
	const struct field *field;
	size_t at;
	const char *text, *e164;
	size_t text_len, key_len, e164_len;
};

/* The fields of an entity that this user may see. */
struct layout {
	const struct entity *of;
	const struct who *who;
	struct column *columns;
	size_t n;
	int country;
};

static void lay_out(struct ctx *cx, struct column *c, const struct field *f, size_t at)
{
	const char *none = f->type == FIELD_JSON ? "{}" : f->type == FIELD_LIST ? "[]" : "null";
	char *text = arena_raw(cx->mem, 2 * strlen(f->name) + 32), *end;

	*c = (struct column){ .field = f, .at = at, .text = text };
	end = stpcpy(stpcpy(stpcpy(text, ",\""), f->name), "\":");
	c->key_len = (size_t)(end - text);
	end = stpcpy(end, none);
	if (f->type == FIELD_PHONE) {
		c->e164 = end;
		end = stpcpy(stpcpy(stpcpy(end, ",\""), f->name), "_e164\":");
		c->e164_len = (size_t)(end - c->e164);
		end = stpcpy(end, "null");
	}
	c->text_len = (size_t)(end - text);
}

/* Made once for all records of a page. */
static const struct layout *layout_of(struct ctx *cx, const struct entity *of)
{
	struct layout *l = cx->layout;
	size_t width = entity_width(of);

	if (l && l->of == of && l->who == cx->who)
		return l;
	cx->layout = l = arena_alloc(cx->mem, sizeof(*l));
	*l = (struct layout){ .of = of, .who = cx->who, .country = entity_find(of, "country") };
	l->columns = arena_raw(cx->mem, width * sizeof(*l->columns));
	for (size_t i = 0; i < width; i++) {
		const struct field *f = entity_field(of, i);

		if (!f->secret && rights_field(cx->who, of, f->name) != FIELD_HIDDEN)
			lay_out(cx, &l->columns[l->n++], f, i);
	}
	return l;
}

static const char *text_at(const struct record *rec, int at)
{
	return at >= 0 && rec->v[at].type == VAL_TEXT ? rec->v[at].s : "";
}

/* Something stands before them already: each begins with its comma. */
static void write_fields(struct ctx *cx, struct json_out *j, const struct record *rec)
{
	const struct layout *l = layout_of(cx, rec->of);

	for (size_t i = 0; i < l->n; i++) {
		const struct column *c = &l->columns[i];
		const struct val *v = &rec->v[c->at];

		if (v->type == VAL_NULL) {
			buf_addn(&j->text, c->text, c->text_len);
			continue;
		}
		buf_addn(&j->text, c->text, c->key_len);
		j->comma = false;
		field_write(j, c->field, v);
		if (!c->e164)
			continue;
		buf_addn(&j->text, c->e164, c->e164_len);
		j->comma = false;
		write_e164(j, v->s, text_at(rec, l->country));
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

void record_write_warning(
	struct json_out *j, const char *field, const char *text, const char *proposal)
{
	json_open(j, '{');
	json_put_text(j, "field", field);
	json_put_text(j, "text", text);
	json_put_text(j, "proposal", proposal);
	json_close(j, '}');
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
		record_write_warning(j, f->name, words_say(cx->words, cx->mem, cx->lang, &text),
			*proposal ? proposal : NULL);
	}
	ok = !rec->of->warn || rec->of->warn(cx, j, rec);
	json_close(j, ']');
	return ok;
}

static const char *show_parts(struct ctx *cx, const struct field *f, int64_t whole)
{
	char text[MONEY_TEXT];

	if (f->type == FIELD_MONEY)
		money_write(whole, text);
	else
		decimal_write(whole, field_places(f), text);
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
	case FIELD_DECIMAL:
		return show_parts(cx, f, v->i);
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
