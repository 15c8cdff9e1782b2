/* What the library took out of the head while it cut it up.
 *
 * Version 0.9.75 ends header lines where they stand, in one buffer, and says
 * nothing of bare CR or LF, of folded lines (it joins them) nor of a NUL (it
 * stops there).  But the texts it hands out lie in that buffer, so the gaps
 * between them tell: after the colon only blanks, after a value only blanks
 * and the two bytes that were CR LF.  Later versions refuse all this by
 * themselves and are not looked at. */
#include <string.h>

#include "http/inside.h"

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

/* The line's end between two texts of the buffer: what was CR LF. */
static bool is_line_end(const char *from, const char *to)
{
	if (to <= from || to - from > HEAD_MAX)
		return false;
	from = skip_blanks(from, to);
	return to - from == 2 && !from[0] && !from[1];
}

static bool is_colon(const struct head_line *line)
{
	const char *from = line->name.s + line->name.len, *to = line->value.s;

	if (to <= from || to - from > HEAD_MAX || *from)
		return false;
	return skip_blanks(from + 1, to) == to;
}

int head_seams(const struct http_call *c, const char *method, const char *version)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c->lib, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	const char *at = version + strlen(version);

	if (!c->server->seams_known || !info)
		return 0;
	if (info->header_size > HEAD_MAX)
		return 431;
	/* A blank on either side of the target; a NUL in it would end it early. */
	if (strlen(method) + strlen(c->target) + 2 != (size_t)(version - method))
		return 400;
	for (size_t i = 0; i < c->header_count; i++) {
		const struct head_line *line = &c->headers[i];

		if (!is_line_end(at, line->name.s) || !is_colon(line))
			return 400;
		at = line->value.s + line->value.len;
	}
	/* After the last value its CR LF and the empty line's. */
	return (size_t)(at - method) + 4 == info->header_size ? 0 : 400;
}
