/* Answers put by. */
#include "api/spool.h"

#include <fcntl.h>
#include <unistd.h>

enum { IN_MEMORY = 1024 * 1024 };

void spool_begin(struct spool *s, struct api_call *call)
{
	*s = (struct spool){ call, -1, 0 };
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t done = write(fd, bytes, n);

		if (done <= 0)
			return false;
		bytes += done;
		n -= (size_t)done;
	}
	return true;
}

bool spool_out(void *spool, const char *bytes, size_t n)
{
	struct spool *s = spool;
	struct buf *text = &s->call->out.text;

	s->len += n;
	if (s->file < 0 && s->len <= IN_MEMORY) {
		buf_addn(text, bytes, n);
		return true;
	}
	if (s->file < 0) {
		s->file = open(SHEET_PLACE, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
		if (s->file < 0 || !write_all(s->file, text->s, text->len))
			return false;
	}
	return write_all(s->file, bytes, n);
}

void spool_answer(struct spool *s, const char *type, const char *filename)
{
	struct api_answer *answer = s->call->answer;

	if (s->file >= 0) {
		answer->file = s->file + 1;
		answer->len = s->len;
	}
	answer->type = type;
	answer->filename = filename;
}

void spool_drop(struct spool *s)
{
	if (s->file >= 0)
		close(s->file);
	s->file = -1;
}

void spool_answer_sheet(struct ctx *cx, struct spool *s, enum sheet_form form, const char *name)
{
	spool_answer(s, sheet_form_type(form), textf(cx, "%s.%s", name, sheet_form_word(form)));
}

bool sheet_form_read(struct ctx *cx, const char *word, enum sheet_form *form)
{
	return sheet_form_named(word, form) ||
	       refuse_field(cx, "format", "export.format", textf(cx, "%.60s", word));
}

bool sheet_form_asked(struct ctx *cx, const struct api_call *call, enum sheet_form *form)
{
	const char *word = param_get(&call->params, "format");

	return sheet_form_read(cx, word ? word : "csv", form);
}
