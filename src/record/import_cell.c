/* A cell of a file as a field's value: Italian and ISO forms, labels, names.
 * What does not fit is not forced: the row keeps it under its heading. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/money.h"
#include "base/phone.h"
#include "record/import_parts.h"

/* What other programs write where there is nothing, folded or as it is. */
static bool is_filler(const char *s)
{
	static const char *const fillers[] = { "select", "Select", "SELECT", "seleziona",
		"Seleziona", "n/a", "N/A", "n.a.", "N.A.", "n/d", "N/D", "n.d.", "N.D.", "#N/A",
		"#N/D", "NULL", "(null)", "-", "--", "---", "?", ".", NULL };

	for (const char *const *f = fillers; *f; f++)
		if (!strcmp(*f, s))
			return true;
	return false;
}

/* Blanks around a cell, the one that does not break included, say nothing. */
const char *import_trimmed(struct ctx *cx, const char *s)
{
	size_t n;

	for (;; s += *s == '\xc2' ? 2 : 1)
		if (!*s || (!strchr(" \t\r\n", *s) && strncmp(s, "\xc2\xa0", 2) != 0))
			break;
	n = strlen(s);
	while (n && (strchr(" \t\r\n", s[n - 1]) || (n > 1 && !strncmp(s + n - 2, "\xc2\xa0", 2))))
		n -= s[n - 1] == '\xa0' ? 2 : 1;
	if (s[n]) {
		char *cut = arena_alloc(cx->mem, n + 1);

		memcpy(cut, s, n);
		return cut;
	}
	return s;
}

static bool take_text(struct val *v, const struct field *f, const char *s)
{
	if (field_text_problem(f, s))
		return false;
	*v = v_text(s);
	return true;
}

/* The first of several in one cell: "a@b.it; c@d.it", "Anna <a@b.it>". */
static bool take_email(struct ctx *cx, const struct import_cell *c, struct val *v, bool *lost)
{
	const char *at = c->text;

	if (take_text(v, c->f, !strncasecmp(at, "mailto:", 7) ? at + 7 : at))
		return true;
	while (*at) {
		size_t n = strcspn(at, " \t\r\n,;/|<>()[]\"'");
		const char *one = n < 255 ? textf(cx, "%.*s", (int)n, at) : "";

		if (strchr(one, '@') && take_text(v, c->f, one)) {
			*lost = true;
			return true;
		}
		at += n + (at[n] != '\0');
	}
	return false;
}

/* Whether a second number may stand in it: what parts numbers, or too many
 * digits for one. */
static bool may_be_two(const char *s)
{
	size_t digits = 0;

	for (const char *p = s; *p; p++) {
		digits += isdigit((unsigned char)*p) != 0;
		if (strchr("/;,|\n-", *p) || isalpha((unsigned char)*p))
			return true;
	}
	return digits > 13;
}

/* The shortest beginning of the cell that holds the first number whole. */
static const char *first_number(struct ctx *cx, const char *s, const char *e164)
{
	const char *const *numbers;

	for (size_t n = 5; s[n - 1]; n++) {
		const char *part;

		if (!isdigit((unsigned char)s[n - 1]) || isdigit((unsigned char)s[n]))
			continue;
		part = textf(cx, "%.*s", (int)n, s);
		if (phone_split(cx->mem, part, "", &numbers) == 1 && !strcmp(numbers[0], e164))
			return part;
	}
	return NULL;
}

static bool take_phone(struct ctx *cx, const struct import_cell *c, struct val *v, bool *lost)
{
	bool fits = take_text(v, c->f, c->text);
	const char *const *numbers;
	const char *first;
	size_t n;

	if (fits && !may_be_two(c->text))
		return true;
	n = phone_split(cx->mem, c->text, "", &numbers);
	if (n < 1 || (fits && n < 2))
		return fits;
	first = strlen(c->text) >= 5 ? first_number(cx, c->text, numbers[0]) : NULL;
	*v = v_text(first ? first : numbers[0]);
	*lost = true;
	return true;
}

static bool take_choice(struct ctx *cx, const struct field *f, const char *s, struct val *v)
{
	const char *folded = fold(cx->mem, s);

	for (const struct choice *c = f->choices; c && c->value; c++)
		if (!strcmp(fold(cx->mem, c->value), folded) ||
			!strcmp(fold(cx->mem, c->it), folded) ||
			!strcmp(fold(cx->mem, c->en), folded)) {
			*v = v_text(c->value);
			return true;
		}
	return false;
}

static bool take_bool(struct ctx *cx, const char *s, struct val *v)
{
	static const char *const yes[] = { "si", "yes", "y", "s", "true", "vero", "1", "x", "on",
		NULL };
	static const char *const no[] = { "no", "n", "false", "falso", "0", "off", NULL };
	const char *folded = fold(cx->mem, s);

	for (const char *const *w = yes; *w; w++)
		if (!strcmp(*w, folded)) {
			*v = v_int(1);
			return true;
		}
	for (const char *const *w = no; *w; w++)
		if (!strcmp(*w, folded)) {
			*v = v_int(0);
			return true;
		}
	return false;
}

static bool take_number(const struct field *f, const char *s, struct val *v)
{
	char text[32];
	size_t n = strlen(s);
	int64_t whole;

	if (f->type == FIELD_MONEY || f->type == FIELD_DECIMAL) {
		if (f->type == FIELD_MONEY ? !money_read_typed(s, &whole)
					   : !decimal_read_typed(s, field_places(f), &whole))
			return false;
		*v = v_int(whole);
		return true;
	}
	if (f->type == FIELD_PERCENT && n && s[n - 1] == '%')
		n--;
	if (n >= sizeof(text))
		return false;
	memcpy(text, s, n);
	text[n] = '\0';
	if (!number_read_typed(text, &whole) ||
		(f->type == FIELD_PERCENT && (whole < 0 || whole > 100)))
		return false;
	*v = v_int(whole);
	return true;
}

/* The time of day that a plain date drops is kept beside it. */
static bool take_date(struct ctx *cx, const char *s, struct val *v, bool *lost)
{
	char date[DATE_TEXT];
	const char *colon = strchr(s, ':');

	if (!date_read(s, date))
		return false;
	*v = v_text(arena_dup(cx->mem, date));
	*lost = colon && strspn(colon - (colon > s), ":0.Z") != strlen(colon - (colon > s));
	return true;
}

static bool take_time(struct ctx *cx, const char *s, struct val *v)
{
	int64_t ms;

	if (!instant_read(s, cx->zone, &ms))
		return false;
	*v = v_int(ms);
	return true;
}

static bool take_currency(struct ctx *cx, const char *s, struct val *v)
{
	static const struct {
		const char *sign, *code;
	} signs[] = {
		{ "€", "EUR" },
		{ "euro", "EUR" },
		{ "eur", "EUR" },
		{ "£", "GBP" },
		{ "$", "USD" },
		{ "us$", "USD" },
	};
	char code[4] = "";

	for (size_t i = 0; i < COUNT(signs); i++)
		if (!strcasecmp(signs[i].sign, s)) {
			*v = v_text(signs[i].code);
			return true;
		}
	for (size_t i = 0; i < 3 && strlen(s) == 3; i++)
		code[i] = (char)toupper((unsigned char)s[i]);
	if (!currency_is_known(code))
		return false;
	*v = v_text(arena_dup(cx->mem, code));
	return true;
}

static bool take_list(struct ctx *cx, const struct field *f, const char *s, struct val *v)
{
	struct field one = { .name = f->name,
		.max = 254,
		.type = strstr(f->name, "mail") ? FIELD_EMAIL : FIELD_PHONE };
	struct json_out j;

	if (field_text_problem(&one, s))
		return false;
	json_init(&j, cx->mem);
	json_open(&j, '[');
	json_open(&j, '{');
	json_put_text(&j, "kind", "other");
	json_put_text(&j, "value", s);
	json_close(&j, '}');
	json_close(&j, ']');
	*v = v_text(j.text.s);
	return true;
}

static bool take_link(struct ctx *cx, const struct import_cell *c, struct val *v, bool *ok)
{
	int64_t id = 0;

	*ok = import_link_find(cx, c, &id);
	*v = v_id(id);
	return *ok && id;
}

static bool takes(struct ctx *cx, const struct import_cell *c, struct val *v, bool *lost)
{
	switch (c->f->type) {
	case FIELD_EMAIL:
		return take_email(cx, c, v, lost);
	case FIELD_PHONE:
		return take_phone(cx, c, v, lost);
	case FIELD_CHOICE:
		return take_choice(cx, c->f, c->text, v);
	case FIELD_MONEY:
	case FIELD_DECIMAL:
	case FIELD_INT:
	case FIELD_PERCENT:
		return take_number(c->f, c->text, v);
	case FIELD_BOOL:
		return take_bool(cx, c->text, v);
	case FIELD_DATE:
		return take_date(cx, c->text, v, lost);
	case FIELD_TIME:
		return take_time(cx, c->text, v);
	case FIELD_CURRENCY:
		return take_currency(cx, c->text, v);
	case FIELD_LIST:
		return take_list(cx, c->f, c->text, v);
	default:
		return take_text(v, c->f, c->text);
	}
}

bool import_cell_read(struct ctx *cx, const struct import_cell *c, struct val *v, bool *lost)
{
	bool ok = true;

	*lost = false;
	*v = v_null();
	if (!is_filler(c->text) &&
		(c->f->type == FIELD_LINK ? take_link(cx, c, v, &ok) : takes(cx, c, v, lost)))
		return true;
	*v = v_null();
	*lost = true;
	return ok;
}

/* What is wrong with a cell that does not fit, in the field's words. */
static const char *misfit(const struct field *f, const char *s)
{
	const char *why = field_text_problem(f, s);

	switch (f->type) {
	case FIELD_MONEY:
		return "cell.money";
	case FIELD_DECIMAL:
		return "cell.decimal";
	case FIELD_INT:
	case FIELD_PERCENT:
		return "cell.number";
	case FIELD_LINK:
		return "field.link";
	default:
		return why ? why : "field.type";
	}
}

bool import_cell_take(struct ctx *cx, const struct entity *of, const struct field *f,
	const char *text, struct import_taken *taken)
{
	struct import_cell cell = { of, f, import_trimmed(cx, text), NULL };

	*taken = (struct import_taken){ .v = v_null() };
	if (!*cell.text || is_filler(cell.text))
		return true;
	if (!import_cell_read(cx, &cell, &taken->v, &taken->partly))
		return false;
	if (taken->v.type == VAL_NULL)
		taken->why = misfit(f, cell.text);
	return true;
}

const char *import_cell_typed(struct ctx *cx, const char *text)
{
	char *clean = arena_dup(cx->mem, import_trimmed(cx, text));

	for (char *p = clean; *p; p++)
		if (((unsigned char)*p < ' ' && *p != '\n' && *p != '\t') || *p == 0x7f)
			*p = ' ';
	return clean;
}
