/* The OpenAPI 3.1 document, from entities and routes. */
#include <string.h>

#include "api/handlers.h"
#include "api/version.h"
#include "base/arena.h"

static void put_type(struct json_out *j, const char *type, const char *format)
{
	json_key(j, "type");
	json_open(j, '[');
	json_text(j, type);
	json_text(j, "null");
	json_close(j, ']');
	if (format)
		json_put_text(j, "format", format);
}

static void field_kind(struct json_out *j, const struct field *f)
{
	switch (f->type) {
	case FIELD_MONEY:
	case FIELD_DECIMAL:
		put_type(j, "number", NULL);
		break;
	case FIELD_INT:
	case FIELD_PERCENT:
	case FIELD_LINK:
		put_type(j, "integer", "int64");
		break;
	case FIELD_BOOL:
		put_type(j, "boolean", NULL);
		break;
	case FIELD_TIME:
		put_type(j, "string", "date-time");
		break;
	case FIELD_DATE:
		put_type(j, "string", "date");
		break;
	case FIELD_LIST:
		json_put_text(j, "type", "array");
		break;
	case FIELD_JSON:
		json_put_text(j, "type", "object");
		break;
	default:
		put_type(j, "string", f->type == FIELD_EMAIL ? "email" : NULL);
		json_put_int(j, "maxLength",
			f->max			    ? f->max
			: f->type == FIELD_LONGTEXT ? 20000
						    : 200);
	}
}

static void write_field(struct json_out *j, const struct field *f)
{
	json_key(j, f->name);
	json_open(j, '{');
	field_kind(j, f);
	json_put_text(j, "description", f->en);
	json_put_text(j, "x-kind", field_type_name(f->type));
	if (f->readonly || f->derived)
		json_put_bool(j, "readOnly", true);
	if (f->to && f->type == FIELD_LINK)
		json_put_text(j, "x-to", f->to->name);
	if (f->choices) {
		json_key(j, "enum");
		json_open(j, '[');
		for (const struct choice *c = f->choices; c->value; c++)
			json_text(j, c->value);
		json_none(j);
		json_close(j, ']');
	}
	json_close(j, '}');
}

static void own_property(struct json_out *j, const char *name, const char *type)
{
	json_key(j, name);
	json_open(j, '{');
	json_put_text(j, "type", type);
	json_put_bool(j, "readOnly", true);
	json_close(j, '}');
}

static void write_schema(struct json_out *j, const struct entity *e)
{
	json_key(j, e->name);
	json_open(j, '{');
	json_put_text(j, "type", "object");
	json_put_text(j, "description", e->en);
	json_key(j, "required");
	json_open(j, '[');
	for (size_t i = 0; i < e->field_count; i++)
		if (e->fields[i].required && !e->fields[i].readonly && !e->fields[i].secret)
			json_text(j, e->fields[i].name);
	json_close(j, ']');
	json_key(j, "properties");
	json_open(j, '{');
	own_property(j, "id", "integer");
	own_property(j, "version", "integer");
	own_property(j, "title", "string");
	own_property(j, "created_at", "string");
	own_property(j, "updated_at", "string");
	for (size_t i = 0; i < entity_width(e); i++)
		if (!entity_field(e, i)->secret)
			write_field(j, entity_field(e, i));
	json_close(j, '}');
	json_close(j, '}');
}

static void reference(struct json_out *j, const char *kind, const char *name)
{
	struct buf b;

	buf_init(&b, j->text.mem);
	buf_addf(&b, "#/components/%s/%s", kind, name);
	json_open(j, '{');
	json_put_text(j, "$ref", b.s);
	json_close(j, '}');
}

static void write_parameter(struct json_out *j, const char *name, const char *in, bool number)
{
	json_open(j, '{');
	json_put_text(j, "name", name);
	json_put_text(j, "in", in);
	json_put_bool(j, "required", !strcmp(in, "path"));
	json_key(j, "schema");
	json_raw(j, number ? "{\"type\":\"integer\"}" : "{\"type\":\"string\"}");
	json_close(j, '}');
}

static void each_word(
	struct json_out *j, const char *words, void (*fn)(struct json_out *j, const char *word))
{
	char *copy = arena_dup(j->text.mem, words), *word;

	while ((word = strsep(&copy, " ")))
		if (*word)
			fn(j, word);
}

static void query_word(struct json_out *j, const char *word)
{
	if (strcmp(word, "*") != 0)
		write_parameter(j, word, "query", false);
}

/* "status_id!:int" */
static void body_word(struct json_out *j, const char *word)
{
	char *name = arena_dup(j->text.mem, word);
	char *kind = strchr(name, ':');
	const char *type = "string";

	*kind++ = '\0';
	name[strcspn(name, "!")] = '\0';
	if (!strcmp(kind, "int"))
		type = "integer";
	else if (!strcmp(kind, "money"))
		type = "number";
	else if (!strcmp(kind, "bool"))
		type = "boolean";
	else if (!strcmp(kind, "object"))
		type = "object";
	else if (!strcmp(kind, "list"))
		type = "array";
	json_key(j, name);
	json_open(j, '{');
	json_put_text(j, "type", type);
	json_put_text(j, "x-kind", kind);
	json_close(j, '}');
}

static void required_word(struct json_out *j, const char *word)
{
	const char *mark = strchr(word, '!');

	if (mark) {
		char *name = arena_dup(j->text.mem, word);

		name[mark - word] = '\0';
		json_text(j, name);
	}
}

static void write_body(struct json_out *j, const struct route *r, const struct entity *e)
{
	bool file = r->flags & ROUTE_FILE;

	json_key(j, "requestBody");
	json_open(j, '{');
	json_key(j, "content");
	json_open(j, '{');
	json_key(j, file ? "text/csv" : "application/json");
	json_open(j, '{');
	json_key(j, "schema");
	if (!file && !r->takes && e) {
		reference(j, "schemas", e->name);
	} else {
		json_open(j, '{');
		json_put_text(j, "type", file ? "string" : "object");
		if (!file && r->takes) {
			json_key(j, "properties");
			json_open(j, '{');
			each_word(j, r->takes, body_word);
			json_close(j, '}');
			json_key(j, "required");
			json_open(j, '[');
			each_word(j, r->takes, required_word);
			json_close(j, ']');
		}
		json_close(j, '}');
	}
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, '}');
}

static void write_answers(struct json_out *j, const struct route *r)
{
	json_key(j, "responses");
	json_open(j, '{');
	json_key(j, r->ok == 201 ? "201" : "200");
	json_raw(j, "{\"description\":\"done\"}");
	json_key(j, "default");
	json_raw(j,
		"{\"description\":\"a problem (RFC 9457)\",\"content\":{\"application/problem+json\":"
		"{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}");
	json_close(j, '}');
}

static void write_operation(struct json_out *j, const struct route *r, const struct entity *e)
{
	char method[8];
	size_t n = strlen(r->method);
	struct buf about;

	for (size_t i = 0; i <= n; i++)
		method[i] = (char)(r->method[i] >= 'A' ? r->method[i] + 32 : r->method[i]);
	buf_init(&about, j->text.mem);
	buf_addf(&about, "%s%s%s", r->about, e ? ": " : "", e ? e->en : "");
	json_key(j, method);
	json_open(j, '{');
	json_put_text(j, "summary", about.s);
	json_key(j, "parameters");
	json_open(j, '[');
	if (strstr(r->path, "{id}"))
		write_parameter(j, "id", "path", true);
	if (r->query)
		each_word(j, r->query, query_word);
	if (r->flags & ROUTE_LIST)
		each_word(j, r->query ? "sort q" : "limit cursor sort count names q", query_word);
	json_close(j, ']');
	if (strcmp(r->method, "GET") != 0 && strcmp(r->method, "DELETE") != 0)
		write_body(j, r, e);
	if (r->flags & ROUTE_OPEN)
		json_put_text(j, "x-open", "true");
	write_answers(j, r);
	json_close(j, '}');
}

/* The path of a row, {plural} put in. */
static const char *path_of(struct json_out *j, const struct route *r, const struct entity *e)
{
	const char *mark = strstr(r->path, "{plural}");
	struct buf b;

	buf_init(&b, j->text.mem);
	if (!mark || !e) {
		buf_add(&b, r->path);
		return b.s;
	}
	buf_addn(&b, r->path, (size_t)(mark - r->path));
	buf_add(&b, e->plural);
	buf_add(&b, mark + strlen("{plural}"));
	return b.s;
}

/* All methods of one path, told at the first row that has it. */
static void write_path(struct json_out *j, const struct route *first, const struct entity *e)
{
	const char *path = path_of(j, first, e);

	for (const struct route *r = routes; r != first; r++)
		if (!strcmp(r->path, first->path) || !strcmp(r->path, path))
			return;
	json_key(j, path);
	json_open(j, '{');
	for (const struct route *r = first; r->method; r++)
		if (!strcmp(r->path, first->path))
			write_operation(j, r, e);
	json_close(j, '}');
}

static void write_paths(struct json_out *j, const struct entity *const *entities)
{
	json_key(j, "paths");
	json_open(j, '{');
	for (const struct route *r = routes; r->method; r++) {
		if (!strstr(r->path, "{plural}")) {
			write_path(j, r, NULL);
			continue;
		}
		for (const struct entity *const *e = entities; *e; e++)
			write_path(j, r, *e);
	}
	json_close(j, '}');
}

static const char problem_schema[] =
	"{\"type\":\"object\",\"properties\":{\"problem\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
	"\"detail\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"fields\":{\"type\":\"object\"},"
	"\"request_id\":{\"type\":\"string\"}}}";

void openapi_write(struct json_out *j, const struct entity *const *entities)
{
	json_open(j, '{');
	json_put_text(j, "openapi", "3.1.0");
	json_key(j, "info");
	json_open(j, '{');
	json_put_text(j, "title", "Crisalide");
	json_put_text(j, "version", CRISALIDE_VERSION);
	json_close(j, '}');
	json_key(j, "servers");
	json_raw(j, "[{\"url\":\"/api/v1\"}]");
	json_key(j, "security");
	json_raw(j, "[{\"bearer\":[]},{\"cookie\":[]}]");
	write_paths(j, entities);
	json_key(j, "components");
	json_open(j, '{');
	json_key(j, "securitySchemes");
	json_raw(j, "{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"},"
		    "\"cookie\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"crisalide\"}}");
	json_key(j, "schemas");
	json_open(j, '{');
	json_key(j, "problem");
	json_raw(j, problem_schema);
	for (const struct entity *const *e = entities; *e; e++)
		write_schema(j, *e);
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, '}');
}

/* What the firm calls its own fields is told to its people alone. */
bool openapi_read(struct ctx *cx, struct api_call *call)
{
	bool is_known = (call->req->authorization || call->req->cookie) && api_sign_in(cx, call);

	ctx_clear(cx);
	openapi_write(&call->out, is_known ? cx->entities : call->api->entities);
	return true;
}
