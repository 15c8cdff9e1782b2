/* spool - an answer that is put by until all of it is there: in memory while it
 * is short, else in a file without a name, so that a large download costs no
 * memory and a client that reads slowly holds nobody up. */
#pragma once

#include "api/api.h"
#include "table/sheet.h"

struct spool {
	struct api_call *call;
	int file; /* or -1 */
	size_t len;
};

void spool_begin(struct spool *s, struct api_call *call);
/* Takes the next piece: fits struct sheet_to; false when there is no room. */
bool spool_out(void *spool, const char *bytes, size_t n);
/* It is the call's answer now, a download of that name; or it is let go. */
void spool_answer(struct spool *s, const char *type, const char *filename);
void spool_drop(struct spool *s);

/* "name.csv", "name.xlsx": the same for a sheet. */
void spool_answer_sheet(struct ctx *cx, struct spool *s, enum sheet_form form, const char *name);
/* "csv", "xlsx"; or format= of the query, csv when nobody says.
 *
 * PROBLEM_INVALID  format: another one */
bool sheet_form_read(struct ctx *cx, const char *word, enum sheet_form *form);
bool sheet_form_asked(struct ctx *cx, const struct api_call *call, enum sheet_form *form);
