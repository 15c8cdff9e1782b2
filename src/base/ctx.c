/* What went wrong, kept until the door can tell it. */
#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

static void take(struct ctx *cx, struct saying *s, const char *key, va_list ap)
{
	const char *arg;

	*s = (struct saying){ .key = key };
	for (size_t i = 0; i < WORD_ARGS && (arg = va_arg(ap, const char *)); i++)
		s->args[i] = arena_dup(cx->mem, arg);
}

bool ctx_refuse(
	struct ctx *cx, enum problem_kind kind, const char *file, int line, const char *key, ...)
{
	va_list ap;

	if (cx->problem.kind != PROBLEM_NONE)
		return false;
	cx->problem = (struct problem){ .kind = kind, .file = file, .line = line };
	va_start(ap, key);
	take(cx, &cx->problem.text, key, ap);
	va_end(ap);
	return false;
}

bool ctx_refuse_field(
	struct ctx *cx, const char *file, int line, const char *field, const char *key, ...)
{
	struct field_problem *p = arena_alloc(cx->mem, sizeof(*p));
	va_list ap;

	ctx_refuse(cx, PROBLEM_INVALID, file, line, "problem.fields", (const char *)NULL);
	*p = (struct field_problem){ .next = cx->problem.fields,
		.field = arena_dup(cx->mem, field) };
	va_start(ap, key);
	take(cx, &p->text, key, ap);
	va_end(ap);
	cx->problem.fields = p;
	return false;
}

bool ctx_broken(struct ctx *cx, const char *file, int line, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (cx->problem.kind == PROBLEM_NONE) {
		ctx_refuse(
			cx, PROBLEM_INTERNAL, file, line, "problem.internal", (const char *)NULL);
		cx->problem.detail = arena_dup(cx->mem, text);
	}
	return false;
}

void ctx_clear(struct ctx *cx)
{
	memset(&cx->problem, 0, sizeof(cx->problem));
}

const char *textf(struct ctx *cx, const char *fmt, ...)
{
	va_list ap, again;
	char text[256], *whole = text;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	if (n >= (int)sizeof(text)) {
		whole = arena_raw(cx->mem, (size_t)n + 1);
		vsnprintf(whole, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	va_end(ap);
	return whole == text ? arena_dup(cx->mem, text) : whole;
}

void *ctx_recall(const struct ctx *cx, const char *what)
{
	for (size_t i = 0; cx->memo && i < cx->memo->n; i++)
		if (!strcmp(cx->memo->what[i], what))
			return cx->memo->answer[i];
	return NULL;
}

void ctx_keep(struct ctx *cx, const char *what, void *answer)
{
	struct memo *m = cx->memo;

	if (!m || m->n == MEMO_MAX)
		return;
	m->what[m->n] = what;
	m->answer[m->n++] = answer;
}

void ctx_forget(struct ctx *cx, const char *what)
{
	struct memo *m = cx->memo;

	for (size_t i = 0; m && i < m->n; i++)
		if (!strcmp(m->what[i], what)) {
			m->what[i] = m->what[--m->n];
			m->answer[i] = m->answer[m->n];
			return;
		}
}
