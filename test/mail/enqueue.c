/* Puts messages into the queue of a workspace that nobody serves: for
 * test/mail/mail.py.  enqueue --data DIR | --store URL, a JSON array on stdin:
 * [{"to","to_name","subject","text","html","once","headers":{}}].  Prints
 * "queued" or what is wrong, one line each. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "mail/mail.h"

enum { HEADERS_MAX = 10 };

static const char *member(const json_t *o, const char *name)
{
	return json_string_value(json_object_get(o, name));
}

static bool put(struct ctx *cx, json_t *given)
{
	struct mail_header headers[HEADERS_MAX];
	struct mail mail = { .to = member(given, "to"),
		.to_name = member(given, "to_name"),
		.subject = member(given, "subject"),
		.text = member(given, "text"),
		.html = member(given, "html"),
		.headers = headers,
		.purpose = "test",
		.once = member(given, "once") };
	const char *name;
	json_t *value;

	json_object_foreach(json_object_get(given, "headers"), name,
		value) if (mail.header_n < HEADERS_MAX) headers[mail.header_n++] =
		(struct mail_header){ name, json_string_value(value) };

	bool ok = tx_begin(cx) && mail_queue(cx, &mail);

	return tx_end(cx, ok);
}

int main(int argc, char **argv)
{
	struct command_line line = { .name = { argc > 2 ? argv[1] + 2 : "" },
		.value = { argc > 2 ? argv[2] : "" },
		.n = 1 };
	json_t *all = json_loadf(stdin, JSON_ALLOW_NUL, NULL);
	struct desk d;

	if (!all || argc != 3 || !desk_open(&d, &line, "enqueue", true))
		return 2;
	if (!desk_make_tables(&d))
		return desk_fail(&d);
	for (size_t i = 0; i < json_array_size(all); i++) {
		desk_fresh(&d);
		if (put(&d.cx, json_array_get(all, i)))
			printf("queued\n");
		else
			printf("%s %s\n", d.cx.problem.fields ? d.cx.problem.fields->field : "?",
				d.cx.problem.fields ? d.cx.problem.fields->text.key
						    : d.cx.problem.text.key);
	}
	desk_close(&d);
	json_decref(all);
	return 0;
}
