/* From what a caller sent to what a field may hold. */
#include <math.h>
#include <string.h>
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fold.h"
#include "base/money.h"
#include "base/phone.h"
#include "record/custom.h"
#include "record/parts.h"

enum { TEXT_MAX = 200, LONG_MAX_CHARS = 20000, CUSTOM_MAX = 200 };

static unsigned longest(const struct field *f)
{
	if (f->max)
		return f->max;
	return f->type == FIELD_LONGTEXT ? LONG_MAX_CHARS : TEXT_MAX;
}

/* Control characters have no place in text, but line breaks and tabs do. */
static bool has_control(const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
			return true;
	}
	return false;
}

/* One @, something before it, a dotted domain of letters, digits and hyphens
 * after; stricter than RFC 5322 on quotes and spaces, as mail systems are. */
static bool is_email(const char *s)
{
	const char *at = strchr(s, '@');
	const char *label;

	if (!at || at == s || strchr(at + 1, '@') || strlen(s) > 254 || at - s > 64)
		return false;
	for (const char *p = s; p < at; p++)
		if ((unsigned char)*p <= ' ' || strchr("()<>,;:\\\"[]", *p))
			return false;
	if (s[0] == '.' || at[-1] == '.' || !strchr(at, '.'))
		return false;
	label = at + 1;
	for (const char *p = label;; p++) {
		bool end = *p == '.' || !*p;
		bool letter = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			      (*p >= '0' && *p <= '9') || (unsigned char)*p >= 0x80;

		if (!end && !letter && *p != '-')
			return false;
		if (end && (p == label || p - label > 63 || *label == '-' || p[-1] == '-'))
			return false;
		if (!*p)
			return true;
		if (end)
			label = p + 1;
	}
}

/* http, https, or a bare host with a dot; nothing that a browser would run. */
static bool is_url(const char *s)
{
	const char *host = s;
	size_t n;

	if (!strncasecmp(s, "http://", 7))
		host = s + 7;
	else if (!strncasecmp(s, "https://", 8))
		host = s + 8;
	n = strcspn(host, "/?#:");
	if (!n || n > 253 || !memchr(host, '.', n) || host[0] == '.' || host[n - 1] == '.')
		return false;
	if (host == s && host[n] == ':')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_",
			    host[i]) &&
			(unsigned char)host[i] < 0x80)
			return false;
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || strchr("<>\"`", *s))
			return false;
	return true;
}

/* Digits enough to be one, and nothing but what people write around them. */
static bool is_phone(const char *s)
{
	size_t digits = 0;

	for (const char *p = s; *p; p++) {
		digits += *p >= '0' && *p <= '9';
		if (strchr("<>;\"`=\n\r", *p))
			return false;
	}
	return digits >= 3;
}

/* What is wrong with a text, as a key of locales; NULL when nothing is. */
const char *field_text_problem(const struct field *f, const char *s)
{
	size_t max = longest(f);

	if (strlen(s) > max && utf8_length(s) > max)
		return "field.too_long";
	if (has_control(s))
		return "field.control";
	if (!*s)
		return NULL;
	switch (f->type) {
	case FIELD_EMAIL:
		return is_email(s) ? NULL : "field.email";
	case FIELD_URL:
		return is_url(s) ? NULL : "field.url";
	case FIELD_PHONE:
		return is_phone(s) ? NULL : "field.phone";
	case FIELD_CHOICE:
		return field_choice(f, s) ? NULL : "field.choice";
	case FIELD_DATE:
		return date_is_valid(s) ? NULL : "field.date";
	case FIELD_CURRENCY:
		return currency_is_known(s) ? NULL : "field.currency";
	default:
		return NULL;
	}
}

static const char *max_text(struct ctx *cx, const struct field *f)
{
	return textf(cx, "%u", longest(f));
}

static bool take_text(struct ctx *cx, struct val *v, const struct field *f, const char *s)
{
	const char *problem = field_text_problem(f, s);

	if (!*s && (f->type == FIELD_CHOICE || f->type == FIELD_DATE || f->type == FIELD_CURRENCY))
		problem = f->type == FIELD_DATE ? "field.date" : "field.choice";
	if (problem)
		return refuse_field(cx, f->name, problem, max_text(cx, f));
	*v = *s ? v_text(arena_dup(cx->mem, s)) : v_null();
	return true;
}

/* jansson gives reals as doubles; an amount is exact to the cent below 2^53, and
 * so is any other number to its last place. */
static bool take_parts(struct ctx *cx, struct val *v, const struct field *f, const json_t *given)
{
	int64_t parts = f->type == FIELD_MONEY ? 100 : 1000000, whole;

	if (json_is_integer(given)) {
		int64_t units = json_integer_value(given);

		if (units > MONEY_MAX / parts || units < -MONEY_MAX / parts)
			return refuse_field(cx, f->name, "field.too_large");
		whole = units * parts;
	} else {
		double units = json_real_value(given);
		double exact = units * (double)parts, rounded = round(exact);

		if (!(fabs(exact) <= (double)MONEY_MAX))
			return refuse_field(cx, f->name, "field.too_large");
		if (fabs(exact - rounded) > 1e-4 * fmax(1, fabs(exact) * 1e-10))
			return refuse_field(
				cx, f->name, parts == 100 ? "field.cents" : "field.millionths");
		whole = (int64_t)rounded;
	}
	*v = v_int(whole);
	return true;
}

static bool take_whole(struct ctx *cx, struct val *v, const struct field *f, int64_t n)
{
	if (f->type == FIELD_PERCENT && (n < 0 || n > 100))
		return refuse_field(cx, f->name, "field.percent");
	if (f->type == FIELD_INT &&
		(n < -INT64_C(9007199254740991) || n > INT64_C(9007199254740991)))
		return refuse_field(cx, f->name, "field.too_large");
	if (f->type == FIELD_LINK && n <= 0)
		return refuse_field(cx, f->name, "field.link");
	*v = v_int(n);
	return true;
}

static bool take_time(struct ctx *cx, struct val *v, const struct field *f, const json_t *given)
{
	int64_t ms;

	if (!json_is_string(given) || !clock_read(json_string_value(given), &ms))
		return refuse_field(cx, f->name, "field.time");
	*v = v_int(ms);
	return true;
}

static const char *const list_kinds = "|office|home|mobile|fax|work|private|pec|billing|other|";

/* [{"kind","value"}]: kept as JSON, checked entry by entry. */
static bool take_list(struct ctx *cx, struct val *v, const struct field *f, const json_t *given)
{
	struct field one = { .name = f->name,
		.max = 254,
		.type = strstr(f->name, "mail") ? FIELD_EMAIL : FIELD_PHONE };
	struct json_out j;
	json_t *entry;
	size_t i;

	if (!json_is_array(given) || json_array_size(given) > 20)
		return refuse_field(cx, f->name, "field.list");
	json_init(&j, cx->mem);
	json_open(&j, '[');
	json_array_foreach(given, i, entry)
	{
		const char *kind = json_string_value(json_object_get(entry, "kind"));
		const char *value = json_string_value(json_object_get(entry, "value"));

		if (json_object_size(entry) != 2 || !kind || !value || !*value ||
			!strstr(list_kinds, textf(cx, "|%.20s|", kind)) ||
			field_text_problem(&one, value))
			return refuse_field(cx, f->name, "field.list");
		json_open(&j, '{');
		json_put_text(&j, "kind", kind);
		json_put_text(&j, "value", value);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	*v = json_array_size(given) ? v_text(j.text.s) : v_null();
	return true;
}

/* custom: headings and texts; a role's rights: any object, judged by check. */
static bool take_json(struct ctx *cx, struct val *v, const struct field *f, const json_t *given)
{
	bool is_custom = !strcmp(f->name, "custom");
	const char *key;
	json_t *value;
	char *text;

	if (!json_is_object(given) || json_object_size(given) > CUSTOM_MAX)
		return refuse_field(cx, f->name, "field.object");
	json_object_foreach((json_t *)given, key,
		value) if (is_custom &&
			   (!json_is_string(value) || json_string_length(value) > 20000 ||
				   has_control(json_string_value(value)) || has_control(key) ||
				   !*key)) return refuse_field(cx, f->name, "field.object");
	text = json_dumps(given, JSON_COMPACT | JSON_ENSURE_ASCII * 0);
	*v = json_object_size(given) ? v_text(arena_dup(cx->mem, text)) : v_null();
	free(text);
	return true;
}

static bool wrong_type(struct ctx *cx, const struct field *f)
{
	return refuse_field(cx, f->name, "field.type");
}

static bool take(struct ctx *cx, struct val *v, const struct field *f, const json_t *given)
{
	switch (f->type) {
	case FIELD_MONEY:
	case FIELD_DECIMAL:
		return json_is_number(given) ? take_parts(cx, v, f, given) : wrong_type(cx, f);
	case FIELD_INT:
	case FIELD_PERCENT:
	case FIELD_LINK:
		if (!json_is_integer(given))
			return wrong_type(cx, f);
		return take_whole(cx, v, f, json_integer_value(given));
	case FIELD_BOOL:
		if (!json_is_boolean(given))
			return wrong_type(cx, f);
		*v = v_int(json_is_true(given));
		return true;
	case FIELD_TIME:
		return take_time(cx, v, f, given);
	case FIELD_LIST:
		return !strcmp(f->name, "choices") ? custom_choices_take(cx, f, given, v)
						   : take_list(cx, v, f, given);
	case FIELD_JSON:
		return take_json(cx, v, f, given);
	default:
		return json_is_string(given) ? take_text(cx, v, f, json_string_value(given))
					     : wrong_type(cx, f);
	}
}

bool record_fill_field(
	struct ctx *cx, struct record *rec, const struct field *f, const json_t *given)
{
	struct val *v = &rec->v[record_at(rec, f->name)];

	if (f->readonly || f->derived || f->secret ||
		rights_field(cx->who, rec->of, f->name) != FIELD_OPEN)
		return refuse_field(cx, f->name, "field.readonly");
	if (json_is_null(given))
		*v = v_null();
	else if (!take(cx, v, f, given))
		return false;
	if (v->type == VAL_NULL && (f->asked || (f->required && json_is_null(given))))
		return refuse_field(cx, f->name, "field.required");
	return true;
}

static bool is_known(const struct entity *e, const char *key)
{
	int at = entity_find(e, key);

	return at >= 0 && !entity_field(e, (size_t)at)->secret;
}

static void refuse_unknown(struct ctx *cx, const struct entity *e, const json_t *body)
{
	const char *key;
	json_t *value;
	size_t told = 0;

	json_object_foreach((json_t *)body, key, value) if (!is_known(e, key) && told++ < 20)
		refuse_field(cx, textf(cx, "%.60s", key), "field.unknown");
}

bool record_fill(struct ctx *cx, struct record *rec, const json_t *body)
{
	const struct entity *e = rec->of;

	refuse_unknown(cx, e, body);
	for (size_t i = 0; i < entity_width(e); i++) {
		const struct field *f = entity_field(e, i);
		const json_t *given = json_object_get(body, f->name);

		if (given && !f->secret)
			(void)record_fill_field(cx, rec, f, given);
	}
	return cx->problem.kind == PROBLEM_NONE && record_check_links(cx, rec);
}

/* What the firm asks for is asked of new records: those that were there before
 * it did go on without. */
bool record_check_required(struct ctx *cx, const struct record *rec)
{
	bool asks = !rec->was && !rec->unasked;

	for (size_t i = 0; i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];

		if ((f->required || (asks && f->asked)) && !record_has(rec, f->name))
			refuse_field(cx, f->name, "field.required");
	}
	return cx->problem.kind == PROBLEM_NONE;
}

/* A link leads to something that is there, and that this user may read. */
static bool check_link(struct ctx *cx, const struct field *f, int64_t id)
{
	struct args args;
	struct buf sql;
	int64_t there;

	buf_init(&sql, cx->mem);
	args_init(&args, cx->mem);
	args_add(&args, v_int(cx->ws));
	args_add(&args, v_int(id));
	buf_addf(&sql,
		"select count(*) from %s t where t.ws = $1 and t.id = $2 and t.removed_at is null",
		entity_table(f->to));
	rights_where(cx, f->to, RIGHT_READ, &sql, &args);
	if (!db_int(cx, &there, 0, sql.s, args.v, args.n))
		return false;
	return there || refuse_field(cx, f->name, "field.link");
}

bool record_check_links(struct ctx *cx, struct record *rec)
{
	bool ok = true;

	for (size_t i = 0; i < rec->of->field_count; i++) {
		const struct field *f = &rec->of->fields[i];
		const struct val *v = &rec->v[i];

		if (f->type != FIELD_LINK || f->readonly || v->type != VAL_INT)
			continue;
		if (rec->was && val_same(v, &rec->was[i]))
			continue;
		ok = check_link(cx, f, v->i) && ok;
	}
	return ok;
}
