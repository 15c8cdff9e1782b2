/* Plays files of doors: each case a request, the status wanted and the part
 * of the answer that matters.  TAP on stdout.
 *
 *	# a sentence                           the case's name
 *	as anna@example.it sales               go on as this user (made if new)
 *	lead = POST /leads {"last_name":"A"}   remembered as {lead.…}
 *	If-Match: 1                            a header of the next request
 *	201 {"agenda":"todo","id":"*"}         "*": anything but null;
 *	                                       "~text": contains, at any depth;
 *	                                       "!": null; a page is {"html":text},
 *	                                       a file of rows {"rows":[["cell"]]}
 *
 * A line that begins with a blank goes on the line before. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "office.h"
#include "table/table.h"

enum { NAMES_MAX = 200, LINE_MAX_BYTES = 65536 };

struct stage {
	struct office *office;
	const char *file, *token;
	char sentence[300];
	const char *names[NAMES_MAX];
	json_t *values[NAMES_MAX];
	size_t n;
	const char *if_match, *key, *lang, *type;
	struct api_answer answer;
	json_t *got;
	int cases, failed;
};

static const json_t *remembered(struct stage *s, const char *path)
{
	char name[200];
	const json_t *v = NULL;
	char *rest = name, *piece;

	snprintf(name, sizeof(name), "%s", path);
	piece = strsep(&rest, ".");
	for (size_t i = s->n; i-- > 0 && !v;)
		if (!strcmp(s->names[i], piece))
			v = s->values[i];
	while (v && (piece = strsep(&rest, ".")))
		v = json_is_array(v) ? json_array_get(v, (size_t)strtol(piece, NULL, 10))
				     : json_object_get(v, piece);
	return v;
}

/* {lead.id} is put in, also inside texts. */
static const char *put_in(struct stage *s, const char *line)
{
	struct buf b;

	buf_init(&b, s->office->mem);
	while (*line) {
		const char *end =
			*line == '{' && isalpha((unsigned char)line[1]) ? strchr(line, '}') : NULL;
		char path[200];
		const json_t *v = NULL;

		if (end && end - line < 200) {
			snprintf(path, sizeof(path), "%.*s", (int)(end - line - 1), line + 1);
			v = remembered(s, path);
		}
		if (json_is_integer(v))
			buf_addf(&b, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
		else if (json_is_string(v))
			buf_add(&b, json_string_value(v));
		else
			buf_addn(&b, line, 1);
		line = v ? end + 1 : line + 1;
	}
	return b.s;
}

static bool fits(const json_t *want, const json_t *got, char *why, size_t size, const char *at)
{
	const char *key, *text = json_string_value(want);
	json_t *value;
	size_t i;

	if (text && !strcmp(text, "*"))
		return got && !json_is_null(got)
			       ? true
			       : (snprintf(why, size, "%s is not there", at), false);
	if (text && !strcmp(text, "!"))
		return !got || json_is_null(got) ? true
						 : (snprintf(why, size, "%s is there", at), false);
	if (text && *text == '~') {
		char *all = got ? json_dumps(got, JSON_ENCODE_ANY) : NULL;
		bool found = all && strstr(all, text + 1);

		free(all);
		if (found)
			return true;
		snprintf(why, size, "%s lacks %s", at, text + 1);
		return false;
	}
	if (json_is_object(want)) {
		json_object_foreach(
			(json_t *)want, key, value) if (!fits(value, json_object_get(got, key), why,
								size, key)) return false;
		return json_is_object(got);
	}
	if (json_is_array(want)) {
		if (json_array_size(want) != json_array_size(got)) {
			snprintf(why, size, "%s has %zu, not %zu", at, json_array_size(got),
				json_array_size(want));
			return false;
		}
		json_array_foreach(want, i, value) if (!fits(value, json_array_get(got, i), why,
							       size, at)) return false;
		return true;
	}
	if (json_is_number(want) && json_is_number(got) &&
		json_number_value(want) == json_number_value(got))
		return true;
	if (json_equal(want, got))
		return true;
	snprintf(why, size, "%s is not as wanted", at);
	return false;
}

static void tell(struct stage *s, bool ok, const char *why)
{
	s->cases++;
	s->failed += !ok;
	printf("%s %d - %s: %s\n", ok ? "ok" : "not ok", s->cases, s->file, s->sentence);
	if (!ok)
		printf("# %s\n# answer %d %.1500s\n", why, s->answer.status,
			s->answer.body ? s->answer.body : "");
	fflush(stdout);
}

static void judge(struct stage *s, const char *line)
{
	char why[300] = "";
	int status = (int)strtol(line, NULL, 10);
	const char *body = strpbrk(line, "{[");
	json_error_t error;
	json_t *want = body ? json_loads(put_in(s, body), 0, &error) : NULL;
	bool ok = status == s->answer.status;

	if (!ok)
		snprintf(why, sizeof(why), "status %d, not %d", s->answer.status, status);
	else if (body && !want)
		ok = (snprintf(why, sizeof(why), "the wanted JSON: %s", error.text), false);
	else if (want)
		ok = fits(want, s->got, why, sizeof(why), "answer");
	tell(s, ok, why);
	json_decref(want);
}

/* CSV or a workbook, as it would be read again. */
static json_t *rows_of(struct stage *s)
{
	struct arena *mem = s->office->mem;
	const char *why = NULL;
	struct table *t = table_open(mem, s->answer.body, s->answer.len, NULL, &why);
	enum csv_result result = CSV_BROKEN;
	json_t *rows = json_array(), *row;
	struct csv_row r;

	while (t && (result = table_next(t, mem, &r, &why)) == CSV_ROW) {
		json_array_append_new(rows, row = json_array());
		for (size_t i = 0; i < r.count; i++)
			json_array_append_new(row, json_string(r.cells[i]));
	}
	return json_pack("{s:o,s:s?}", "rows", rows, "broken", result == CSV_BROKEN ? why : NULL);
}

static json_t *read_answer(struct stage *s)
{
	const struct api_answer *a = &s->answer;

	if (a->body && a->status == 200 &&
		(!strncmp(a->type, "text/csv", 8) || strstr(a->type, "spreadsheetml")))
		return rows_of(s);
	if (a->body && *a->body == '<')
		return json_pack("{s:s}", "html", a->body);
	return a->body ? json_loads(a->body, JSON_DECODE_ANY, NULL) : NULL;
}

static void drop(void *tree)
{
	json_decref(tree);
}

static void ask(struct stage *s, const char *line)
{
	char method[12], *path = arena_dup(s->office->mem, line + strcspn(line, " ") + 1);
	const char *body = strpbrk(path, "{[");
	char *space = strchr(path, ' '), *query;
	struct api_request req = { .host = "127.0.0.1",
		.peer = "127.0.0.1",
		.authorization = s->token,
		.if_match = s->if_match,
		.idempotency_key = s->key,
		.accept_language = s->lang ? s->lang : "en" };

	snprintf(method, sizeof(method), "%.*s", (int)strcspn(line, " "), line);
	body = space ? space + 1 : "";
	if (space)
		*space = '\0';
	query = strchr(path, '?');
	if (query)
		*query++ = '\0';
	req.method = method;
	req.path = strncmp(path, "/api/", 5) && strncmp(path, "/f/", 3)
			   ? textf(&(struct ctx){ .mem = s->office->mem }, "/api/v1%s", path)
			   : path;
	req.query = query ? query : "";
	req.body = body;
	req.body_len = strlen(body);
	req.content_type = s->type ? s->type : *body ? "application/json" : NULL;
	office_send(s->office, &req, &s->answer);
	s->got = read_answer(s);
	arena_defer(s->office->mem, drop, s->got);
	s->if_match = s->key = s->lang = s->type = NULL;
}

static bool is_header(struct stage *s, const char *line)
{
	static const struct {
		const char *name;
		size_t at;
	} headers[] = {
		{ "If-Match: ", offsetof(struct stage, if_match) },
		{ "Idempotency-Key: ", offsetof(struct stage, key) },
		{ "Accept-Language: ", offsetof(struct stage, lang) },
		{ "Content-Type: ", offsetof(struct stage, type) },
	};

	for (size_t i = 0; i < COUNT(headers); i++)
		if (!strncmp(line, headers[i].name, strlen(headers[i].name))) {
			*(const char **)((char *)s + headers[i].at) =
				put_in(s, line + strlen(headers[i].name));
			return true;
		}
	return false;
}

static void become(struct stage *s, const char *line)
{
	char email[200] = "", role[60] = "", team[60] = "";
	int n = sscanf(line, "%199s %59s %59s", email, role, team);

	if (!strcmp(email, "nobody")) {
		s->token = NULL;
		return;
	}
	if (n > 1) {
		const json_t *id = n > 2 ? remembered(s, team) : NULL;

		office_user(s->office, email, role, id ? json_integer_value(id) : 0);
	}
	s->token = office_token(s->office, email);
}

static void play_line(struct stage *s, char *line)
{
	char *eq = strstr(line, " = ");
	size_t word = strcspn(line, " ");

	if (*line == '#') {
		snprintf(s->sentence, sizeof(s->sentence), "%s", line + 1 + strspn(line + 1, " "));
	} else if (isdigit((unsigned char)*line)) {
		judge(s, line);
	} else if (!strncmp(line, "as ", 3)) {
		become(s, line + 3);
	} else if (!strncmp(line, "clock +", 7)) {
		s->office->now += strtoll(line + 7, NULL, 10) * 1000;
	} else if (is_header(s, line)) {
		return;
	} else if (eq && (size_t)(eq - line) == word && islower((unsigned char)*line)) {
		*eq = '\0';
		ask(s, put_in(s, eq + 3));
		s->names[s->n] = arena_dup(s->office->mem, line);
		s->values[s->n++] = s->got;
	} else {
		ask(s, put_in(s, line));
	}
}

static int play(const char *path)
{
	static char lines[LINE_MAX_BYTES], line[8192];
	struct stage s = { .file = strrchr(path, '/') ? strrchr(path, '/') + 1 : path };
	FILE *f = fopen(path, "r");

	if (!f) {
		printf("Bail out! %s\n", path);
		return 1;
	}
	s.office = office_open(OFFICE_EMPTY);
	s.token = office_token(s.office, OFFICE_ADMIN);
	*lines = '\0';
	while (fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (isspace((unsigned char)*line) && line[strspn(line, " \t")]) {
			size_t n = strlen(lines);

			snprintf(lines + n, sizeof(lines) - n, "%s", line + strspn(line, " \t"));
			continue;
		}
		if (*lines)
			play_line(&s, lines);
		snprintf(lines, sizeof(lines), "%s", line);
	}
	if (*lines)
		play_line(&s, lines);
	fclose(f);
	printf("1..%d\n", s.cases);
	office_close(s.office);
	return s.failed > 0;
}

int main(int argc, char **argv)
{
	return argc == 2 ? play(argv[1]) : 2;
}
