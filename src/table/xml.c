/* XML as a stream, with limits: no document type, so no entities of one's own;
 * nothing that is as long as memory. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "table/parts.h"

enum { CHUNK = 16 * 1024, TOKEN_MAX = 4 * 1024 * 1024, DEPTH_MAX = 100 };

struct xml {
	XML_Parser parser;
	struct source from;
	const struct xml_walker *walker;
	void *arg;
	const char *why;    /* it failed */
	int64_t fed, heard; /* bytes given to expat; where the last event stood */
	int depth;
	bool is_paused, is_last;
};

static const char *local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (!strcmp(local(attributes[0]), name))
			return attributes[1];
	return NULL;
}

void xml_pause(struct xml *x)
{
	x->is_paused = true;
	XML_StopParser(x->parser, XML_TRUE);
}

void xml_fail(struct xml *x, const char *why)
{
	if (!x->why)
		x->why = why;
	XML_StopParser(x->parser, XML_FALSE);
}

static void hear(struct xml *x)
{
	x->heard = XML_GetCurrentByteIndex(x->parser);
}

static void XMLCALL start(void *arg, const char *name, const char **attributes)
{
	struct xml *x = arg;

	hear(x);
	if (++x->depth > DEPTH_MAX)
		xml_fail(x, "table.trap");
	else if (!x->why)
		x->walker->start(x->arg, x, local(name), attributes);
}

static void XMLCALL end(void *arg, const char *name)
{
	struct xml *x = arg;

	hear(x);
	x->depth--;
	if (!x->why && x->walker->end)
		x->walker->end(x->arg, x, local(name));
}

static void XMLCALL text(void *arg, const char *s, int n)
{
	struct xml *x = arg;

	hear(x);
	if (!x->why && x->walker->text)
		x->walker->text(x->arg, x, s, (size_t)n);
}

/* Workbooks have none; entities and files from elsewhere come by it. */
static void XMLCALL doctype(
	void *arg, const char *name, const char *system, const char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	xml_fail(arg, "table.trap");
}

struct xml *xml_new(struct source from, const struct xml_walker *walker, void *arg)
{
	struct xml *x = calloc(1, sizeof(*x));

	if (!x)
		abort();
	*x = (struct xml){
		.parser = XML_ParserCreate(NULL), .from = from, .walker = walker, .arg = arg
	};
	if (!x->parser)
		abort();
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, start, end);
	XML_SetCharacterDataHandler(x->parser, text);
	XML_SetStartDoctypeDeclHandler(x->parser, doctype);
	return x;
}

void xml_free(struct xml *x)
{
	if (x)
		XML_ParserFree(x->parser);
	free(x);
}

static enum XML_Status feed(struct xml *x)
{
	char *room = XML_GetBuffer(x->parser, CHUNK);
	int64_t n;

	if (!room)
		abort();
	n = x->from.read(x->from.arg, room, CHUNK, &x->why);
	if (n < 0)
		return XML_STATUS_ERROR;
	x->fed += n;
	x->is_last = n == 0;
	return XML_ParseBuffer(x->parser, (int)n, x->is_last);
}

enum xml_state xml_go(struct xml *x, const char **why)
{
	enum XML_Status status = XML_STATUS_OK;

	if (x->is_paused) {
		x->is_paused = false;
		status = XML_ResumeParser(x->parser);
	}
	while (status == XML_STATUS_OK && !x->is_last && !x->why) {
		status = feed(x);
		/* a tag that never ends would be held in memory */
		if (status == XML_STATUS_OK && x->fed - x->heard > TOKEN_MAX)
			x->why = "table.trap";
	}
	if (status == XML_STATUS_SUSPENDED && !x->why)
		return XML_PAUSED;
	if (status == XML_STATUS_OK && !x->why)
		return XML_ENDED;
	*why = x->why ? x->why : "table.broken";
	return XML_FAILED;
}

bool xml_read(struct source from, const struct xml_walker *walker, void *arg, const char **why)
{
	struct xml *x = xml_new(from, walker, arg);
	enum xml_state state;

	do
		state = xml_go(x, why);
	while (state == XML_PAUSED);
	xml_free(x);
	return state == XML_ENDED;
}
