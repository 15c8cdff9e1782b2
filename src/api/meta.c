/* What a user interface draws from: entities, fields, choices, rights, and
 * the short tables it always needs. */
#include <string.h>

#include "api/handlers.h"
#include "api/version.h"
#include "base/arena.h"
#include "base/words.h"
#include "crm/entities.h"
#include "crm/firm.h"
#include "crm/next_action.h"
#include "crm/rates.h"

const char *field_type_name(enum field_type type)
{
	static const char *const names[] = {
		[FIELD_TEXT] = "text",
		[FIELD_LONGTEXT] = "longtext",
		[FIELD_EMAIL] = "email",
		[FIELD_PHONE] = "phone",
		[FIELD_URL] = "url",
		[FIELD_CHOICE] = "choice",
		[FIELD_MONEY] = "money",
		[FIELD_DECIMAL] = "decimal",
		[FIELD_INT] = "int",
		[FIELD_PERCENT] = "percent",
		[FIELD_BOOL] = "bool",
		[FIELD_DATE] = "date",
		[FIELD_TIME] = "time",
		[FIELD_LINK] = "link",
		[FIELD_VAT] = "vat_number",
		[FIELD_TAX_CODE] = "tax_code",
		[FIELD_CURRENCY] = "currency",
		[FIELD_LIST] = "list",
		[FIELD_JSON] = "json",
	};

	return names[type];
}

static void write_choices(
	struct ctx *cx, struct json_out *j, const char *key, const struct choice *choices)
{
	json_key(j, key);
	if (!choices) {
		json_none(j);
		return;
	}
	json_open(j, '[');
	for (; choices->value; choices++) {
		json_open(j, '{');
		json_put_text(j, "value", choices->value);
		json_put_text(j, "label", cx->lang == LANG_IT ? choices->it : choices->en);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static unsigned longest(const struct field *f)
{
	if (f->max)
		return f->max;
	return f->type == FIELD_LONGTEXT ? 20000 : 200;
}

/* The firm's reasons of that kind, in the caller's words; none: null. */
static bool write_suggestions(struct ctx *cx, struct json_out *j, const char *kind)
{
	struct record **all = NULL;
	size_t n = 0;

	json_key(j, "suggest");
	if (!kind) {
		json_none(j);
		return true;
	}
	if (!record_all(cx, &reason_entity, &all, &n))
		return false;
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		if (record_is(all[i], "kind", kind) && record_int(all[i], "active"))
			json_text(j, record_title(cx, all[i]));
	json_close(j, ']');
	return true;
}

static const char *group_of(const struct field *f)
{
	return f->group ? f->group : "notes";
}

static bool write_field(
	struct ctx *cx, struct json_out *j, const struct entity *e, const struct field *f)
{
	enum secrecy secrecy = rights_field(cx->who, e, f->name);

	if (f->secret || secrecy == FIELD_HIDDEN)
		return true;
	json_open(j, '{');
	json_put_text(j, "name", f->name);
	json_put_text(j, "type", field_type_name(f->type));
	json_put_text(j, "label", field_label(f, cx->lang));
	json_put_text(j, "group", group_of(f));
	json_put_bool(j, "required", f->required);
	json_put_bool(j, "asked", f->asked);
	json_put_bool(j, "hidden", f->hidden);
	json_put_bool(j, "custom", f->custom);
	json_put_bool(j, "readonly", f->readonly || f->derived || secrecy == FIELD_READONLY);
	json_put_int(j, "max", longest(f));
	json_put_bool(j, "list", f->list);
	json_put_bool(j, "quick", f->quick);
	json_put_bool(j, "sort", f->sort);
	json_put_bool(j, "filter",
		(!f->derived || f->by_clock) && f->type != FIELD_JSON && f->type != FIELD_LIST);
	write_choices(cx, j, "choices", f->choices);
	json_put_bool(j, "by_clock", f->by_clock);
	json_put_text(j, "initial", f->type == FIELD_CHOICE ? f->initial : NULL);
	json_put_text(j, "to", f->type == FIELD_LINK && f->to ? f->to->name : NULL);
	if (!write_suggestions(cx, j, f->suggest))
		return false;
	json_close(j, '}');
	return true;
}

static const char *reach_name(enum reach reach)
{
	static const char *const names[] = { "none", "own", "team", "all" };

	return names[reach];
}

static void write_can(struct ctx *cx, struct json_out *j, const struct entity *e)
{
	static const char *const names[] = { "read", "write", "remove", "export" };

	json_key(j, "can");
	json_open(j, '{');
	json_put_bool(j, "create", rights_reach(cx->who, e, RIGHT_WRITE) != REACH_NONE);
	for (size_t i = 0; i < COUNT(names); i++)
		json_put_text(j, names[i], reach_name(rights_reach(cx->who, e, (enum right)i)));
	json_close(j, '}');
}

static const struct panel *panel_named(const struct entity *e, const char *name)
{
	for (size_t i = 0; i < e->panel_count; i++)
		if (!strcmp(e->panels[i].name, name))
			return &e->panels[i];
	return NULL;
}

/* Without a name of the firm's the user interface has its own word for it. */
static void write_panel(
	struct ctx *cx, struct json_out *j, const char *name, const struct panel *own)
{
	json_open(j, '{');
	json_put_text(j, "name", name);
	json_put_text(j, "label", own ? (cx->lang == LANG_IT ? own->it : own->en) : NULL);
	json_close(j, '}');
}

static bool is_first_of_its_group(const struct entity *e, const size_t *order, size_t i)
{
	const struct field *f = entity_field(e, order[i]);

	for (size_t k = 0; k < i; k++)
		if (!entity_field(e, order[k])->secret &&
			!strcmp(group_of(entity_field(e, order[k])), group_of(f)))
			return false;
	return !f->secret;
}

/* Those that the firm put in an order, then the others as fields come, then
 * what is empty still. */
static void write_panels(
	struct ctx *cx, struct json_out *j, const struct entity *e, const size_t *order)
{
	bool *told = arena_alloc(cx->mem, (e->panel_count + 1) * sizeof(*told));

	json_key(j, "panels");
	json_open(j, '[');
	for (size_t i = 0; i < e->panel_count; i++)
		if ((told[i] = e->panels[i].placed))
			write_panel(cx, j, e->panels[i].name, &e->panels[i]);
	for (size_t i = 0; i < entity_width(e); i++) {
		const char *group = group_of(entity_field(e, order[i]));
		const struct panel *own = panel_named(e, group);

		if (!is_first_of_its_group(e, order, i) || (own && told[own - e->panels]))
			continue;
		write_panel(cx, j, group, own);
		if (own)
			told[own - e->panels] = true;
	}
	for (size_t i = 0; i < e->panel_count; i++)
		if (!told[i])
			write_panel(cx, j, e->panels[i].name, &e->panels[i]);
	json_close(j, ']');
}

static bool write_entity(struct ctx *cx, struct json_out *j, const struct entity *e)
{
	size_t *order = arena_alloc(cx->mem, entity_width(e) * sizeof(*order));

	entity_order(e, order);
	json_open(j, '{');
	json_put_text(j, "name", e->name);
	json_put_text(j, "plural", e->plural);
	json_put_text(j, "label", entity_label(e, cx->lang, false));
	json_put_text(j, "labels", entity_label(e, cx->lang, true));
	json_put_bool(j, "setup", e->setup);
	write_can(cx, j, e);
	json_key(j, "verbs");
	json_open(j, '[');
	for (const char *const *v = e->verbs; v && *v; v++)
		json_text(j, *v);
	json_close(j, ']');
	write_panels(cx, j, e, order);
	json_key(j, "fields");
	json_open(j, '[');
	for (size_t i = 0; i < entity_width(e); i++)
		if (!write_field(cx, j, e, entity_field(e, order[i])))
			return false;
	json_close(j, ']');
	json_close(j, '}');
	return true;
}

static const char *name_of(struct ctx *cx, const struct record *rec)
{
	const char *other = "";

	if (entity_find(rec->of, "name") >= 0)
		return record_text(rec, "name");
	if (cx->lang == LANG_EN)
		other = record_text(rec, "name_en");
	return *other ? other : record_text(rec, "name_it");
}

/* "Anna Bianchi" -> "AB"; whole characters, so that "È" stays one. */
static const char *initials_of(struct ctx *cx, const char *name)
{
	struct buf b;
	bool start = true;
	int n = 0;

	buf_init(&b, cx->mem);
	for (const char *p = name; *p && n < 2; p++) {
		size_t len = 1;

		while (((unsigned char)p[len] & 0xc0) == 0x80)
			len++;
		if (start && *p != ' ') {
			buf_addn(&b, p, len);
			n++;
		}
		start = *p == ' ';
		p += len - 1;
	}
	return b.s;
}

/* Members of the short tables that the UI needs, where an entity has them. */
static void write_short(struct ctx *cx, struct json_out *j, const struct record *rec)
{
	static const char *const extra[] = { "type", "position", "active", "expiry_days",
		"probability", "team_id", "pipeline_id", "required_fields", "kind", "channel" };

	json_open(j, '{');
	json_put_int(j, "id", rec->id);
	json_put_text(j, "name", name_of(cx, rec));
	if (rec->of == &user_entity)
		json_put_text(j, "initials", initials_of(cx, record_text(rec, "name")));
	for (size_t i = 0; i < COUNT(extra); i++) {
		int at = entity_find(rec->of, extra[i]);

		if (at < 0)
			continue;
		json_key(j, extra[i]);
		field_write(j, entity_field(rec->of, (size_t)at), &rec->v[at]);
	}
	json_close(j, '}');
}

static bool write_all(struct ctx *cx, struct json_out *j, const char *key, const struct entity *of)
{
	struct record **all;
	size_t n;

	if (!record_all(cx, of, &all, &n))
		return false;
	json_key(j, key);
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		write_short(cx, j, all[i]);
	json_close(j, ']');
	return true;
}

static bool write_firm(struct ctx *cx, struct json_out *j)
{
	struct record *firm;

	if (!firm_load(cx, &firm))
		return false;
	json_key(j, "langs");
	json_open(j, '[');
	for (size_t i = 0; i < LANG_COUNT; i++)
		if (firm_speaks(firm, lang_code((enum lang)i)))
			json_text(j, lang_code((enum lang)i));
	json_close(j, ']');
	json_key(j, "firm");
	record_write(cx, j, firm);
	return true;
}

static bool write_me(struct ctx *cx, struct json_out *j)
{
	struct record *me;

	if (!record_load(cx, &user_entity, cx->who->id, RIGHT_READ, &me))
		return false;
	json_key(j, "me");
	record_write(cx, j, me);
	json_put_bool(j, "is_admin", rights_is_admin(cx->who));
	return true;
}

bool meta_read(struct ctx *cx, struct api_call *call)
{
	struct json_out *j = &call->out;
	bool ok;

	json_open(j, '{');
	json_put_text(j, "version", CRISALIDE_VERSION);
	json_put_text(j, "lang", lang_code(cx->lang));
	ok = write_firm(cx, j) && write_me(cx, j);
	json_key(j, "entities");
	json_open(j, '[');
	for (const struct entity *const *e = cx->entities; ok && *e; e++)
		ok = write_entity(cx, j, *e);
	json_close(j, ']');
	write_choices(cx, j, "action_kinds", action_kinds);
	json_key(j, "currencies");
	ok = ok && currencies_write(cx, j) &&
	     write_all(cx, j, "lead_statuses", &lead_status_entity) &&
	     write_all(cx, j, "pipelines", &pipeline_entity) &&
	     write_all(cx, j, "stages", &stage_entity) &&
	     write_all(cx, j, "reasons", &reason_entity) &&
	     write_all(cx, j, "sources", &source_entity) &&
	     write_all(cx, j, "users", &user_entity) && write_all(cx, j, "teams", &team_entity);
	json_close(j, '}');
	return ok;
}
